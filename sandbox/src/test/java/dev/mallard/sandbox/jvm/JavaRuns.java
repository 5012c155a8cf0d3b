package dev.mallard.sandbox.jvm;

import dev.mallard.sandbox.Execution;
import dev.mallard.sandbox.GuestLanguage;
import dev.mallard.sandbox.Limits;
import dev.mallard.sandbox.Observation;
import dev.mallard.sandbox.Report;
import dev.mallard.sandbox.TestSuite;
import dev.mallard.sandbox.UnconfinedException;
import dev.mallard.sandbox.Verdict;
import dev.mallard.sandbox.confinement.Confinement;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Assumptions;

/** Runs programs for tests, which are skipped where nothing confines them. */
final class JavaRuns implements AutoCloseable {
  static final Limits LIMITS = new Limits(Duration.ofSeconds(30), 128, 10_000);

  private final JavaExecutor executor;

  JavaRuns() {
    this(Confinement.available());
  }

  JavaRuns(List<Confinement> confinements) {
    executor = start(confinements);
  }

  private static JavaExecutor start(List<Confinement> confinements) {
    try {
      return new JavaExecutor(confinements);
    } catch (UnconfinedException e) {
      return Assumptions.abort(e.getMessage());
    }
  }

  JavaExecutor executor() {
    return executor;
  }

  Verdict verdict(String program, String tests) {
    return report(program, TestSuite.asserts(tests)).verdict();
  }

  Report report(String program, TestSuite tests) {
    return report(program, tests, LIMITS);
  }

  Report report(String program, TestSuite tests, Limits limits, Observation... observations) {
    RecordingListener listener = new RecordingListener();
    executor.execute(
        new Execution(GuestLanguage.JAVA, program, tests, limits, Set.of(observations)), listener);
    return listener.report();
  }

  @Override
  public void close() {
    executor.close();
  }
}
