package dev.mallard.benchmarks.dataset;

import dev.mallard.generator.UserException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads tasks from files with a JSON object on each line; {@code docs/task-files.md} says how they
 * are written, and {@code tasks.schema.json} is their JSON schema.
 *
 * <p>Whatever a file holds, reading it gives tasks or a {@link UserException} with one sentence
 * that names the file, and the line and the field where there is one.
 */
public final class TaskFile {
  /** Longest file, in bytes. */
  private static final int MAX_BYTES = 64 << 20;

  private static final String ENDING = ".jsonl";

  private static final JsonMapper JSON =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder().maxNestingDepth(100).build())
                  .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                  .build())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private final List<Task> tasks = new ArrayList<>();

  /** Where each id stands. */
  private final Map<String, String> places = new HashMap<>();

  private TaskFile() {}

  /**
   * The tasks of a file, or of the files in a folder whose names end in {@code .jsonl}, in the
   * order of their names.
   *
   * @throws UserException if there is none, it cannot be read, or something in it is no task; also
   *     if two tasks have the same id
   */
  public static List<Task> read(Path path) {
    TaskFile reader = new TaskFile();
    for (Path file : files(path)) {
      reader.add(file.toString(), bytes(file));
    }
    return List.copyOf(reader.tasks);
  }

  /**
   * The tasks of files that come with a class.
   *
   * @param owner what the names are relative to
   * @param names of the files, in order
   * @throws UserException as of {@link #read}
   * @throws IllegalArgumentException if there is no such file
   */
  public static List<Task> read(Class<?> owner, List<String> names) {
    TaskFile reader = new TaskFile();
    for (String name : names) {
      try (InputStream in = owner.getResourceAsStream(name)) {
        if (in == null) {
          throw new IllegalArgumentException("%s has no file %s".formatted(owner, name));
        }
        reader.add(name, in.readAllBytes());
      } catch (IOException e) {
        throw unreadable(name, e);
      }
    }
    return List.copyOf(reader.tasks);
  }

  private static List<Path> files(Path path) {
    if (Files.notExists(path)) {
      throw new UserException("There is no file %s.".formatted(path));
    }
    if (!Files.isDirectory(path)) {
      return List.of(path);
    }
    List<Path> files;
    try (Stream<Path> entries = Files.list(path)) {
      files =
          entries
              .filter(file -> file.getFileName().toString().endsWith(ENDING))
              .filter(Files::isRegularFile)
              .sorted()
              .toList();
    } catch (IOException e) {
      throw unreadable(path.toString(), e);
    }
    if (files.isEmpty()) {
      throw new UserException(
          "The folder %s has no file whose name ends in %s.".formatted(path, ENDING));
    }
    return files;
  }

  private static byte[] bytes(Path file) {
    byte[] bytes;
    try (InputStream in = Files.newInputStream(file)) {
      bytes = in.readNBytes(MAX_BYTES + 1);
    } catch (IOException e) {
      throw unreadable(file.toString(), e);
    }
    if (bytes.length > MAX_BYTES) {
      throw new UserException(
          "%s is larger than 64 MiB: divide it into several files in a folder.".formatted(file));
    }
    return bytes;
  }

  private static UserException unreadable(String name, IOException e) {
    return new UserException("%s cannot be read: %s.".formatted(name, e.getMessage()), e);
  }

  private void add(String name, byte[] bytes) {
    String text = text(name, bytes);
    if (text.isBlank()) {
      throw new UserException(
          "%s is empty: a file of tasks has a JSON object on each line.".formatted(name));
    }
    String[] lines = text.split("\n", -1);
    for (int i = 0; i < lines.length; i++) {
      if (!lines[i].isBlank()) {
        add("%s:%d".formatted(name, i + 1), lines[i]);
      }
    }
  }

  private static String text(String name, byte[] bytes) {
    ByteBuffer in = ByteBuffer.wrap(bytes);
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(in).toString();
      return text.startsWith("\uFEFF") ? text.substring(1) : text;
    } catch (CharacterCodingException e) {
      // The decoder stops at the first byte that is wrong.
      int line = 1;
      for (int i = 0; i < in.position(); i++) {
        line += bytes[i] == '\n' ? 1 : 0;
      }
      throw new UserException(
          "%s:%d: this is no UTF-8 text: save the file as UTF-8.".formatted(name, line), e);
    }
  }

  private void add(String place, String line) {
    JsonNode node;
    try {
      node = JSON.readTree(line);
    } catch (JacksonException e) {
      throw new UserException(
          "%s: this line is no JSON: %s.".formatted(place, e.getOriginalMessage()), e);
    }
    Task task;
    try {
      task = new TaskFields(node).task();
    } catch (IllegalArgumentException e) {
      throw new UserException("%s: %s.".formatted(place, e.getMessage()), e);
    }
    String earlier = places.putIfAbsent(task.id(), place);
    if (earlier != null) {
      throw new UserException(
          "%s: the \"id\" %s is that of %s too: give each task its own."
              .formatted(place, task.id(), earlier));
    }
    tasks.add(task);
  }
}
