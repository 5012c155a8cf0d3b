package dev.mallard.benchmarks.evaluation;

import dev.mallard.generator.UserException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * What came of a run.
 *
 * @param run what its folder is called
 * @param config what was to be done
 * @param all figures of all tasks
 * @param levels figures of the tasks of each level, from the easiest if their names tell, else as
 *     they came; empty where the data set has none
 * @param passed by the ids of the tasks that are done, whether the chosen program is right
 */
public record RunSummary(
    String run,
    RunConfig config,
    Figures all,
    Map<String, Figures> levels,
    Map<String, Boolean> passed) {
  private static final List<String> ORDER =
      List.of(
          "introductory",
          "easy",
          "medium",
          "interview",
          "hard",
          "extra",
          "extra hard",
          "competition");

  public RunSummary {
    levels = Collections.unmodifiableMap(new LinkedHashMap<>(levels));
    passed = Collections.unmodifiableMap(new LinkedHashMap<>(passed));
  }

  /**
   * Reads it from the folder of a run, or from the JSON that was written of one.
   *
   * @throws UserException if there is neither
   */
  public static RunSummary read(Path place) {
    if (!Files.isRegularFile(place)) {
      return of(RunFolder.open(place));
    }
    try {
      JsonNode json = RunJson.MAPPER.readTree(Files.readAllBytes(place));
      return RunJson.MAPPER.treeToValue(json.path("summary"), RunSummary.class);
    } catch (IOException | JacksonException e) {
      throw new UserException(
          "%s is no report of a run: name the JSON that 'mallard bench report --json' wrote, or the folder of a run."
              .formatted(place),
          e);
    }
  }

  /**
   * Computes it.
   *
   * @throws UserException if no task is done yet
   */
  public static RunSummary of(RunFolder run) {
    if (run.results().isEmpty()) {
      throw new UserException(
          "The run in %s has no results yet: wait for its first task.".formatted(run.path()));
    }
    SequencedMap<String, Boolean> passed = new LinkedHashMap<>();
    SequencedMap<String, List<TaskResult>> byLevel = new LinkedHashMap<>();
    for (TaskResult result : run.results()) {
      passed.put(result.id(), result.passed());
      byLevel.computeIfAbsent(result.level(), _ -> new ArrayList<>()).add(result);
    }
    SequencedMap<String, Figures> levels = new LinkedHashMap<>();
    if (byLevel.size() > 1 || !byLevel.containsKey("")) {
      sorted(byLevel.keySet().stream().toList())
          .forEach(level ->
              levels.put(level, Figures.of(byLevel.getOrDefault(level, List.of()), run.config())));
    }
    return new RunSummary(
        run.name(), run.config(), Figures.of(run.results(), run.config()), levels, passed);
  }

  private static List<String> sorted(List<String> levels) {
    List<String> sorted = new ArrayList<>(levels);
    if (ORDER.containsAll(levels)) {
      sorted.sort((one, other) -> Integer.compare(ORDER.indexOf(one), ORDER.indexOf(other)));
    }
    return sorted;
  }

  /** Tasks that were asked for and are not done. */
  public int missing() {
    return (int) config.ids().stream().filter(id -> !passed.containsKey(id)).count();
  }
}
