package dev.mallard.sandbox.pool;

import dev.mallard.sandbox.Coverage;
import dev.mallard.sandbox.Report;
import dev.mallard.sandbox.TestResult;
import dev.mallard.sandbox.Trace;
import dev.mallard.sandbox.Verdict;
import dev.mallard.sandbox.Verdict.Test;
import dev.mallard.sandbox.executor.OutputStreamKind;
import dev.mallard.sandbox.executor.Verdicts;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Puts a report together from what a worker says, and bounds its size. */
final class ReportBuilder {
  /** More results than any suite has. */
  private static final int MOST_TESTS = 100_000;

  private final int outputCharacters;
  private final StringBuilder standardOutput = new StringBuilder();
  private final StringBuilder standardError = new StringBuilder();
  private final Map<Integer, Test> planned = new TreeMap<>();
  private final Map<Integer, TestResult> results = new TreeMap<>();

  ReportBuilder(int outputCharacters) {
    this.outputCharacters = outputCharacters;
  }

  void plan(List<Test> tests) {
    for (Test test : tests) {
      if (planned.size() < MOST_TESTS) {
        planned.put(test.number(), test);
      }
    }
  }

  /** Adds a result, in the place of an earlier one of that test; returns false if it is full. */
  boolean add(TestResult result) {
    results.put(result.test().number(), result);
    return results.size() < MOST_TESTS;
  }

  void add(OutputStreamKind stream, String text) {
    StringBuilder kept =
        switch (stream) {
          case STANDARD_OUTPUT -> standardOutput;
          case STANDARD_ERROR -> standardError;
        };
    int room = outputCharacters - kept.length();
    kept.append(text, 0, Math.min(room, text.length()));
  }

  int passed() {
    return Verdicts.passed(new ArrayList<>(results.values()));
  }

  /** The report of an execution that has come to its end. */
  Report finished(
      Verdict verdict, Duration elapsed, Optional<Trace> trace, Optional<Coverage> coverage) {
    return new Report(
        verdict,
        standardOutput.toString(),
        standardError.toString(),
        elapsed,
        new ArrayList<>(results.values()),
        trace,
        coverage);
  }

  /** The report of one that was ended: tests that are not over get the verdict. */
  Report ended(Verdict verdict, Duration elapsed) {
    planned.forEach((number, test) ->
        results.computeIfAbsent(
            number,
            missing -> new TestResult(test, Verdicts.onTest(verdict, test), Duration.ZERO)));
    return finished(verdict, elapsed, Optional.empty(), Optional.empty());
  }
}
