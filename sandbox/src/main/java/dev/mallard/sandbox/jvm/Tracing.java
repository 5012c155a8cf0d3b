package dev.mallard.sandbox.jvm;

import dev.mallard.sandbox.Limits;
import dev.mallard.sandbox.Trace;
import dev.mallard.sandbox.Trace.Step;
import dev.mallard.sandbox.Trace.Variable;
import dev.mallard.sandbox.Verdict;
import dev.mallard.sandbox.Verdict.Crashed;
import dev.mallard.sandbox.Verdict.Failed;
import dev.mallard.sandbox.Verdict.Malformed;
import dev.mallard.sandbox.Verdict.OutOfMemory;
import dev.mallard.sandbox.Verdict.Passed;
import dev.mallard.sandbox.Verdict.Test;
import dev.mallard.sandbox.Verdict.TimedOut;
import dev.mallard.sandbox.runner.Event;
import dev.mallard.sandbox.runner.Job;
import dev.mallard.sandbox.runner.TraceStep;
import dev.mallard.sandbox.runner.TraceStep.Named;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Makes the trace of one test, by a run in which nothing else counts. */
final class Tracing {
  /** How long a runner may take to send what it has recorded. */
  private static final Duration LONGEST_REPORT = Duration.ofSeconds(1);

  private Tracing() {}

  /** The test of which there is a trace. */
  static Optional<Test> test(Verdict verdict) {
    return switch (verdict) {
      case Failed failed -> Optional.of(failed.test());
      case Crashed crashed -> crashed.test();
      case TimedOut timedOut -> timedOut.test();
      case OutOfMemory outOfMemory -> outOfMemory.test();
      case Passed passed -> Optional.empty();
      case Malformed malformed -> Optional.empty();
    };
  }

  /**
   * Runs a job that records the trace.
   *
   * @param number the number of the test in the job
   */
  static Optional<Trace> trace(Test test, int number, Job job, RunnerSupply supply, Limits limits) {
    List<Step> steps = new ArrayList<>();
    try (RunnerProcess runner = supply.take(limits.heapMebibytes())) {
      runner.submit(job);
      boolean ended = receive(runner, limits.wallClock(), number, steps);
      if (!ended) {
        runner.requestRecording();
        receive(runner, LONGEST_REPORT, Integer.MAX_VALUE, steps);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return steps.isEmpty() ? Optional.empty() : Optional.of(new Trace(test, steps));
  }

  /** Takes steps until the test ends, or the runner does; false if neither does in time. */
  private static boolean receive(RunnerProcess runner, Duration limit, int number, List<Step> steps)
      throws InterruptedException {
    long deadline = System.nanoTime() + limit.toNanos();
    while (true) {
      Optional<RunnerProcess.Arrival> arrival = runner.next(deadline);
      if (arrival.isEmpty()) {
        return false;
      }
      switch (arrival.get()) {
        case RunnerProcess.Said(Event.Traced(TraceStep step)) -> steps.add(step(step));
        case RunnerProcess.Said(Event.TestDone(int test, var time, var outcome)) -> {
          if (test == number) {
            return true;
          }
        }
        case RunnerProcess.Said(Event.Finished()) -> {
          return true;
        }
        case RunnerProcess.Said said -> {}
        case RunnerProcess.Wrote wrote -> {}
        case RunnerProcess.Ended() -> {
          return true;
        }
      }
    }
  }

  private static Step step(TraceStep step) {
    return switch (step) {
      case TraceStep.Called(String function, int line, List<Named> arguments) ->
          new Trace.Called(function, line, variables(arguments));
      case TraceStep.Line(int line, List<Named> changes, int branch) ->
          new Trace.Line(
              line, variables(changes), branch > 0 ? Optional.of(branch) : Optional.empty());
      case TraceStep.Returned(String function, String value) -> new Trace.Returned(function, value);
      case TraceStep.Raised(String function, String exception) ->
          new Trace.Raised(function, exception);
      case TraceStep.Omitted(long steps) -> new Trace.Omitted(steps);
    };
  }

  private static List<Variable> variables(List<Named> variables) {
    return variables.stream()
        .map(variable -> new Variable(variable.name(), variable.value()))
        .toList();
  }
}
