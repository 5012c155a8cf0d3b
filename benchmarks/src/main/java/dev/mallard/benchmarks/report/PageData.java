package dev.mallard.benchmarks.report;

import dev.mallard.benchmarks.evaluation.FigureText;
import dev.mallard.benchmarks.evaluation.Figures;
import dev.mallard.benchmarks.evaluation.PairedComparison;
import dev.mallard.benchmarks.evaluation.RunConfig;
import dev.mallard.benchmarks.evaluation.RunSummary;
import dev.mallard.benchmarks.evaluation.TaskResult;
import dev.mallard.benchmarks.evaluation.TaskVerdict;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * All but the transcripts, as the page's script reads it.
 *
 * @param most programs that are shown of a turn
 */
record PageData(
    List<RunData> runs, List<ComparisonData> comparisons, List<ProblemData> problems, int most) {

  /**
   * A run.
   *
   * @param missing tasks that are not done
   * @param settings names and values
   */
  record RunData(
      String name,
      String model,
      String dataSet,
      int missing,
      Map<String, String> settings,
      Figures figures,
      Map<String, Figures> levels) {
    static RunData of(RunSummary run, String name) {
      Map<String, Figures> levels = new LinkedHashMap<>();
      run.levels().forEach((level, figures) -> levels.put(PageText.line(level), figures));
      return new RunData(
          PageText.line(name),
          PageText.line(run.config().model()),
          PageText.line(run.config().dataSet()),
          run.missing(),
          PageData.settings(run.config()),
          run.all(),
          levels);
    }
  }

  /**
   * Two runs of the same data.
   *
   * @param first its place among the runs, from 0
   * @param onlyFirst how many problems only the first solves
   * @param p of McNemar's test, in words
   */
  record ComparisonData(
      int first,
      int second,
      int tasks,
      int both,
      int onlyFirst,
      int onlySecond,
      int neither,
      double gain,
      String p) {
    static ComparisonData of(int first, int second, PairedComparison pair) {
      return new ComparisonData(
          first,
          second,
          pair.tasks(),
          pair.both(),
          pair.onlyFirst().size(),
          pair.onlySecond().size(),
          pair.neither(),
          pair.gain(),
          FigureText.probability(pair.p()));
    }
  }

  /**
   * A problem.
   *
   * @param results one for each run
   */
  record ProblemData(String id, String title, String level, List<ResultData> results) {}

  /**
   * What came of a problem.
   *
   * @param done whether the run has done it; without, nothing else is there
   * @param verdict of the chosen program; absent if there is none
   * @param turn after which the best program was right for good; absent if it never was
   */
  record ResultData(
      boolean done,
      Optional<TaskVerdict> verdict,
      boolean falsePositive,
      OptionalInt turn,
      OptionalInt turns,
      long tokens,
      double seconds,
      OptionalDouble joules) {
    static ResultData of(Optional<TaskResult> found) {
      if (found.isEmpty()) {
        return new ResultData(
            false,
            Optional.empty(),
            false,
            OptionalInt.empty(),
            OptionalInt.empty(),
            0,
            0,
            OptionalDouble.empty());
      }
      TaskResult result = found.get();
      return new ResultData(
          true,
          result.chosen(),
          result.falsePositive(),
          solvedAfter(result),
          result.samples().stream().mapToInt(sample -> sample.turn()).max(),
          result.promptTokens() + result.completionTokens(),
          result.seconds(),
          result.joules());
    }

    private static OptionalInt solvedAfter(TaskResult result) {
      List<Boolean> after = result.passedAfterTurn();
      if (!result.passed() || after.isEmpty() || !after.getLast()) {
        return OptionalInt.empty();
      }
      return OptionalInt.of(after.lastIndexOf(false) + 2);
    }
  }

  /** Compares all runs that are of the same data. */
  static List<ComparisonData> comparisons(List<RunSummary> runs) {
    List<ComparisonData> comparisons = new ArrayList<>();
    for (int first = 0; first < runs.size(); first++) {
      for (int second = first + 1; second < runs.size(); second++) {
        if (runs.get(first).config().dataHash().equals(runs.get(second).config().dataHash())) {
          PairedComparison pair = PairedComparison.of(runs.get(first), runs.get(second));
          if (pair.tasks() > 0) {
            comparisons.add(ComparisonData.of(first, second, pair));
          }
        }
      }
    }
    return comparisons;
  }

  private static Map<String, String> settings(RunConfig config) {
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("Model", config.model());
    config.modelHash().ifPresent(hash -> settings.put("Weights", shortened(hash)));
    config.endpoint().ifPresent(endpoint -> settings.put("Endpoint", endpoint));
    settings.put("Data set", config.dataSet());
    settings.put("Data", shortened(config.dataHash()));
    settings.put("Programs of a turn", String.valueOf(config.samples()));
    settings.put("Turns", String.valueOf(config.maxTurns()));
    if (config.maxTurns() > 1) {
      settings.put("Programs repaired in a turn", String.valueOf(config.repairs()));
      settings.put("Feedback", String.join(", ", config.feedback()));
    }
    settings.put("Longest answer", FigureText.whole(config.maxTokens()) + " tokens");
    settings.put("Temperature", String.valueOf(config.temperature()));
    settings.put("Seed", String.valueOf(config.seed()));
    settings.put("Grammar", config.grammar());
    settings.put(
        "Limits of a program",
        "%s s, %s MiB"
            .formatted(
                FigureText.decimal(config.timeoutSeconds()),
                FigureText.whole((double) config.memoryMebibytes())));
    settings.put("Shard", config.shard());
    settings.put("Mallard", config.mallard());
    settings.replaceAll((_, value) -> PageText.line(value));
    return settings;
  }

  /** As much of a hash as tells it from others; a run's folder has it all. */
  private static String shortened(String hash) {
    return hash.length() <= 16 ? hash : hash.substring(0, 16) + "…";
  }
}
