package dev.mallard.benchmarks.evaluation;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/** Results that tests say in few words, and a folder of them. */
final class Results {
  private Results() {}

  /** A task whose first turn has such programs, by what the tests that decide say. */
  static TaskResult sampled(String id, TaskVerdict chosen, TaskVerdict... first) {
    List<SampleResult> samples = new ArrayList<>();
    for (TaskVerdict verdict : first) {
      samples.add(
          new SampleResult(
              1, samples.size(), "pass", Optional.of(verdict), Optional.of(verdict), 5));
    }
    return result(id, "", samples, List.of(chosen == TaskVerdict.PASSED), Optional.of(chosen));
  }

  /** A task that is solved or not. */
  static TaskResult simple(String id, boolean passed) {
    return sampled(id, passed ? TaskVerdict.PASSED : TaskVerdict.FAILED);
  }

  static TaskResult result(
      String id,
      String level,
      List<SampleResult> samples,
      List<Boolean> passedAfterTurn,
      Optional<TaskVerdict> chosen) {
    return new TaskResult(
        id,
        level,
        samples,
        passedAfterTurn,
        chosen,
        true,
        true,
        100,
        20,
        2,
        OptionalDouble.of(50),
        Optional.empty());
  }

  /** A run of them. */
  static RunFolder folder(Path folder, RunConfig config, List<TaskResult> results) {
    try {
      Files.createDirectories(folder);
      Files.writeString(folder.resolve(RunJson.CONFIG), RunJson.MAPPER.writeValueAsString(config));
      StringBuilder lines = new StringBuilder();
      results.forEach(result -> lines.append(RunJson.line(result)));
      Files.writeString(folder.resolve(RunJson.RESULTS), lines);
      return RunFolder.open(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
