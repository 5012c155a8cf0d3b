package dev.mallard.benchmarks.evaluation;

import dev.mallard.generator.UserException;
import dev.mallard.generator.problem.Languages;
import dev.mallard.generator.transcript.Recording;
import dev.mallard.generator.transcript.TranscriptReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * A run that was written to a folder, finished or not. Its transcripts are read when they are asked
 * for.
 */
public final class RunFolder {
  private final Path folder;
  private final Languages languages;
  private final RunConfig config;
  private final List<TaskResult> results;

  private RunFolder(Path folder, Languages languages, RunConfig config, List<TaskResult> results) {
    this.folder = folder;
    this.languages = languages;
    this.config = config;
    this.results = List.copyOf(results);
  }

  /** Opens a run whose programs are in languages that come with Mallard. */
  public static RunFolder open(Path folder) {
    return open(folder, Languages.BUILT_IN);
  }

  /**
   * Opens a run. A last line of results that is cut is left out, since the run was broken off as it
   * was written; of several results of a task the last counts.
   *
   * @param languages those that its programs may be in
   * @throws UserException if it is no folder of a run, of another version, or damaged
   */
  public static RunFolder open(Path folder, Languages languages) {
    if (!Files.isDirectory(folder)) {
      throw new UserException("There is no folder %s: name the folder of a run.".formatted(folder));
    }
    Path file = folder.resolve(RunJson.CONFIG);
    if (!Files.isRegularFile(file)) {
      throw new UserException(
          "%s is no folder of a run: it has no %s.".formatted(folder, RunJson.CONFIG));
    }
    return new RunFolder(folder, languages, config(file), results(folder));
  }

  private static RunConfig config(Path file) {
    try {
      JsonNode json = RunJson.MAPPER.readTree(bytes(file));
      int version = json.path("version").asInt(0);
      if (version != RunConfig.VERSION) {
        throw new UserException(
            "%s has version %s, and this version of Mallard reads %d: use the one that wrote it."
                .formatted(
                    file,
                    json.path("version").isMissingNode() ? "none" : json.path("version"),
                    RunConfig.VERSION));
      }
      return RunJson.MAPPER.treeToValue(json, RunConfig.class);
    } catch (JacksonException e) {
      throw new UserException("%s is damaged: %s.".formatted(file, reason(e)), e);
    }
  }

  private static List<TaskResult> results(Path folder) {
    Path file = folder.resolve(RunJson.RESULTS);
    if (!Files.exists(file)) {
      return List.of();
    }
    byte[] bytes = bytes(file);
    Map<String, TaskResult> results = new LinkedHashMap<>();
    int number = 0;
    for (int begin = 0; begin < bytes.length; ) {
      number++;
      int end = begin;
      while (end < bytes.length && bytes[end] != '\n') {
        end++;
      }
      try {
        TaskResult result =
            RunJson.MAPPER.readValue(Arrays.copyOfRange(bytes, begin, end), TaskResult.class);
        results.remove(result.id());
        results.put(result.id(), result);
      } catch (JacksonException e) {
        if (end < bytes.length) {
          throw new UserException(
              "%s:%d: this is no result of a task: %s.".formatted(file, number, reason(e)), e);
        }
      }
      begin = end + 1;
    }
    return List.copyOf(results.values());
  }

  private static byte[] bytes(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new UserException("%s cannot be read: %s.".formatted(file, e.getMessage()), e);
    }
  }

  /** The first line of what Jackson says, without its full stop. */
  private static String reason(JacksonException e) {
    return String.valueOf(e.getOriginalMessage())
        .lines()
        .findFirst()
        .orElse("")
        .replaceAll("\\.$", "");
  }

  /** Where it is. */
  public Path path() {
    return folder;
  }

  /** What the folder is called. */
  public String name() {
    Path name = folder.toAbsolutePath().normalize().getFileName();
    return name == null ? folder.toString() : name.toString();
  }

  /** What was to be done. */
  public RunConfig config() {
    return config;
  }

  /** What came of the tasks so far, in the order in which they ended. */
  public List<TaskResult> results() {
    return results;
  }

  /**
   * How a task was solved; empty where that was not recorded.
   *
   * @throws UserException if it is there and cannot be read
   */
  public Optional<Recording> transcript(String id) {
    Path file = folder.resolve(RunJson.TRANSCRIPTS).resolve(RunJson.transcriptName(id));
    return Files.exists(file)
        ? Optional.of(TranscriptReader.read(file, languages))
        : Optional.empty();
  }
}
