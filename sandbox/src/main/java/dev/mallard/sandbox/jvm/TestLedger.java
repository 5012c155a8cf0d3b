package dev.mallard.sandbox.jvm;

import dev.mallard.sandbox.TestResult;
import dev.mallard.sandbox.Verdict;
import dev.mallard.sandbox.Verdict.Comparison;
import dev.mallard.sandbox.Verdict.Crashed;
import dev.mallard.sandbox.Verdict.Failed;
import dev.mallard.sandbox.Verdict.Passed;
import dev.mallard.sandbox.Verdict.Test;
import dev.mallard.sandbox.executor.ExecutionListener;
import dev.mallard.sandbox.executor.Verdicts;
import dev.mallard.sandbox.runner.Event.Held;
import dev.mallard.sandbox.runner.Event.NotHeld;
import dev.mallard.sandbox.runner.Event.Outcome;
import dev.mallard.sandbox.runner.Event.Threw;
import dev.mallard.sandbox.runner.Event.Unequal;
import dev.mallard.sandbox.runner.Problem;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Keeps what came of each test, and tells the listener. */
final class TestLedger {
  private final List<Test> tests;
  private final List<String> expressions;
  private final ExecutionListener listener;
  private final List<TestResult> results = new ArrayList<>();
  private Optional<Test> current = Optional.empty();
  private long began;
  private boolean failing;

  /**
   * Makes a ledger of tests none of which has run.
   *
   * @param expressions what each test is about, where it compares
   */
  TestLedger(List<Test> tests, List<String> expressions, ExecutionListener listener) {
    this.tests = List.copyOf(tests);
    this.expressions = List.copyOf(expressions);
    this.listener = listener;
  }

  /** The test that is running. */
  Optional<Test> current() {
    return current;
  }

  int passed() {
    return Verdicts.passed(results);
  }

  List<TestResult> results() {
    return List.copyOf(results);
  }

  void began(int number) {
    Test test = tests.get(number - 1);
    current = Optional.of(test);
    failing = false;
    began = System.nanoTime();
    listener.testStarted(test);
  }

  /** The running test does not hold, even if nothing more is heard of it. */
  void failing() {
    failing = true;
  }

  void ended(Duration elapsed, Outcome outcome) {
    Test test = current.orElseThrow();
    Verdict verdict =
        switch (outcome) {
          case Held() -> new Passed(passed() + 1);
          case NotHeld(var message) -> new Failed(test, Optional.empty(), message, passed());
          case Unequal(String actual, String expected, var message) -> {
            Comparison comparison =
                new Comparison(expressions.get(test.number() - 1), actual, expected);
            yield new Failed(test, Optional.of(comparison), message, passed());
          }
          case Threw(Problem problem) -> crashed(problem, current);
        };
    ended(verdict, elapsed);
  }

  void ended(Verdict verdict, Duration elapsed) {
    Test test = current.orElseThrow();
    current = Optional.empty();
    failing = false;
    add(new TestResult(test, verdict, elapsed));
  }

  private void add(TestResult result) {
    results.add(result);
    listener.testEnded(result);
  }

  /**
   * The run has ended: gives all tests that have no result one.
   *
   * @param ending the verdict, given the test that was running
   */
  void close(Function<Optional<Test>, Verdict> ending) {
    if (current.isPresent()) {
      Duration elapsed = Duration.ofNanos(System.nanoTime() - began);
      if (failing) {
        ended(new Failed(current.get(), Optional.empty(), Optional.empty(), passed()), elapsed);
      } else {
        Verdict verdict = ending.apply(current);
        ended(verdict, elapsed);
        skip(verdict);
      }
    }
    if (results.size() < tests.size()) {
      skip(ending.apply(Optional.empty()));
    }
  }

  private void skip(Verdict verdict) {
    for (Test test : tests.subList(results.size(), tests.size())) {
      add(new TestResult(test, verdict, Duration.ZERO));
    }
  }

  Crashed crashed(Problem problem, Optional<Test> test) {
    Optional<Integer> line = problem.line() > 0 ? Optional.of(problem.line()) : Optional.empty();
    return new Crashed(problem.type(), problem.message(), line, test, passed());
  }
}
