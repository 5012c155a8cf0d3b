package dev.mallard.generator.loop;

import dev.mallard.generator.problem.Problem;
import dev.mallard.sandbox.Execution;
import dev.mallard.sandbox.Limits;
import dev.mallard.sandbox.Observation;
import dev.mallard.sandbox.Report;
import dev.mallard.sandbox.Sandbox;
import dev.mallard.sandbox.TestSuite;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** Runs the programs of one problem, each on the same tests only once. */
final class Judge {
  private final Sandbox sandbox;
  private final Problem problem;
  private final Limits limits;
  private final Map<Execution, Report> reports = new HashMap<>();

  Judge(Sandbox sandbox, Problem problem, Limits limits) {
    this.sandbox = sandbox;
    this.problem = problem;
    this.limits = limits;
  }

  Report run(String program, TestSuite tests) throws InterruptedException {
    return run(program, tests, Set.of());
  }

  /** Runs it on the tests and records what it does in the first that does not pass. */
  Report trace(String program, TestSuite tests) throws InterruptedException {
    return run(program, tests, Set.of(Observation.TRACE));
  }

  private Report run(String program, TestSuite tests, Set<Observation> observations)
      throws InterruptedException {
    Execution execution =
        new Execution(
            problem.language().guestLanguage(),
            program.stripTrailing(),
            tests,
            limits,
            observations);
    Report known = reports.get(execution);
    if (known != null) {
      return known;
    }
    Report report =
        sandbox.run(
            new Execution(execution.language(), program, tests, limits, execution.observations()));
    reports.put(execution, report);
    return report;
  }

  /** Whether a suite can be run at all. */
  boolean isSound(TestSuite tests) throws InterruptedException {
    return sandbox.check(problem.language().guestLanguage(), tests).isEmpty();
  }
}
