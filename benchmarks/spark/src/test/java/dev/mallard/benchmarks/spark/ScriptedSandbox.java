package dev.mallard.benchmarks.spark;

import dev.mallard.sandbox.Execution;
import dev.mallard.sandbox.ProgramLanguage;
import dev.mallard.sandbox.Report;
import dev.mallard.sandbox.Sandbox;
import dev.mallard.sandbox.TestSuite;
import dev.mallard.sandbox.Verdict;
import java.time.Duration;
import java.util.Optional;

/** Says of {@link ScriptedModel}'s programs what they are: those that add are right. */
final class ScriptedSandbox implements Sandbox {
  @Override
  public Report run(Execution execution) {
    Verdict.Test test = new Verdict.Test(1, execution.tests().source());
    Verdict verdict =
        execution.program().contains("+")
            ? new Verdict.Passed(1)
            : new Verdict.Failed(test, Optional.empty(), Optional.empty(), 0);
    return new Report(verdict, "", "", Duration.ofMillis(1));
  }

  @Override
  public Optional<Verdict.Malformed> check(ProgramLanguage language, TestSuite tests) {
    return Optional.empty();
  }

  @Override
  public void close() {}
}
