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
   * Reads a problem file in a language that comes with Mallard.
   *
   * @throws dev.mallard.generator.UserException if there is no such file, it cannot be read, or it
   *     states no problem
   */
  public static Problem read(Path file) {
    return read(file, Languages.BUILT_IN);
  }

  /**
   * Reads a problem file in one of some languages.
   *
   * @throws dev.mallard.generator.UserException likewise
   */
  public static Problem read(Path file, Languages languages) {
    return parse(file.toString(), TextFile.read(file), languages);
  }

  /**
   * Reads a problem from the text of a file.
   *
   * @param name what messages call the file
   * @throws dev.mallard.generator.UserException if the text states no problem
   */
  public static Problem parse(String name, String text) {
    return parse(name, text, Languages.BUILT_IN);
  }

  private static Problem parse(String name, String text, Languages languages) {
    return new ProblemParser(name, text, languages).parse();
  }
}
