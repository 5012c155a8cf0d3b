package dev.mallard.sandbox.worker;

import dev.mallard.sandbox.Coverage;
import dev.mallard.sandbox.TestResult;
import dev.mallard.sandbox.Trace;
import dev.mallard.sandbox.Verdict;
import dev.mallard.sandbox.executor.ExecutionListener;
import dev.mallard.sandbox.executor.OutputStreamKind;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** A listener to programs whose outcome nobody wants. */
final class Silence implements ExecutionListener {
  @Override
  public void started(List<Verdict.Test> tests) {}

  @Override
  public void testStarted(Verdict.Test test) {}

  @Override
  public void testEnded(TestResult result) {}

  @Override
  public void output(OutputStreamKind stream, String text) {}

  @Override
  public void finished(
      Verdict verdict, Duration elapsed, Optional<Trace> trace, Optional<Coverage> coverage) {}

  @Override
  public void abandoned(Verdict verdict, Duration elapsed) {
    throw new IllegalStateException("A warm-up program does not end: " + verdict);
  }
}
