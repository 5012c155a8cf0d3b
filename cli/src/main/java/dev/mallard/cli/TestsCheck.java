package dev.mallard.cli;

import dev.mallard.generator.UserException;
import dev.mallard.generator.problem.TextFile;
import dev.mallard.sandbox.ProgramLanguage;
import dev.mallard.sandbox.Sandbox;
import dev.mallard.sandbox.TestSuite;
import dev.mallard.sandbox.UnconfinedException;
import dev.mallard.sandbox.Verdict;
import java.nio.file.Path;
import java.util.Optional;

/** Finds tests that do not parse before a model is loaded for them. */
final class TestsCheck {
  private TestsCheck() {}

  /**
   * Checks tests that come from a file.
   *
   * @throws UserException if they do not parse, when it names the file and the line; or if nothing
   *     here confines programs in that language
   */
  static void check(Sandbox sandbox, Path file, ProgramLanguage language, TestSuite tests)
      throws InterruptedException {
    Optional<Verdict.Malformed> problem;
    try {
      problem = sandbox.check(language, tests);
    } catch (UnconfinedException e) {
      throw new UserException(String.valueOf(e.getMessage()), e);
    }
    if (problem.isPresent()) {
      throw new UserException(
          "%s:%d: the tests do not parse: %s."
              .formatted(
                  file,
                  lineOf(TextFile.read(file), tests.source()) + problem.get().line() - 1,
                  problem.get().message()));
    }
  }

  /** The line at which a part of a text begins, from 1. */
  private static int lineOf(String text, String part) {
    int start = Math.max(0, text.indexOf(part.strip()));
    int leading = part.length() - part.stripLeading().length();
    int skipped = (int) part.substring(0, leading).chars().filter(c -> c == '\n').count();
    return 1 + (int) text.substring(0, start).chars().filter(c -> c == '\n').count() - skipped;
  }
}
