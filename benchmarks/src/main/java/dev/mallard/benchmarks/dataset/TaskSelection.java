package dev.mallard.benchmarks.dataset;

import dev.mallard.generator.UserException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/** Which tasks of a data set are wanted, and what they are in a few characters. */
public final class TaskSelection {
  private static final Pattern WILD = Pattern.compile("\\*");

  private TaskSelection() {}

  /**
   * Those of some ids, all if none is named.
   *
   * @param ids may have {@code *} for any characters, such as {@code java/*}
   * @throws UserException if one of them is no task's
   */
  public static List<Task> named(List<Task> tasks, List<String> ids) {
    if (ids.isEmpty()) {
      return tasks;
    }
    Set<String> wanted = new HashSet<>();
    for (String id : ids) {
      Pattern pattern =
          Pattern.compile(
              String.join(
                  ".*",
                  WILD.splitAsStream(id + " ")
                      .map(String::stripTrailing)
                      .map(Pattern::quote)
                      .toList()));
      List<String> found =
          tasks.stream().map(Task::id).filter(name -> pattern.matcher(name).matches()).toList();
      if (found.isEmpty()) {
        throw new UserException(
            "The data set has no task \"%s\"; its first is \"%s\": name others with --ids."
                .formatted(id, tasks.getFirst().id()));
      }
      wanted.addAll(found);
    }
    return tasks.stream().filter(task -> wanted.contains(task.id())).toList();
  }

  /** So many of them, spread evenly over all; all if there are no more. */
  public static List<Task> spread(List<Task> tasks, OptionalInt most) {
    int number = Math.min(most.orElse(tasks.size()), tasks.size());
    return IntStream.range(0, number)
        .mapToObj(index -> tasks.get((int) ((long) index * tasks.size() / number)))
        .toList();
  }

  /**
   * Every one of so many, from one on.
   *
   * @param number of the part, from 1
   * @param of how many parts there are
   */
  public static List<Task> shard(List<Task> tasks, int number, int of) {
    List<Task> part = new ArrayList<>();
    for (int i = number - 1; i < tasks.size(); i += of) {
      part.add(tasks.get(i));
    }
    return part;
  }

  /** The SHA-256, in hexadecimal digits, of all that makes tasks what they are. */
  public static String digest(List<Task> tasks) {
    MessageDigest digest;
    try {
      digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
    for (Task task : tasks) {
      for (String part : parts(task)) {
        byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
        digest.update((bytes.length + ":").getBytes(StandardCharsets.US_ASCII));
        digest.update(bytes);
      }
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  private static List<String> parts(Task task) {
    List<String> parts = new ArrayList<>(List.of(task.id()));
    switch (task) {
      case Task.ProgramTask program ->
          parts.addAll(
              List.of(
                  program.problem().language().label(),
                  program.problem().title(),
                  program.problem().statement(),
                  program.problem().signature().orElse(""),
                  program.problem().visibleTests().source(),
                  program.problem().hiddenTests().source()));
      case Task.QueryTask query -> {
        parts.addAll(
            List.of(query.question().question(), query.question().schema(), query.query()));
        parts.addAll(query.databases());
      }
    }
    return parts;
  }
}
