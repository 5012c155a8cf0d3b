package dev.mallard.sandbox.jvm;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/** Deletes directories. */
final class FileTrees {
  private FileTrees() {}

  /** Deletes a directory and all in it, as far as that is possible. */
  static void delete(Path directory) {
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      // Left to whoever cleans the directory of temporary files.
    }
  }
}
