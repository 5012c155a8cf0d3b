package dev.mallard.sandbox.python;

import dev.mallard.sandbox.Execution;
import dev.mallard.sandbox.MalformedTestsException;
import dev.mallard.sandbox.TestSuite;
import dev.mallard.sandbox.TestSuite.Asserts;
import dev.mallard.sandbox.TestSuite.Calls;
import dev.mallard.sandbox.TestSuite.ResultSets;
import dev.mallard.sandbox.TestSuite.StandardIo;
import dev.mallard.sandbox.Verdict;
import dev.mallard.sandbox.Verdict.Malformed;
import dev.mallard.sandbox.Verdict.Test;
import dev.mallard.sandbox.executor.ExecutionListener;
import dev.mallard.sandbox.executor.Executor;
import dev.mallard.sandbox.executor.Watchdog;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.graalvm.polyglot.Engine;

/** Runs Python programs on GraalPy, each in a context of its own that was made ahead. */
public final class PythonExecutor implements Executor {
  /** Contexts to have ready; one takes some 5 MiB. */
  private static final int AHEAD = 3;

  private final Engine engine;
  private final Watchdog watchdog;
  private final Deque<PythonContext> ready = new ArrayDeque<>();
  private Optional<PythonContext> parser = Optional.empty();

  /**
   * Creates an executor.
   *
   * @param engine for {@link org.graalvm.polyglot.SandboxPolicy#CONSTRAINED}; not closed from here
   */
  public PythonExecutor(Engine engine, Watchdog watchdog) {
    this.engine = engine;
    this.watchdog = watchdog;
  }

  @Override
  public boolean prepare() {
    if (ready.size() < AHEAD) {
      ready.add(new PythonContext(engine));
    }
    return ready.size() < AHEAD;
  }

  private PythonContext context() {
    PythonContext context = ready.poll();
    return context == null ? new PythonContext(engine) : context;
  }

  @Override
  public Optional<Malformed> check(TestSuite tests) {
    return switch (tests) {
      case Asserts(var source) when source.isBlank() -> Optional.empty();
      case Asserts(var source) -> {
        if (parser.isEmpty()) {
          parser = Optional.of(new PythonContext(engine)); // No program ever enters it.
        }
        yield PythonSuite.problem(parser.get().checkSuite(source));
      }
      case Calls calls -> Optional.empty();
      case StandardIo exchanges -> Optional.empty();
      case ResultSets queries ->
          Optional.of(new Malformed("result sets are for SQL, not for Python", 1, 1));
    };
  }

  @Override
  public void execute(Execution execution, ExecutionListener listener) {
    switch (execution.tests()) {
      case Asserts(var source) -> {
        try (PythonContext context = context()) {
          var run = new PythonAsserts(context, execution, source, watchdog, listener);
          execute(run, run.parse(), run.plan(), listener);
        }
      }
      case Calls calls -> {
        try (PythonContext context = context()) {
          var run = new PythonCalls(context, execution, calls, watchdog, listener);
          execute(run, run.parse(), run.plan(), listener);
        }
      }
      case StandardIo exchanges -> {
        try (var run =
            new PythonStandardIo(this::context, execution, exchanges, watchdog, listener)) {
          execute(run, run.parse(), run.plan(), listener);
        }
      }
      case ResultSets queries -> throw new MalformedTestsException(check(queries).orElseThrow());
    }
  }

  private static void execute(
      PythonRun run, Optional<Verdict> problem, List<Test> plan, ExecutionListener listener) {
    if (problem.isPresent()) {
      listener.finished(problem.get(), Duration.ZERO, Optional.empty(), Optional.empty());
      return;
    }
    listener.started(plan);
    Verdict verdict = run.execute();
    listener.finished(verdict, run.elapsed(), Optional.empty(), Optional.empty());
  }

  @Override
  public void close() {
    ready.forEach(PythonContext::close);
    ready.clear();
    parser.ifPresent(PythonContext::close);
    parser = Optional.empty();
  }
}
