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
import dev.mallard.sandbox.executor.ExecutionListener;
import dev.mallard.sandbox.executor.Executor;
import dev.mallard.sandbox.executor.Watchdog;
import dev.mallard.sandbox.polyglot.ObservedProgram;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import org.graalvm.polyglot.Engine;

/**
 * Runs Python programs on GraalPy, each in a fresh context, or in one that those share that can
 * leave nothing behind.
 */
public final class PythonExecutor implements Executor {
  private final Engine engine;
  private final Watchdog watchdog;
  private final PythonContexts contexts;
  private final Object cancelling = new Object();
  private Optional<PythonRun> running = Optional.empty();
  private Optional<PythonContext> parser = Optional.empty();

  /**
   * Creates an executor.
   *
   * @param engine for {@link org.graalvm.polyglot.SandboxPolicy#CONSTRAINED}; not closed from here
   */
  public PythonExecutor(Engine engine, Watchdog watchdog) {
    this.engine = engine;
    this.watchdog = watchdog;
    contexts = new PythonContexts(engine, watchdog);
  }

  @Override
  public boolean prepare() {
    return contexts.prepare();
  }

  @Override
  public Optional<Malformed> check(TestSuite tests) {
    return switch (tests) {
      case Asserts(var source) when source.isBlank() -> Optional.empty();
      case Asserts(var source) -> PythonSuite.problem(parser().checkSuite(source));
      case Calls calls -> Optional.empty();
      case StandardIo exchanges -> Optional.empty();
      case ResultSets queries ->
          Optional.of(new Malformed("result sets are for SQL, not for Python", 1, 1));
    };
  }

  @Override
  public void execute(Execution execution, ExecutionListener listener) {
    try (PythonRun run = run(execution, contexts.of(execution, listener), listener)) {
      Optional<Verdict> problem = run.parse();
      if (problem.isPresent()) {
        if (problem.get() instanceof Malformed) {
          run.release();
          contexts.takeBackUnused(run.context());
        }
        listener.finished(problem.get(), Duration.ZERO, Optional.empty(), Optional.empty());
        return;
      }
      listener.started(run.plan());
      Verdict verdict = execute(run);
      Duration elapsed = run.elapsed();
      if (contexts.takeBack(run.context(), run.isOrderly(verdict))) {
        run.release();
      }
      ObservedRun observed =
          new ObservedRun(execution, verdict, run.firstFailure(), elapsed, listener);
      if (observed.isWanted()) {
        observe(observed);
      }
      listener.finished(verdict, elapsed, observed.trace(), observed.coverage());
    }
  }

  private Verdict execute(PythonRun run) {
    synchronized (cancelling) {
      running = Optional.of(run);
    }
    try {
      return run.execute();
    } finally {
      // What comes later must not find it any more: the next program may run in the same context.
      synchronized (cancelling) {
        running = Optional.empty();
      }
    }
  }

  @Override
  public void cancel() {
    synchronized (cancelling) {
      running.ifPresent(PythonRun::cancel);
    }
  }

  /** Runs it all once more, in fresh contexts that are watched. */
  private void observe(ObservedRun observed) {
    Optional<ObservedProgram> program =
        parser().observation().observed(observed.execution().program());
    if (program.isEmpty()) {
      return;
    }
    Execution again = observed.execution(program.get().text());
    try (PythonRun run =
        run(again, () -> observed.watch(contexts.fresh(), program.get()), observed.listener())) {
      if (run.parse().isEmpty()) {
        run.execute();
      }
    } finally {
      observed.close();
    }
  }

  private PythonRun run(
      Execution execution, Supplier<PythonContext> contexts, ExecutionListener listener) {
    return switch (execution.tests()) {
      case Asserts(var source) ->
          new PythonAsserts(contexts.get(), execution, source, watchdog, listener);
      case Calls calls -> new PythonCalls(contexts.get(), execution, calls, watchdog, listener);
      case StandardIo exchanges ->
          new PythonStandardIo(contexts, execution, exchanges, watchdog, listener);
      case ResultSets queries -> throw new MalformedTestsException(check(queries).orElseThrow());
    };
  }

  private PythonContext parser() {
    if (parser.isEmpty()) {
      parser = Optional.of(new PythonContext(engine)); // No program ever enters it.
    }
    return parser.get();
  }

  @Override
  public void close() {
    contexts.close();
    parser.ifPresent(PythonContext::close);
    parser = Optional.empty();
  }
}
