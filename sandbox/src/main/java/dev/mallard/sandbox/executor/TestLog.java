package dev.mallard.sandbox.executor;

import dev.mallard.sandbox.TestResult;
import dev.mallard.sandbox.Verdict;
import dev.mallard.sandbox.Verdict.Failed;
import dev.mallard.sandbox.Verdict.Passed;
import dev.mallard.sandbox.Verdict.Test;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What came of each test so far. A test that is run more than once has passed if it did each time;
 * its times add up. Tests may be recorded while another thread asks for the verdict.
 */
public final class TestLog {
  private final Map<Integer, TestResult> results = new TreeMap<>();

  /** Adds what came of one run of a test. */
  public synchronized void record(Test test, Verdict verdict, Duration elapsed) {
    TestResult before = results.get(test.number());
    TestResult now =
        before == null
            ? new TestResult(test, verdict, elapsed)
            : new TestResult(
                test, before.passed() ? verdict : before.verdict(), before.elapsed().plus(elapsed));
    results.put(test.number(), now);
  }

  /** Adds that one run of a test passed. */
  public void pass(Test test, Duration elapsed) {
    record(test, new Passed(1), elapsed);
  }

  /** Adds what a failed test says of itself, unless something is said already. */
  public synchronized void explain(int number, String message) {
    TestResult result = results.get(number);
    if (result != null
        && result.verdict() instanceof Failed(var test, var sides, var said, var passed)
        && said.isEmpty()) {
      Verdict explained = new Failed(test, sides, Optional.of(message), passed);
      results.put(number, new TestResult(test, explained, result.elapsed()));
    }
  }

  public synchronized boolean has(int number) {
    return results.containsKey(number);
  }

  /** What came of a test; empty if it has not run. */
  public synchronized Optional<TestResult> result(int number) {
    return Optional.ofNullable(results.get(number));
  }

  /** All results, by number. */
  public synchronized List<TestResult> results() {
    return new ArrayList<>(results.values());
  }

  /** How many tests have passed. */
  public int passed() {
    return Verdicts.passed(results());
  }
}
