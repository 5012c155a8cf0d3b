package dev.mallard.sandbox;

import java.time.Duration;

/**
 * What came of one test.
 *
 * @param test the test
 * @param verdict {@link Verdict.Passed}, or why not; its message says more. A test that did not run
 *     because something before it had ended the run gets the verdict of that
 * @param elapsed wall-clock time that it took; zero if it did not run
 */
public record TestResult(Verdict.Test test, Verdict verdict, Duration elapsed) {
  public boolean passed() {
    return verdict.passed();
  }
}
