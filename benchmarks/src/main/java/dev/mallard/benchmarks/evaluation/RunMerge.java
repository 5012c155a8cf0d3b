package dev.mallard.benchmarks.evaluation;

import dev.mallard.generator.UserException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Puts the shards of a run together. */
public final class RunMerge {
  private RunMerge() {}

  /**
   * Writes a folder that is as if all had been run in one.
   *
   * @param shards all of them, in any order
   * @param out is made
   * @throws UserException if they are not the shards of one run, or some are missing or not done
   */
  public static void merge(List<RunFolder> shards, Path out) {
    List<RunFolder> inOrder = inOrder(shards);
    RunConfig first = inOrder.getFirst().config();
    List<String> ids = new ArrayList<>();
    int longest = inOrder.stream().mapToInt(shard -> shard.config().ids().size()).max().orElse(0);
    for (int i = 0; i < longest; i++) {
      for (RunFolder shard : inOrder) {
        List<String> own = shard.config().ids();
        if (i < own.size()) {
          ids.add(own.get(i));
        }
      }
    }
    Map<String, TaskResult> results = new HashMap<>();
    for (RunFolder shard : inOrder) {
      shard.results().forEach(result -> results.put(result.id(), result));
      List<String> missing =
          shard.config().ids().stream().filter(id -> !results.containsKey(id)).toList();
      if (!missing.isEmpty()) {
        throw new UserException(
            "%s is not done, it lacks %d tasks: run it to its end first."
                .formatted(shard.path(), missing.size()));
      }
    }
    try (RunWriter writer = RunWriter.open(out, whole(first, ids, "1/1"))) {
      ids.stream().filter(id -> !writer.has(id)).map(results::get).forEach(writer::add);
      for (RunFolder shard : inOrder) {
        copyTranscripts(shard, writer.transcripts());
      }
    } catch (IOException e) {
      throw new UserException("%s cannot be written: %s.".formatted(out, e.getMessage()), e);
    }
  }

  private static List<RunFolder> inOrder(List<RunFolder> shards) {
    RunConfig first = shards.getFirst().config();
    List<RunFolder> sorted =
        shards.stream()
            .sorted(Comparator.comparingInt(shard -> number(shard.config().shard())))
            .toList();
    for (RunFolder shard : shards) {
      RunConfig config = shard.config();
      if (!whole(config, List.of(), "").equals(whole(first, List.of(), ""))) {
        throw new UserException(
            "%s and %s are no shards of one run: they differ in more than their tasks."
                .formatted(shards.getFirst().path(), shard.path()));
      }
    }
    for (int i = 0; i < sorted.size(); i++) {
      String expected = "%d/%d".formatted(i + 1, sorted.size());
      if (!sorted.get(i).config().shard().equals(expected)) {
        throw new UserException(
            "Of %d shards each must be there once: %s is %s, and not %s."
                .formatted(
                    sorted.size(), sorted.get(i).path(), sorted.get(i).config().shard(), expected));
      }
    }
    return sorted;
  }

  private static int number(String shard) {
    int slash = shard.indexOf('/');
    return slash > 0 && shard.substring(0, slash).matches("\\d{1,9}")
        ? Integer.parseInt(shard.substring(0, slash))
        : 0;
  }

  private static RunConfig whole(RunConfig config, List<String> ids, String shard) {
    return new RunConfig(
        config.version(),
        config.mallard(),
        config.dataSet(),
        config.dataHash(),
        ids,
        config.model(),
        config.modelHash(),
        config.endpoint(),
        config.samples(),
        config.repairs(),
        config.maxTurns(),
        config.maxTokens(),
        config.temperature(),
        config.seed(),
        config.feedback(),
        config.grammar(),
        config.timeoutSeconds(),
        config.memoryMebibytes(),
        shard);
  }

  private static void copyTranscripts(RunFolder shard, Path folder) throws IOException {
    for (String id : shard.config().ids()) {
      Path from = shard.path().resolve(RunJson.TRANSCRIPTS).resolve(RunJson.transcriptName(id));
      if (Files.exists(from)) {
        Files.copy(
            from, folder.resolve(RunJson.transcriptName(id)), StandardCopyOption.REPLACE_EXISTING);
      }
    }
  }
}
