package dev.mallard.benchmarks.evaluation;

import dev.mallard.benchmarks.statistics.McNemar;
import java.util.ArrayList;
import java.util.List;

/**
 * Two runs on the tasks that both have done.
 *
 * @param tasks how many
 * @param both how many both solve
 * @param onlyFirst those that only the first solves, in its order
 * @param onlySecond those that only the second solves, in the first's order
 * @param p of {@link McNemar}
 */
public record PairedComparison(
    int tasks, int both, List<String> onlyFirst, List<String> onlySecond, double p) {
  public PairedComparison {
    onlyFirst = List.copyOf(onlyFirst);
    onlySecond = List.copyOf(onlySecond);
  }

  /** Compares two runs of the same data. */
  public static PairedComparison of(RunSummary first, RunSummary second) {
    int tasks = 0;
    int both = 0;
    List<String> onlyFirst = new ArrayList<>();
    List<String> onlySecond = new ArrayList<>();
    for (var entry : first.passed().entrySet()) {
      Boolean other = second.passed().get(entry.getKey());
      if (other != null) {
        tasks++;
        if (entry.getValue() && other) {
          both++;
        } else if (entry.getValue()) {
          onlyFirst.add(entry.getKey());
        } else if (other) {
          onlySecond.add(entry.getKey());
        }
      }
    }
    return new PairedComparison(
        tasks, both, onlyFirst, onlySecond, McNemar.p(onlyFirst.size(), onlySecond.size()));
  }

  /** How much larger the share is that the second solves; from -1 to 1. */
  public double gain() {
    return tasks == 0 ? 0 : (double) (onlySecond.size() - onlyFirst.size()) / tasks;
  }

  /** How many neither solves. */
  public int neither() {
    return tasks - both - onlyFirst.size() - onlySecond.size();
  }
}
