package dev.mallard.sandbox;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What came of one execution.
 *
 * @param verdict how it ended: {@link Verdict.Passed} if every test passed, else why the first test
 *     that did not pass, or the program itself, failed
 * @param standardOutput what the program printed, cut to the limit
 * @param standardError what it printed to standard error, cut to the limit
 * @param elapsed wall-clock time from the program's first statement to the verdict
 * @param tests what came of each test, in order; empty if the program did not get that far to say
 *     which tests there are
 * @param trace the trace of the first test that did not pass, if asked for and there is one
 * @param coverage which lines were executed, if asked for and the program parses
 */
public record Report(
    Verdict verdict,
    String standardOutput,
    String standardError,
    Duration elapsed,
    List<TestResult> tests,
    Optional<Trace> trace,
    Optional<Coverage> coverage) {
  public Report {
    tests = List.copyOf(tests);
  }

  /** A report without tests or observations. */
  public Report(Verdict verdict, String standardOutput, String standardError, Duration elapsed) {
    this(
        verdict,
        standardOutput,
        standardError,
        elapsed,
        List.of(),
        Optional.empty(),
        Optional.empty());
  }
}
