package dev.mallard.benchmarks.report;

import dev.mallard.benchmarks.evaluation.RunFolder;
import dev.mallard.benchmarks.evaluation.RunJson;
import dev.mallard.benchmarks.evaluation.RunSummary;
import dev.mallard.benchmarks.evaluation.TaskResult;
import dev.mallard.benchmarks.evaluation.TaskVerdict;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/** What came of a run as one JSON object, for other programs. */
public final class JsonReport {
  private JsonReport() {}

  /** All of it. */
  private record Whole(int version, RunSummary summary, List<Task> tasks) {}

  /** A task without its programs. */
  private record Task(
      String id,
      String level,
      boolean passed,
      Optional<TaskVerdict> chosen,
      boolean falsePositive,
      List<Boolean> passedAfterTurn,
      int programs,
      long promptTokens,
      long completionTokens,
      double seconds,
      OptionalDouble joules,
      Optional<String> failure) {
    static Task of(TaskResult result) {
      return new Task(
          result.id(),
          result.level(),
          result.passed(),
          result.chosen(),
          result.falsePositive(),
          result.passedAfterTurn(),
          result.samples().size(),
          result.promptTokens(),
          result.completionTokens(),
          result.seconds(),
          result.joules(),
          result.failure());
    }
  }

  /** The object as text. */
  public static String of(RunFolder run) {
    Whole whole =
        new Whole(
            run.config().version(),
            RunSummary.of(run),
            run.results().stream().map(Task::of).toList());
    return RunJson.MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(whole) + "\n";
  }

  /** Writes it to a file; what is there is replaced. */
  public static void write(RunFolder run, Path file) {
    ReportFile.write(file, of(run));
  }
}
