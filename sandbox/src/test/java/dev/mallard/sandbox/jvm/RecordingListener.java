package dev.mallard.sandbox.jvm;

import dev.mallard.sandbox.Coverage;
import dev.mallard.sandbox.Report;
import dev.mallard.sandbox.TestResult;
import dev.mallard.sandbox.Trace;
import dev.mallard.sandbox.Verdict;
import dev.mallard.sandbox.executor.ExecutionListener;
import dev.mallard.sandbox.executor.OutputStreamKind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Makes a report of what a listener is told, and sees to the order of it. */
final class RecordingListener implements ExecutionListener {
  private final StringBuilder standardOutput = new StringBuilder();
  private final StringBuilder standardError = new StringBuilder();
  private final List<TestResult> results = new ArrayList<>();
  private Optional<List<Verdict.Test>> tests = Optional.empty();
  private Optional<Report> report = Optional.empty();

  /** What came of the execution. */
  Report report() {
    return report.orElseThrow(() -> new AssertionError("The execution has no end"));
  }

  /** The tests that were known when it started; empty if it did not start. */
  Optional<List<Verdict.Test>> tests() {
    return tests;
  }

  @Override
  public void started(List<Verdict.Test> started) {
    if (tests.isPresent()) {
      throw new AssertionError("Started twice");
    }
    tests = Optional.of(started);
  }

  @Override
  public void testStarted(Verdict.Test test) {
    running();
  }

  @Override
  public void testEnded(TestResult result) {
    running();
    results.add(result);
  }

  @Override
  public void output(OutputStreamKind stream, String text) {
    running();
    switch (stream) {
      case STANDARD_OUTPUT -> standardOutput.append(text);
      case STANDARD_ERROR -> standardError.append(text);
    }
  }

  @Override
  public void finished(
      Verdict verdict, Duration elapsed, Optional<Trace> trace, Optional<Coverage> coverage) {
    if (report.isPresent()) {
      throw new AssertionError("Finished twice");
    }
    report =
        Optional.of(
            new Report(
                verdict,
                standardOutput.toString(),
                standardError.toString(),
                elapsed,
                results,
                trace,
                coverage));
  }

  @Override
  public void abandoned(Verdict verdict, Duration elapsed) {
    throw new AssertionError("Abandoned: " + verdict);
  }

  private void running() {
    if (tests.isEmpty() || report.isPresent()) {
      throw new AssertionError("Nothing runs");
    }
  }
}
