package dev.mallard.sandbox.executor;

import dev.mallard.sandbox.Execution;
import dev.mallard.sandbox.MalformedTestsException;
import dev.mallard.sandbox.TestSuite;
import dev.mallard.sandbox.Verdict.Malformed;
import java.util.Optional;

/** An executor that checks the tests before it runs them with another, which does not. */
public final class CheckingExecutor implements Executor {
  private final Executor executor;

  public CheckingExecutor(Executor executor) {
    this.executor = executor;
  }

  @Override
  public boolean prepare() {
    return executor.prepare();
  }

  @Override
  public Optional<Malformed> check(TestSuite tests) {
    return executor.check(tests);
  }

  @Override
  public void execute(Execution execution, ExecutionListener listener) {
    Optional<Malformed> problem = executor.check(execution.tests());
    if (problem.isPresent()) {
      throw new MalformedTestsException(problem.get());
    }
    executor.execute(execution, listener);
  }

  @Override
  public void close() {
    executor.close();
  }
}
