package dev.mallard.benchmarks.report;

import dev.mallard.generator.UserException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** Writes a file beside its place and moves it there, so that nobody sees half of one. */
final class ReportFile {
  private ReportFile() {}

  /** Writes a text; its folder is made if it is not there. */
  static void write(Path file, String text) {
    Path target = file.toAbsolutePath();
    Path beside =
        target.resolveSibling(
            ".%s.%d.part".formatted(target.getFileName(), ProcessHandle.current().pid()));
    try {
      Path folder = target.getParent();
      if (folder != null) {
        Files.createDirectories(folder);
      }
      try {
        Files.writeString(beside, text);
        Files.move(
            beside, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      } finally {
        Files.deleteIfExists(beside);
      }
    } catch (IOException e) {
      throw new UserException("%s cannot be written: %s.".formatted(file, e.getMessage()), e);
    }
  }
}
