package dev.mallard.sandbox.worker;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** The working directory, which the sandbox has made for this process alone. */
public final class WorkingDirectory {
  /** How the names of such directories begin. */
  public static final String PREFIX = "mallard-worker-";

  private WorkingDirectory() {}

  /** Deletes this process's own; see {@link #delete(Path)}. */
  static void delete() {
    delete(Path.of("").toAbsolutePath());
  }

  /** Deletes a working directory, with what a library has put into it. */
  public static void delete(Path directory) {
    if (!directory.getFileName().toString().startsWith(PREFIX)) {
      return; // A worker that was started by hand, somewhere.
    }
    try (Stream<Path> entries = Files.walk(directory)) {
      List<Path> deepestFirst = entries.sorted(Comparator.reverseOrder()).toList();
      for (Path entry : deepestFirst) {
        Files.deleteIfExists(entry);
      }
    } catch (IOException | UncheckedIOException e) {
      // Gone already, or not ours to delete: a directory too many harms nobody.
    }
  }
}
