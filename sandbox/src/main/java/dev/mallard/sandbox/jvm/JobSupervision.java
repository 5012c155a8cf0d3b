package dev.mallard.sandbox.jvm;

import dev.mallard.sandbox.runner.Event;
import dev.mallard.sandbox.runner.Event.Covered;
import dev.mallard.sandbox.runner.Event.Exiting;
import dev.mallard.sandbox.runner.Event.Finished;
import dev.mallard.sandbox.runner.Event.MainReturned;
import dev.mallard.sandbox.runner.Event.Printed;
import dev.mallard.sandbox.runner.Event.Ready;
import dev.mallard.sandbox.runner.Event.TestBegan;
import dev.mallard.sandbox.runner.Event.TestDone;
import dev.mallard.sandbox.runner.Event.TestFailing;
import dev.mallard.sandbox.runner.Event.Thrown;
import dev.mallard.sandbox.runner.Event.Traced;
import dev.mallard.sandbox.runner.Job;
import dev.mallard.sandbox.runner.Problem;
import dev.mallard.sandbox.runner.RunnerMain;
import dev.mallard.sandbox.runner.TraceStep;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/** Runs one job in one runner, to its end or a deadline. */
final class JobSupervision {
  /** Exit codes of a JVM that an error's signal has ended. */
  private static final Set<Integer> SIGNALLED =
      Set.of(128 + 4, 128 + 6, 128 + 7, 128 + 8, 128 + 11, 128 + 31);

  private static final int KILLED = 128 + 9;

  /** How unshare reports that what it has started was killed: the exit code, and its complaint. */
  private static final int UNSHARE_FAILED = 1;

  private static final String UNSHARE = "unshare: ";

  private final RunnerProcess runner;
  private final Observer observer;
  private Optional<Problem> thrown = Optional.empty();
  private boolean exiting;
  private boolean done;

  /** Is told what happens meanwhile. */
  interface Observer {
    void printed(boolean toStandardError, byte[] bytes);

    void testBegan(int test);

    void testFailing(int test);

    void testDone(int test, Duration elapsed, Event.Outcome outcome);

    void covered(int line);

    /** What a trace says; the observer decides whether the job goes on. */
    void traced(TraceStep step);
  }

  JobSupervision(RunnerProcess runner, Observer observer) {
    this.runner = runner;
    this.observer = observer;
  }

  /**
   * Runs the job. The runner may go on at the deadline.
   *
   * @param deadline a value of {@link System#nanoTime}
   */
  JobEnding run(Job job, long deadline) {
    runner.submit(job);
    try {
      while (true) {
        Optional<RunnerProcess.Arrival> arrival = runner.next(deadline);
        if (arrival.isEmpty()) {
          return new JobEnding.Late();
        }
        switch (arrival.get()) {
          case RunnerProcess.Said(Event event) -> take(event);
          case RunnerProcess.Wrote(byte[] bytes) -> observer.printed(false, bytes);
          case RunnerProcess.Ended() -> {
            return ending();
          }
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new JobEnding.Broken("interrupted");
    }
  }

  private void take(Event event) {
    switch (event) {
      case Ready() -> {}
      case Printed(boolean toStandardError, byte[] bytes) ->
          observer.printed(toStandardError, bytes);
      case TestBegan(int test) -> observer.testBegan(test);
      case TestFailing(int test) -> observer.testFailing(test);
      case TestDone(int test, long nanoseconds, var outcome) ->
          observer.testDone(test, Duration.ofNanos(nanoseconds), outcome);
      case Thrown(Problem problem) -> thrown = Optional.of(problem);
      case MainReturned() -> done = true;
      case Finished() -> done = true;
      case Exiting() -> exiting = true;
      case Covered(int line) -> observer.covered(line);
      case Traced(TraceStep step) -> observer.traced(step);
    }
  }

  private JobEnding ending() throws InterruptedException {
    if (thrown.isPresent()) {
      return new JobEnding.Uncaught(thrown.get());
    }
    int code = runner.exitCode();
    String diagnostics = runner.diagnostics();
    if (code == 0 && done) {
      return new JobEnding.Done();
    }
    if (code == RunnerMain.OUT_OF_MEMORY && diagnostics.contains("OutOfMemoryError")) {
      return new JobEnding.Exhausted();
    }
    if (exiting) {
      return new JobEnding.Exited(code);
    }
    String description = "exit code %d %s".formatted(code, diagnostics.strip());
    boolean killed = code == KILLED || (code == UNSHARE_FAILED && diagnostics.startsWith(UNSHARE));
    if (killed || !runner.hasStarted()) {
      return new JobEnding.Lost(description);
    }
    return SIGNALLED.contains(code)
        ? new JobEnding.Broken(description)
        : new JobEnding.Exited(code);
  }
}
