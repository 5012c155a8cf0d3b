package dev.mallard.benchmarks.evaluation;

import static dev.mallard.benchmarks.evaluation.FigureText.interval;
import static dev.mallard.benchmarks.evaluation.FigureText.percent;
import static dev.mallard.benchmarks.evaluation.FigureText.points;

import dev.mallard.generator.UserException;
import dev.mallard.generator.prompt.VisibleText;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.StringJoiner;
import java.util.stream.Collectors;

/** Decides whether a run is good enough, so that a change that makes a model worse is seen. */
public final class Gate {
  /** How many tasks are named at most. */
  private static final int NAMED = 10;

  /** Shares that are the same but for rounding are the same. */
  private static final double ROUNDING = 1e-9;

  private Gate() {}

  /**
   * Checks a run.
   *
   * @param run to be checked
   * @param baseline a run of the same tasks that it is compared with
   * @param minPass least share of tasks that must be solved, from 0 to 1
   * @param maxDrop by how much that share may be smaller than the baseline's, from 0 to 1
   * @throws UserException if the baseline is of other tasks, or missing where a drop is limited
   */
  public static GateResult check(
      RunSummary run,
      Optional<RunSummary> baseline,
      OptionalDouble minPass,
      OptionalDouble maxDrop) {
    if (maxDrop.isPresent() && baseline.isEmpty()) {
      throw new UserException(
          "There is no baseline that the share of solved tasks could drop from: name one.");
    }
    StringJoiner reason = new StringJoiner(" ");
    Figures figures = run.all();
    reason.add(
        "%d of %d tasks are solved: %s."
            .formatted(figures.solved(), figures.tasks(), interval(figures.passed())));
    boolean passed = true;
    if (minPass.isPresent()) {
      boolean enough = figures.passed().mean() >= minPass.getAsDouble() - ROUNDING;
      passed &= enough;
      reason.add(
          "That is %s the %s that are asked for."
              .formatted(enough ? "at least" : "less than", percent(minPass.getAsDouble())));
    }
    if (baseline.isPresent()) {
      RunSummary before = baseline.get();
      requireSameTasks(run, before);
      PairedComparison comparison = PairedComparison.of(before, run);
      boolean held = maxDrop.isEmpty() || -comparison.gain() <= maxDrop.getAsDouble() + ROUNDING;
      passed &= held;
      reason.add(compared(before, comparison));
      if (maxDrop.isPresent()) {
        reason.add(
            "A drop of %s percentage points is allowed%s."
                .formatted(points(maxDrop.getAsDouble()), held ? "" : ", and this is more"));
      }
      if (!comparison.onlyFirst().isEmpty()) {
        reason.add("No longer solved: %s.".formatted(named(comparison.onlyFirst())));
      }
    }
    return new GateResult(passed, (passed ? "Passed: " : "Not passed: ") + reason);
  }

  private static String compared(RunSummary before, PairedComparison comparison) {
    double gain = comparison.gain();
    String change =
        gain == 0
            ? "no change"
            : "%s %s percentage points"
                .formatted(gain > 0 ? "a rise of" : "a drop of", points(Math.abs(gain)));
    return "The baseline solves %d, %s: %s, with %d newly solved and %d no longer (McNemar's exact p = %s)."
        .formatted(
            before.all().solved(),
            interval(before.all().passed()),
            change,
            comparison.onlySecond().size(),
            comparison.onlyFirst().size(),
            FigureText.probability(comparison.p()));
  }

  private static void requireSameTasks(RunSummary run, RunSummary baseline) {
    if (!run.config().dataSet().equals(baseline.config().dataSet())) {
      throw new UserException(
          "The baseline is of the data set %s, and the run of %s: name a baseline of the same."
              .formatted(baseline.config().dataSet(), run.config().dataSet()));
    }
    if (!run.config().dataHash().equals(baseline.config().dataHash())) {
      throw new UserException(
          "The baseline is of another version of the data set %s (its hash is %s, and the run's %s): make a new one."
              .formatted(
                  run.config().dataSet(), baseline.config().dataHash(), run.config().dataHash()));
    }
    if (!run.passed().keySet().equals(baseline.passed().keySet())) {
      long common = run.passed().keySet().stream().filter(baseline.passed()::containsKey).count();
      throw new UserException(
          "The baseline is of other tasks: it has %d, the run %d, and %d are the same: name a baseline of the same."
              .formatted(baseline.passed().size(), run.passed().size(), common));
    }
  }

  private static String named(List<String> ids) {
    String names =
        ids.stream()
            .limit(NAMED)
            .map(id -> VisibleText.of(id).replace('\n', ' '))
            .collect(Collectors.joining(", "));
    return ids.size() <= NAMED ? names : "%s and %d more".formatted(names, ids.size() - NAMED);
  }
}
