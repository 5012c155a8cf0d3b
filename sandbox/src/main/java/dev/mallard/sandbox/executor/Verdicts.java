package dev.mallard.sandbox.executor;

import dev.mallard.sandbox.TestResult;
import dev.mallard.sandbox.Verdict;
import dev.mallard.sandbox.Verdict.Crashed;
import dev.mallard.sandbox.Verdict.Failed;
import dev.mallard.sandbox.Verdict.Malformed;
import dev.mallard.sandbox.Verdict.OutOfMemory;
import dev.mallard.sandbox.Verdict.Passed;
import dev.mallard.sandbox.Verdict.Test;
import dev.mallard.sandbox.Verdict.TimedOut;
import java.util.List;
import java.util.Optional;

/** The verdict on a whole execution, from those on its tests. */
public final class Verdicts {
  private Verdicts() {}

  /** The verdict on the first test that did not pass, with the number of all that did. */
  public static Verdict overall(List<TestResult> results) {
    int passed = passed(results);
    for (TestResult result : results) {
      if (!result.passed()) {
        return withTestsPassed(result.verdict(), passed);
      }
    }
    return new Passed(passed);
  }

  /** How many tests passed. */
  public static int passed(List<TestResult> results) {
    return (int) results.stream().filter(TestResult::passed).count();
  }

  /** The same verdict, on another test. */
  public static Verdict onTest(Verdict verdict, Test test) {
    return switch (verdict) {
      case Passed passed -> passed;
      case Failed(var other, var comparison, var message, var passed) ->
          new Failed(test, comparison, message, passed);
      case Crashed(var type, var message, var line, var other, var passed) ->
          new Crashed(type, message, line, Optional.of(test), passed);
      case TimedOut(var limit, var other, var passed) ->
          new TimedOut(limit, Optional.of(test), passed);
      case OutOfMemory(var limit, var other) -> new OutOfMemory(limit, Optional.of(test));
      case Malformed malformed -> malformed;
    };
  }

  /** The same verdict, with another number of tests that passed. */
  public static Verdict withTestsPassed(Verdict verdict, int passed) {
    return switch (verdict) {
      case Passed(var tests) -> new Passed(passed);
      case Failed(var test, var comparison, var message, var before) ->
          new Failed(test, comparison, message, passed);
      case Crashed(var type, var message, var line, var test, var before) ->
          new Crashed(type, message, line, test, passed);
      case TimedOut(var limit, var test, var before) -> new TimedOut(limit, test, passed);
      case OutOfMemory outOfMemory -> outOfMemory;
      case Malformed malformed -> malformed;
    };
  }
}
