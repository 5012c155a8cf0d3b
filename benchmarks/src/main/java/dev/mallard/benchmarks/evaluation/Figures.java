package dev.mallard.benchmarks.evaluation;

import dev.mallard.benchmarks.statistics.Bootstrap;
import dev.mallard.benchmarks.statistics.Interval;
import dev.mallard.benchmarks.statistics.PassAtK;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/**
 * What came of some tasks. Intervals are those of {@link Bootstrap}.
 *
 * @param tasks how many
 * @param passed share of the tasks whose chosen program is right: pass@1 of what a user would get
 * @param passAtK the estimates of {@link PassAtK} by {@code k}, of 1, 10 and 100, from the programs
 *     of the first turn; empty unless each task has as many as were asked for, and it is known of
 *     all of them whether they are right
 * @param afterTurn share of the tasks whose best program is right, after each turn
 * @param falsePositives of the chosen programs that pass visible tests, where other tests decide,
 *     those that are wrong
 * @param verdicts how many chosen programs there are of each, zeros among them
 * @param none tasks without a chosen program
 * @param cost of a task
 */
public record Figures(
    int tasks,
    Interval passed,
    Map<Integer, Interval> passAtK,
    List<Interval> afterTurn,
    Share falsePositives,
    Map<TaskVerdict, Integer> verdicts,
    int none,
    Cost cost) {
  private static final List<Integer> KS = List.of(1, 10, 100);

  /** Of all intervals, so that two reports of a run say the same. */
  private static final long SEED = 20_210_707;

  public Figures {
    passAtK = Collections.unmodifiableMap(new TreeMap<>(passAtK));
    afterTurn = List.copyOf(afterTurn);
    verdicts = Collections.unmodifiableMap(new EnumMap<>(verdicts));
  }

  static Figures of(List<TaskResult> results, RunConfig config) {
    return new Figures(
        results.size(),
        mean(results, result -> result.passed() ? 1 : 0),
        passAtK(results, config.samples()),
        IntStream.rangeClosed(1, turns(results, config))
            .mapToObj(turn -> mean(results, result -> result.passedAfter(turn) ? 1 : 0))
            .toList(),
        falsePositives(results),
        verdicts(results),
        (int) results.stream().filter(result -> result.chosen().isEmpty()).count(),
        Cost.of(results));
  }

  /** How many tasks have a chosen program that is right. */
  public int solved() {
    return verdicts.getOrDefault(TaskVerdict.PASSED, 0);
  }

  private static Interval mean(List<TaskResult> results, ToDoubleFunction<TaskResult> value) {
    return Bootstrap.mean(results.stream().mapToDouble(value).toArray(), SEED);
  }

  private static int turns(List<TaskResult> results, RunConfig config) {
    return results.stream()
        .mapToInt(result -> result.passedAfterTurn().size())
        .reduce(config.maxTurns(), Math::max);
  }

  private static SequencedMap<Integer, Interval> passAtK(List<TaskResult> results, int samples) {
    SequencedMap<Integer, Interval> estimates = new TreeMap<>();
    if (results.stream().allMatch(result -> allKnown(result, samples))) {
      for (int k : KS) {
        if (k <= samples) {
          estimates.put(
              k, mean(results, result -> PassAtK.estimate(samples, rightAtFirst(result), k)));
        }
      }
    }
    return estimates;
  }

  /** Where nothing could be tried, it is known that nothing is right. */
  private static boolean allKnown(TaskResult result, int samples) {
    List<SampleResult> first = firstTurn(result);
    if (result.failure().isPresent() && first.isEmpty()) {
      return true;
    }
    return first.size() == samples
        && first.stream()
            .allMatch(sample -> sample.hidden().isPresent() || sample.program().isEmpty());
  }

  private static int rightAtFirst(TaskResult result) {
    return (int)
        firstTurn(result).stream()
            .filter(sample ->
                sample.hidden().filter(verdict -> verdict == TaskVerdict.PASSED).isPresent())
            .count();
  }

  private static List<SampleResult> firstTurn(TaskResult result) {
    return result.samples().stream().filter(sample -> sample.turn() == 1).toList();
  }

  private static Share falsePositives(List<TaskResult> results) {
    List<TaskResult> told =
        results.stream()
            .filter(result -> result.visiblePassed() && result.hasHiddenTests())
            .toList();
    return new Share((int) told.stream().filter(TaskResult::falsePositive).count(), told.size());
  }

  private static Map<TaskVerdict, Integer> verdicts(List<TaskResult> results) {
    Map<TaskVerdict, Integer> counts = new EnumMap<>(TaskVerdict.class);
    for (TaskVerdict verdict : TaskVerdict.values()) {
      counts.put(verdict, 0);
    }
    for (TaskResult result : results) {
      result.chosen().ifPresent(verdict -> counts.merge(verdict, 1, Integer::sum));
    }
    return counts;
  }
}
