package dev.mallard.benchmarks.evaluation;

import dev.mallard.generator.UserException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Writes the folder of a run, or goes on with one that was broken off. A result is on disk when
 * {@link #add} returns; a result that was cut as the process was killed is removed. Of several
 * processes only one may write a folder. May be used by several threads.
 */
public final class RunWriter implements AutoCloseable {
  private static final byte END_OF_LINE = '\n';

  private final Path folder;
  private final FileChannel results;
  private final Set<String> done = new HashSet<>();

  private RunWriter(Path folder, FileChannel results) {
    this.folder = folder;
    this.results = results;
  }

  /**
   * Begins a run, or goes on with it.
   *
   * @param folder is made if it is not there
   * @throws UserException if the folder holds something else, or a run that was configured
   *     otherwise, or another process writes it
   */
  public static RunWriter open(Path folder, RunConfig config) {
    try {
      Files.createDirectories(folder.resolve(RunJson.TRANSCRIPTS));
      Path file = folder.resolve(RunJson.CONFIG);
      if (Files.exists(file)) {
        compare(folder, RunFolder.open(folder).config(), config);
      } else {
        checkEmpty(folder);
      }
      FileChannel channel =
          FileChannel.open(
              folder.resolve(RunJson.RESULTS),
              StandardOpenOption.CREATE,
              StandardOpenOption.READ,
              StandardOpenOption.WRITE);
      try {
        RunWriter writer = new RunWriter(folder, channel);
        lock(folder, channel);
        if (!Files.exists(file)) {
          writeConfig(file, config);
        }
        writer.cutToWholeLines();
        RunFolder.open(folder).results().forEach(result -> writer.done.add(result.id()));
        return writer;
      } catch (IOException | RuntimeException e) {
        channel.close();
        throw e;
      }
    } catch (IOException e) {
      throw new UserException("%s cannot be written: %s.".formatted(folder, e.getMessage()), e);
    }
  }

  private static void checkEmpty(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      boolean other =
          files
              .map(Path::getFileName)
              .map(String::valueOf)
              .anyMatch(name -> !name.equals(RunJson.TRANSCRIPTS) && !name.equals(RunJson.RESULTS));
      if (other) {
        throw new UserException(
            "%s holds something that is no run: name another folder with --out.".formatted(folder));
      }
    }
  }

  private static void lock(Path folder, FileChannel channel) throws IOException {
    @Nullable FileLock lock;
    try {
      lock = channel.tryLock();
    } catch (OverlappingFileLockException e) {
      lock = null;
    }
    if (lock == null) {
      throw new UserException(
          "Another process is writing %s: wait for it, or name another folder with --out."
              .formatted(folder));
    }
  }

  private static void writeConfig(Path file, RunConfig config) throws IOException {
    Path beside = file.resolveSibling(file.getFileName() + ".new");
    Files.writeString(
        beside, RunJson.MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(config) + "\n");
    Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  private static void compare(Path folder, RunConfig there, RunConfig wanted) {
    if (there.equals(wanted)) {
      return;
    }
    JsonNode before = RunJson.MAPPER.valueToTree(there);
    JsonNode now = RunJson.MAPPER.valueToTree(wanted);
    String field =
        Stream.concat(before.propertyNames().stream(), now.propertyNames().stream())
            .filter(name -> !Objects.equals(before.get(name), now.get(name)))
            .findFirst()
            .orElseThrow();
    throw new UserException(
        "%s holds a run with another %s (%s, and now %s): go on with the same options, or name another folder with --out."
            .formatted(folder, field, shown(before.get(field)), shown(now.get(field))));
  }

  private static String shown(@Nullable JsonNode value) {
    String text = value == null ? "none" : value.toString();
    return text.length() <= 60 ? text : text.substring(0, 60) + "...";
  }

  private void cutToWholeLines() throws IOException {
    long size = results.size();
    long end = size;
    ByteBuffer last = ByteBuffer.allocate(1);
    while (end > 0) {
      last.clear();
      results.read(last, end - 1);
      if (last.get(0) == END_OF_LINE) {
        break;
      }
      end--;
    }
    if (end < size) {
      results.truncate(end);
    }
    results.position(end);
  }

  /** The folder for transcripts. */
  public Path transcripts() {
    return folder.resolve(RunJson.TRANSCRIPTS);
  }

  /** Whether a task has a result. */
  public synchronized boolean has(String id) {
    return done.contains(id);
  }

  /** Those of some results that are there already, which may come from several processes. */
  public List<TaskResult> results() {
    return RunFolder.open(folder).results();
  }

  /**
   * Adds a result.
   *
   * @throws UncheckedIOException if that is not possible; what could be written of it is removed
   */
  public synchronized void add(TaskResult result) {
    if (!done.add(result.id())) {
      throw new IllegalArgumentException("there is a result of " + result.id());
    }
    try {
      long begin = results.position();
      try {
        ByteBuffer line = ByteBuffer.wrap(RunJson.line(result).getBytes(StandardCharsets.UTF_8));
        while (line.hasRemaining()) {
          results.write(line);
        }
        results.force(false);
      } catch (IOException e) {
        results.truncate(begin);
        throw e;
      }
    } catch (IOException e) {
      done.remove(result.id());
      throw new UncheckedIOException(
          "%s cannot be written: %s".formatted(folder, e.getMessage()), e);
    }
  }

  @Override
  public void close() {
    try {
      results.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
