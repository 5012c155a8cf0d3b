package dev.mallard.generator.problem;

import java.nio.file.Path;

/**
 * Reads problems from Markdown files; {@code docs/problem-files.md} says how they are written.
 *
 * <p>Files are taken for hostile: whatever they hold, reading one gives a {@link Problem} or a
 * {@link dev.mallard.generator.UserException} that names the file, and the line where there is one.
 */
public final class ProblemFile {
  private ProblemFile() {}

  /**
   * Reads a problem file.
   *
   * @throws dev.mallard.generator.UserException if there is no such file, it cannot be read, or it
   *     states no problem
   */
  public static Problem read(Path file) {
    return parse(file.toString(), TextFile.read(file));
  }

  /**
   * Reads a problem from the text of a file.
   *
   * @param name what messages call the file
   * @throws dev.mallard.generator.UserException if the text states no problem
   */
  public static Problem parse(String name, String text) {
    return new ProblemParser(name, text).parse();
  }
}
