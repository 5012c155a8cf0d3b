package dev.mallard.sandbox.javascript;

import dev.mallard.sandbox.Coverage;
import dev.mallard.sandbox.Execution;
import dev.mallard.sandbox.GuestLanguage;
import dev.mallard.sandbox.Limits;
import dev.mallard.sandbox.Observation;
import dev.mallard.sandbox.Report;
import dev.mallard.sandbox.TestResult;
import dev.mallard.sandbox.TestSuite;
import dev.mallard.sandbox.Trace;
import dev.mallard.sandbox.Verdict;
import dev.mallard.sandbox.executor.ExecutionListener;
import dev.mallard.sandbox.executor.OutputStreamKind;
import dev.mallard.sandbox.executor.Watchdog;
import dev.mallard.sandbox.polyglot.ConfinedEngine;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.graalvm.polyglot.Engine;

/** Runs JavaScript programs in this process, as a worker would. */
final class Runs implements AutoCloseable {
  /** As much stack as a worker gives its programs. */
  private static final long STACK_BYTES = 32L << 20;

  private final Engine engine = ConfinedEngine.of("js");
  private final JavaScriptExecutor executor = new JavaScriptExecutor(engine, new Watchdog());

  JavaScriptExecutor executor() {
    return executor;
  }

  Report run(String program, String tests) {
    return run(program, TestSuite.asserts(tests));
  }

  Report run(String program, TestSuite tests, Observation... observations) {
    return run(program, tests, Limits.DEFAULT, observations);
  }

  Report run(String program, TestSuite tests, Limits limits, Observation... observations) {
    while (executor.prepare()) {
      // Until nothing is left to make ahead.
    }
    Recorder recorder = new Recorder();
    Execution execution =
        new Execution(GuestLanguage.JAVASCRIPT, program, tests, limits, Set.of(observations));
    Thread thread =
        new Thread(null, () -> executor.execute(execution, recorder), "program", STACK_BYTES);
    thread.start();
    try {
      if (!thread.join(execution.limits().wallClock().multipliedBy(3).plusSeconds(20))) {
        throw new IllegalStateException("It still runs");
      }
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
    return recorder.report.orElseThrow();
  }

  Verdict verdict(String program, String tests) {
    return run(program, tests).verdict();
  }

  @Override
  public void close() {
    executor.close();
    engine.close(true);
  }

  private static final class Recorder implements ExecutionListener {
    private final List<TestResult> results = new ArrayList<>();
    private final StringBuilder output = new StringBuilder();
    private final StringBuilder error = new StringBuilder();
    private volatile Optional<Report> report = Optional.empty();
    private boolean started;

    @Override
    public void started(List<Verdict.Test> tests) {
      if (started) {
        throw new IllegalStateException("Started twice");
      }
      started = true;
    }

    @Override
    public void testStarted(Verdict.Test test) {
      if (!started) {
        throw new IllegalStateException("A test before the start");
      }
    }

    @Override
    public void testEnded(TestResult result) {
      if (result.test().number() != results.size() + 1) {
        throw new IllegalStateException("Tests are numbered as they come: " + result);
      }
      results.add(result);
    }

    @Override
    public void output(OutputStreamKind stream, String text) {
      (stream == OutputStreamKind.STANDARD_OUTPUT ? output : error).append(text);
    }

    @Override
    public void finished(
        Verdict verdict, Duration elapsed, Optional<Trace> trace, Optional<Coverage> coverage) {
      if (report.isPresent()) {
        throw new IllegalStateException("Finished twice");
      }
      report =
          Optional.of(
              new Report(
                  verdict, output.toString(), error.toString(), elapsed, results, trace, coverage));
    }

    @Override
    public void abandoned(Verdict verdict, Duration elapsed) {
      throw new IllegalStateException("Could not be stopped: " + verdict);
    }
  }
}
