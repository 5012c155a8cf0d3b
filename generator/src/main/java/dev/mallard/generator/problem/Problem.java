package dev.mallard.generator.problem;

import dev.mallard.sandbox.TestSuite;
import java.util.Optional;

/**
 * A program to be written, and how to tell that it is right.
 *
 * @param title one line
 * @param statement what the program must do, Markdown; may be empty where the title says it all
 * @param signature the lines that the program must define, such as {@code def add(a, b):}
 * @param language what the program is written in
 * @param visibleTests the tests that the model is shown and that decide whether a program passes;
 *     empty where the user has none
 * @param hiddenTests tests that are never shown to the model and run once, on the final program;
 *     empty where there are none
 */
public record Problem(
    String title,
    String statement,
    Optional<String> signature,
    Language language,
    TestSuite visibleTests,
    TestSuite hiddenTests) {

  public Problem {
    if (title.isBlank() || title.lines().count() != 1) {
      throw new IllegalArgumentException("a title is one line of text");
    }
  }

  /** The same problem with other visible tests. */
  public Problem withVisibleTests(TestSuite tests) {
    return new Problem(title, statement, signature, language, tests, hiddenTests);
  }
}
