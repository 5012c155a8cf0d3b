package dev.mallard.sandbox.sql;

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
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;

/** Keeps what it is told, and insists on the order that an executor promises. */
final class RecordingListener implements ExecutionListener {
  private final CompletableFuture<Report> report = new CompletableFuture<>();
  private final List<TestResult> results = new ArrayList<>();
  private final StringBuilder output = new StringBuilder();
  private int starts;

  /** The report, when all is over. */
  Report report() {
    return report.join();
  }

  int starts() {
    return starts;
  }

  @Override
  public synchronized void started(List<Verdict.Test> tests) {
    require(++starts == 1, "started twice");
  }

  @Override
  public synchronized void testStarted(Verdict.Test test) {
    require(starts == 1, "a test before the start");
  }

  @Override
  public synchronized void testEnded(TestResult result) {
    require(starts == 1, "a test before the start");
    require(result.test().number() == results.size() + 1, "a test out of its turn");
    results.add(result);
  }

  @Override
  public synchronized void output(OutputStreamKind stream, String text) {
    require(starts == 1, "output before the start");
    output.append(text);
  }

  @Override
  public synchronized void finished(
      Verdict verdict, Duration elapsed, Optional<Trace> trace, Optional<Coverage> coverage) {
    end(verdict, elapsed);
  }

  @Override
  public void abandoned(Verdict verdict, Duration elapsed) {
    synchronized (this) {
      end(verdict, elapsed);
    }
    while (true) {
      LockSupport.park(this); // Stands for the end of the process.
    }
  }

  private void end(Verdict verdict, Duration elapsed) {
    Report last =
        new Report(
            verdict, output.toString(), "", elapsed, results, Optional.empty(), Optional.empty());
    require(report.complete(last), "two verdicts");
  }

  private static void require(boolean condition, String otherwise) {
    if (!condition) {
      throw new AssertionError(otherwise);
    }
  }
}
