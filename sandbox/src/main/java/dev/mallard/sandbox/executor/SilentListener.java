package dev.mallard.sandbox.executor;

import dev.mallard.sandbox.Coverage;
import dev.mallard.sandbox.TestResult;
import dev.mallard.sandbox.Trace;
import dev.mallard.sandbox.Verdict;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Hears nothing of a program whose outcome nobody wants, or that has been told already. What is to
 * become of the process when the program cannot be stopped, whoever runs it must say.
 */
public abstract class SilentListener implements ExecutionListener {
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
}
