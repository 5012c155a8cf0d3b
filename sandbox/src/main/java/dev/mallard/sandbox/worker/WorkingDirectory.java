package dev.mallard.sandbox.worker;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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

  /** Deletes a working directory, with the files that a library has put into it. */
  public static void delete(Path directory) {
    if (!directory.getFileName().toString().startsWith(PREFIX)) {
      return; // A worker that was started by hand, somewhere.
    }
    try (Stream<Path> entries = Files.list(directory)) {
      List<Path> files = entries.toList();
      for (Path file : files) {
        Files.deleteIfExists(file);
      }
      Files.deleteIfExists(directory);
    } catch (IOException e) {
      // Gone already, or not ours to delete: a directory too many harms nobody.
    }
  }
}
