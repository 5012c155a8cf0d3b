package dev.mallard.sandbox.python;

import dev.mallard.sandbox.Coverage;
import dev.mallard.sandbox.Execution;
import dev.mallard.sandbox.Observation;
import dev.mallard.sandbox.TestResult;
import dev.mallard.sandbox.Trace;
import dev.mallard.sandbox.Verdict;
import dev.mallard.sandbox.Verdict.Test;
import dev.mallard.sandbox.executor.ExecutionListener;
import dev.mallard.sandbox.executor.SilentListener;
import dev.mallard.sandbox.polyglot.ObservedProgram;
import dev.mallard.sandbox.polyglot.Observer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What is seen of a program that is run a second time, when its verdict is known. The first run is
 * not observed, so that observing changes no verdict and no time.
 */
final class ObservedRun implements AutoCloseable {
  /** Stands for the program itself where it failed before its tests. */
  private static final Test PROGRAM = new Test(0, "the program");

  private final Execution execution;
  private final Verdict verdict;
  private final Optional<TestResult> failure;
  private final Duration elapsed;
  private final ExecutionListener listener;
  private final Set<Observation> observations = EnumSet.noneOf(Observation.class);
  private final List<Observer> observers = new ArrayList<>();

  /**
   * Prepares to observe.
   *
   * @param verdict that on the first run
   * @param failure the test to trace
   * @param elapsed how long the first run took
   * @param listener is told the verdict if the second run cannot be stopped
   */
  ObservedRun(
      Execution execution,
      Verdict verdict,
      Optional<TestResult> failure,
      Duration elapsed,
      ExecutionListener listener) {
    this.execution = execution;
    this.verdict = verdict;
    this.failure = failure;
    this.elapsed = elapsed;
    this.listener = listener;
    observations.addAll(execution.observations());
    if (verdict.passed()) {
      observations.remove(Observation.TRACE);
    }
  }

  boolean isWanted() {
    return !observations.isEmpty();
  }

  Execution execution() {
    return execution;
  }

  /** The same execution of another text of the program. */
  Execution execution(String text) {
    return new Execution(
        execution.language(), text, execution.tests(), execution.limits(), observations);
  }

  /** Observes what will run in a context. */
  PythonContext watch(PythonContext context, ObservedProgram program) {
    Observer observer = context.observe(program, observations);
    observers.add(observer);
    if (failedBeforeItsTests()) {
      observer.startTrace();
    }
    return context;
  }

  private boolean failedBeforeItsTests() {
    return failure.map(TestResult::elapsed).orElse(Duration.ZERO).isZero();
  }

  private Test traced() {
    return failedBeforeItsTests() ? PROGRAM : failure.map(TestResult::test).orElse(PROGRAM);
  }

  Optional<Trace> trace() {
    return observers.isEmpty() || !observations.contains(Observation.TRACE)
        ? Optional.empty()
        : Optional.of(
            new Trace(
                traced(), observers.stream().flatMap(seen -> seen.trace().stream()).toList()));
  }

  Optional<Coverage> coverage() {
    if (observers.isEmpty() || !observations.contains(Observation.COVERAGE)) {
      return Optional.empty();
    }
    SortedSet<Integer> executable = new TreeSet<>();
    SortedSet<Integer> covered = new TreeSet<>();
    for (Observer observer : observers) {
      Coverage seen = observer.coverage();
      executable.addAll(seen.executable());
      covered.addAll(seen.covered());
    }
    return Optional.of(new Coverage(executable, covered));
  }

  /** Ends all recording. */
  @Override
  public void close() {
    observers.forEach(Observer::close);
  }

  /** What the second run tells: when the test begins and ends that is to be traced. */
  ExecutionListener listener() {
    return new SilentListener() {
      @Override
      public void testStarted(Test test) {
        if (!failedBeforeItsTests()) {
          boolean wanted = test.number() == traced().number();
          observers.forEach(wanted ? Observer::startTrace : Observer::stopTrace);
        }
      }

      @Override
      public void testEnded(TestResult result) {
        observers.forEach(Observer::stopTrace);
      }

      @Override
      public void abandoned(Verdict second, Duration time) {
        listener.abandoned(verdict, elapsed);
      }
    };
  }
}
