package dev.mallard.generator.loop;

import dev.mallard.sandbox.Execution;
import dev.mallard.sandbox.ProgramLanguage;
import dev.mallard.sandbox.Report;
import dev.mallard.sandbox.Sandbox;
import dev.mallard.sandbox.TestSuite;
import dev.mallard.sandbox.Verdict;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A sandbox whose verdicts are known by the program's text; any other program fails test 1. */
final class ScriptedSandbox implements Sandbox {
  /** A program that was run, and the tests that it ran on. */
  record Run(String program, TestSuite tests) {}

  private final Map<String, Verdict> verdicts;
  private final List<Run> runs = new ArrayList<>();

  ScriptedSandbox(Map<String, Verdict> verdicts) {
    this.verdicts = Map.copyOf(verdicts);
  }

  static Verdict failed(int testsPassed) {
    return new Verdict.Failed(
        new Verdict.Test(testsPassed + 1, "assert add(1, 2) == 3"),
        Optional.of(new Verdict.Comparison("add(1, 2)", "-1", "3")),
        Optional.empty(),
        testsPassed);
  }

  List<Run> runs() {
    return runs;
  }

  @Override
  public Report run(Execution execution) throws InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
    runs.add(new Run(execution.program(), execution.tests()));
    Verdict verdict = verdicts.getOrDefault(execution.program().strip(), failed(0));
    return new Report(verdict, "", "", Duration.ofMillis(5));
  }

  @Override
  public Optional<Verdict.Malformed> check(ProgramLanguage language, TestSuite tests) {
    return Optional.empty();
  }

  @Override
  public void close() {}
}
