package dev.mallard.sandbox.python;

import dev.mallard.sandbox.Execution;
import dev.mallard.sandbox.TestResult;
import dev.mallard.sandbox.Verdict;
import dev.mallard.sandbox.Verdict.Crashed;
import dev.mallard.sandbox.Verdict.Failed;
import dev.mallard.sandbox.Verdict.Malformed;
import dev.mallard.sandbox.Verdict.OutOfMemory;
import dev.mallard.sandbox.Verdict.Passed;
import dev.mallard.sandbox.Verdict.Test;
import dev.mallard.sandbox.Verdict.TimedOut;
import dev.mallard.sandbox.executor.ExecutionListener;
import dev.mallard.sandbox.executor.TestLog;
import dev.mallard.sandbox.executor.Verdicts;
import dev.mallard.sandbox.executor.Watchdog;
import dev.mallard.sandbox.python.PythonContext.Raised;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.graalvm.polyglot.PolyglotException;
import org.graalvm.polyglot.Value;

/**
 * One program and its tests, on the clock. What all styles of tests have in common; the styles
 * extend it.
 *
 * <p>Which tests there are and what came of them is kept here, outside of Python: nothing that the
 * program prints or defines takes part in the verdict.
 */
abstract class PythonRun implements AutoCloseable {
  private final Execution execution;
  private final Watchdog watchdog;
  private final ExecutionListener listener;
  private final TestLog log = new TestLog();

  // Read by the watchdog's thread.
  private volatile PythonContext context;
  private volatile Optional<Test> current = Optional.empty();
  private volatile long start = System.nanoTime();
  private volatile long testStart = start;
  private volatile boolean expired;
  private boolean released;

  PythonRun(
      PythonContext context, Execution execution, Watchdog watchdog, ExecutionListener listener) {
    this.context = context;
    this.execution = execution;
    this.watchdog = watchdog;
    this.listener = listener;
  }

  /**
   * Parses the program, and makes its tests ready.
   *
   * @return what is wrong with the program; empty if nothing is
   * @throws dev.mallard.sandbox.MalformedTestsException if the tests do not parse
   */
  abstract Optional<Verdict> parse();

  /** The tests, as far as they are known when the program has been parsed. */
  abstract List<Test> plan();

  /** Runs the program and its tests; the verdict is that on the tests, unless another is given. */
  abstract Optional<Verdict> run();

  /** Runs it all under the limit and says what came of it. */
  final Verdict execute() {
    start = System.nanoTime();
    try (var watch = watch()) {
      Verdict verdict;
      try {
        verdict = run().orElseGet(() -> Verdicts.overall(log.results()));
      } finally {
        if (watch.expired()) {
          expired = true;
        }
        context.finishOutput();
      }
      return verdict;
    }
  }

  /**
   * Parses the program under a limit of its own, as long as that for running it.
   *
   * @return what is wrong with it; empty if nothing is
   */
  final Optional<Verdict> prepare(Runnable parse) {
    try (var watch = watch()) {
      try {
        parse.run();
        return Optional.empty();
      } catch (PolyglotException e) {
        return Optional.of(watch.expired() ? timedOut() : PythonErrors.whileParsing(e));
      }
    }
  }

  private Watchdog.Watch watch() {
    return watchdog.watch(
        execution.limits().wallClock(),
        this::cancel,
        () -> listener.abandoned(timedOut(), elapsed()));
  }

  /** Ends what runs, from any thread: its time is up. */
  final void cancel() {
    expired = true;
    context.cancel();
  }

  /** What came of the first test that did not pass. */
  final Optional<TestResult> firstFailure() {
    return log.results().stream().filter(result -> !result.passed()).findFirst();
  }

  /** Lets the context go, which is then not closed with this. */
  final void release() {
    released = true;
  }

  /** Whether every test has ended in a way that interrupts nothing in the middle of its work. */
  final boolean isOrderly(Verdict overall) {
    return !expired
        && isOrderlyEnd(overall)
        && log.results().stream().allMatch(result -> isOrderlyEnd(result.verdict()));
  }

  private static boolean isOrderlyEnd(Verdict verdict) {
    return switch (verdict) {
      case Passed passed -> true;
      case Failed failed -> true;
      case Malformed malformed -> true;
      case Crashed crashed -> PythonErrors.isOrderly(crashed.type());
      case TimedOut expired -> false;
      case OutOfMemory full -> false;
    };
  }

  /** Ends the context that it is in, unless that is released. */
  @Override
  public final void close() {
    if (!released) {
      context.close();
    }
  }

  final Execution execution() {
    return execution;
  }

  final ExecutionListener listener() {
    return listener;
  }

  final TestLog log() {
    return log;
  }

  final PythonContext context() {
    return context;
  }

  /** Goes on in another context; what came before stays. */
  final void enter(PythonContext next) {
    context.finishOutput();
    context = next;
    if (expired) {
      next.cancel(); // The limit has passed between the two.
    }
  }

  /** A test, or the set-up before it, begins. */
  final void begin(Test test) {
    current = Optional.of(test);
    testStart = System.nanoTime();
    listener.testStarted(test);
  }

  final Optional<Test> current() {
    return current;
  }

  /** No test runs. */
  final void rest() {
    current = Optional.empty();
  }

  /** Since the current test began. */
  final Duration testElapsed() {
    return Duration.ofNanos(System.nanoTime() - testStart);
  }

  /** Since the program's first statement. */
  final Duration elapsed() {
    return Duration.ofNanos(System.nanoTime() - start);
  }

  /** Whether no more of the program can run. */
  final boolean isOver() {
    return expired;
  }

  final TimedOut timedOut() {
    return new TimedOut(execution.limits().wallClock(), current, log.passed());
  }

  /** The verdict on what the engine has thrown. */
  final Verdict thrown(RuntimeException thrown) {
    if (expired) {
      return timedOut();
    }
    int passed = log.passed();
    if (!(thrown instanceof PolyglotException e)) {
      return PythonErrors.broken(thrown, current, passed);
    }
    return raised(e)
        .map(raised -> verdict(raised))
        .orElseGet(() -> PythonErrors.withoutException(e, current, passed));
  }

  /** The Python exception in what the engine has thrown. */
  final Optional<Raised> raised(PolyglotException e) {
    return PythonErrors.raised(e, context);
  }

  private Verdict verdict(Raised raised) {
    return PythonErrors.isOutOfMemory(raised)
        ? new OutOfMemory(execution.limits().heapMebibytes(), current)
        : new Crashed(raised.type(), raised.message(), raised.line(), current, log.passed());
  }

  /** Whether a program without tests has ended as it wanted to: by an exit with status 0. */
  static boolean isPlainExit(RuntimeException thrown) {
    return thrown instanceof PolyglotException e && e.isExit() && e.getExitStatus() == 0;
  }

  /** {@code repr} of a value, or empty if that ends the process, runs out of time, or the like. */
  final Optional<String> show(Value value) {
    try {
      return Optional.of(context.show(value));
    } catch (PolyglotException | IllegalStateException e) {
      return Optional.empty();
    }
  }
}
