package dev.mallard.cli;

import dev.mallard.generator.UserException;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/** A file that the user wants written; it is written beside its place and moved there. */
final class OutputFile {
  private final Path target;

  private OutputFile(Path target) {
    this.target = target;
  }

  /**
   * Checks a place before the work begins whose result goes there.
   *
   * @throws UserException if no file can be written there
   */
  static OutputFile at(Path file) {
    try {
      Path target = Files.exists(file) ? file.toRealPath() : file.toAbsolutePath();
      if (Files.exists(target) && !Files.isRegularFile(target)) {
        throw new UserException("%s is no ordinary file: name another place.".formatted(file));
      }
      Path folder = target.getParent();
      if (folder == null || !Files.isDirectory(folder)) {
        throw new UserException("There is no folder %s to write into.".formatted(folder));
      }
      if (!Files.isWritable(folder)) {
        throw new UserException("The folder %s may not be written to.".formatted(folder));
      }
      return new OutputFile(target);
    } catch (IOException e) {
      throw cannotWrite(file, e);
    }
  }

  /** Where it is written. */
  Path path() {
    return target;
  }

  /** What the file is to have in it. */
  @FunctionalInterface
  interface Content {
    /** Writes all of it. */
    void to(Writer writer) throws IOException;
  }

  void write(String text) {
    write(writer -> writer.write(text));
  }

  void write(Content content) {
    Path beside =
        target.resolveSibling(
            ".%s.%d.part".formatted(target.getFileName(), ProcessHandle.current().pid()));
    try {
      try {
        try (Writer writer =
            Files.newBufferedWriter(
                beside, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
          content.to(writer);
        }
        Files.move(
            beside, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      } finally {
        Files.deleteIfExists(beside);
      }
    } catch (IOException e) {
      throw cannotWrite(target, e);
    }
  }

  private static UserException cannotWrite(Path file, IOException e) {
    return new UserException("%s cannot be written: %s.".formatted(file, e.getMessage()), e);
  }
}
