package dev.mallard.sandbox.javascript;

import dev.mallard.sandbox.TestResult;
import dev.mallard.sandbox.Verdict;
import dev.mallard.sandbox.Verdict.Passed;
import dev.mallard.sandbox.Verdict.Test;
import dev.mallard.sandbox.executor.ExecutionListener;
import dev.mallard.sandbox.executor.Verdicts;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** Keeps what came of the tests of one run, and tells the listener. */
final class TestLog {
  /** Further tests that pass are counted, but not told of one by one. */
  private static final int MOST = 10_000;

  private static final int LONGEST_SOURCE = 4000;

  private final ExecutionListener listener;
  private final List<TestResult> results = new ArrayList<>();
  private Optional<Verdict> end = Optional.empty();
  private Optional<String> firstFailure = Optional.empty();
  private int untold;

  // Read by the watchdog's thread when it gives up.
  private volatile Optional<Test> current = Optional.empty();
  private final AtomicInteger passed = new AtomicInteger();

  TestLog(ExecutionListener listener) {
    this.listener = listener;
  }

  /** A test that is about to begin. */
  Test next(String source) {
    return new Test(results.size() + untold + 1, cut(source));
  }

  void started(Test test) {
    current = Optional.of(test);
    if (results.size() < MOST) {
      listener.testStarted(test);
    }
  }

  /**
   * A test has ended.
   *
   * @param place where, for whoever runs the program again to trace it
   */
  void ended(Test test, Verdict verdict, Duration elapsed, String place) {
    current = Optional.empty();
    if (verdict.passed()) {
      passed.incrementAndGet();
    }
    if (verdict.passed() && results.size() >= MOST) {
      untold++;
      return;
    }
    if (!verdict.passed() && firstFailure.isEmpty()) {
      firstFailure = Optional.of(place);
    }
    TestResult result = new TestResult(test, verdict, elapsed);
    results.add(result);
    listener.testEnded(result);
  }

  /** What the tests that did not run because of this get. */
  void notRun(List<String> sources, Verdict verdict) {
    for (String source : sources) {
      if (results.size() < MOST) {
        ended(next(source), verdict, Duration.ZERO, "");
      }
    }
  }

  /** Something other than a test has gone wrong. */
  void failed(Verdict verdict) {
    if (end.isEmpty()) {
      end = Optional.of(verdict);
    }
  }

  boolean anyFailed() {
    return end.isPresent() || results.stream().anyMatch(result -> !result.passed());
  }

  /** The test that runs. */
  Optional<Test> current() {
    return current;
  }

  /** Where the first test that did not pass is. */
  Optional<String> firstFailure() {
    return firstFailure.filter(place -> !place.isEmpty());
  }

  Optional<Test> firstFailed() {
    return results.stream().filter(result -> !result.passed()).map(TestResult::test).findFirst();
  }

  int passed() {
    return passed.get();
  }

  Verdict verdict() {
    Verdict tests = Verdicts.overall(results);
    if (!tests.passed()) {
      return Verdicts.withTestsPassed(tests, passed());
    }
    return end.map(verdict -> Verdicts.withTestsPassed(verdict, passed()))
        .orElseGet(() -> new Passed(passed()));
  }

  private static String cut(String source) {
    return source.length() <= LONGEST_SOURCE
        ? source
        : source.substring(0, LONGEST_SOURCE) + " ...";
  }
}
