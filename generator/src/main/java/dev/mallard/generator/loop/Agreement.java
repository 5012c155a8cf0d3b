package dev.mallard.generator.loop;

import dev.mallard.generator.problem.Problem;
import dev.mallard.sandbox.TestResult;
import dev.mallard.sandbox.Verdict;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * How programs behave on inputs that nobody has given results for. What many programs agree on is
 * more often right ("Competition-Level Code Generation with AlphaCode", Li et al., arXiv
 * 2203.07814, clusters its samples so).
 */
final class Agreement {
  /** Fewer inputs than this show nothing. */
  private static final int FEWEST_INPUTS = 4;

  private static final Set<String> TRUTH_VALUES = Set.of("True", "False", "true", "false");
  private static final Set<String> NOTHING = Set.of("None", "null", "undefined");

  /** The tests do not fit the program, which says nothing of what it gives. */
  private static final String UNKNOWN = "unknown";

  private final Judge judge;
  private final Problem problem;
  private final Optional<Probes> probes;

  /** By attempt, how many of those that were compared behave as it does. */
  record Votes(Map<Attempt, Integer> byAttempt) {
    int of(Attempt attempt) {
      return byAttempt.getOrDefault(attempt, 0);
    }
  }

  /**
   * Prepares the inputs.
   *
   * @param seed of their randomness
   */
  Agreement(Problem problem, Judge judge, long seed) {
    this.judge = judge;
    this.problem = problem;
    this.probes = Probes.of(problem, seed);
  }

  /** Runs the programs of attempts and compares what they give. */
  Votes votes(List<Attempt> attempts) throws InterruptedException {
    if (probes.isEmpty()) {
      return new Votes(Map.of());
    }
    Map<Attempt, List<String>> behaviours = new HashMap<>();
    Map<List<String>, Integer> counts = new HashMap<>();
    for (Attempt attempt : attempts) {
      List<String> behaviour = behaviour(attempt);
      behaviours.put(attempt, behaviour);
      counts.merge(behaviour, 1, Integer::sum);
    }
    Map<Attempt, Integer> votes = new HashMap<>();
    behaviours.forEach((attempt, behaviour) -> votes.put(attempt, counts.get(behaviour)));
    return new Votes(votes);
  }

  /**
   * Whether a program that passes gives one and the same result for every other input, as one does
   * that has the results of the visible tests written into it. Truth values do not count: many
   * functions give the same one nearly always.
   */
  boolean isConstant(Attempt attempt) throws InterruptedException {
    if (probes.isEmpty()) {
      return false;
    }
    List<String> behaviour = behaviour(attempt);
    String result = behaviour.isEmpty() ? "" : behaviour.getFirst();
    return behaviour.size() >= FEWEST_INPUTS
        && behaviour.stream().distinct().count() == 1
        && !result.equals(UNKNOWN)
        && !TRUTH_VALUES.contains(result)
        && !(NOTHING.contains(result) && problem.visibleTests().source().contains(result));
  }

  private List<String> behaviour(Attempt attempt) throws InterruptedException {
    Probes tests = probes.orElseThrow();
    List<TestResult> results = judge.run(attempt.program(), tests.suite()).tests();
    return results.subList(Math.max(0, results.size() - tests.number()), results.size()).stream()
        .map(TestResult::verdict)
        .map(Agreement::result)
        .toList();
  }

  /** What a program gave, as the assertion that cannot hold tells it. */
  private static String result(Verdict verdict) {
    return switch (verdict) {
      case Verdict.Failed failed ->
          failed.comparison().map(Verdict.Comparison::actual).orElse(UNKNOWN);
      case Verdict.Crashed crashed -> "raised " + crashed.type();
      case Verdict.TimedOut timedOut -> "timed out";
      case Verdict.OutOfMemory outOfMemory -> "out of memory";
      case Verdict.Malformed malformed -> UNKNOWN;
      case Verdict.Passed passed -> UNKNOWN;
    };
  }
}
