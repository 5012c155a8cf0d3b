package dev.mallard.cli;

import dev.mallard.generator.UserException;
import dev.mallard.generator.problem.Language;
import dev.mallard.generator.problem.Languages;
import dev.mallard.generator.problem.Problem;
import dev.mallard.generator.problem.TestFile;
import dev.mallard.generator.problem.TextFile;
import dev.mallard.sandbox.TestSuite;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** A program of the user's, and what is to be made of it. */
@SuppressWarnings("NullAway.Init") // Picocli sets the fields.
final class ProgramTask {
  @Parameters(paramLabel = "FILE", description = "The program.")
  private Path file;

  @Option(
      names = "--tests",
      paramLabel = "FILE",
      showDefaultValue = CommandLine.Help.Visibility.NEVER,
      description =
          "The tests that must pass, as 'mallard run' takes them; without, the model proposes some.")
  private Optional<Path> tests = Optional.empty();

  @Option(
      names = "--hidden-tests",
      paramLabel = "FILE",
      showDefaultValue = CommandLine.Help.Visibility.NEVER,
      description = "Tests that the model is not shown, run once on the final program.")
  private Optional<Path> hiddenTests = Optional.empty();

  @Option(
      names = "--statement",
      paramLabel = "FILE",
      showDefaultValue = CommandLine.Help.Visibility.NEVER,
      description = "What the program must do, as text.")
  private Optional<Path> statement = Optional.empty();

  Path file() {
    return file;
  }

  String program() {
    return TextFile.read(file);
  }

  /**
   * The language that the file's name tells.
   *
   * @param done what cannot be done to others, such as "repaired"
   */
  Language language(Languages languages, String done) {
    return languages
        .byExtension(file)
        .orElseThrow(() ->
            new UserException(
                "%s: programs of this kind are not %s: give the file the ending of a language that is known, such as .py."
                    .formatted(file, done)));
  }

  /** Refuses to go on without tests. */
  void requireTests() {
    if (tests.isEmpty()) {
      throw new UserException("Say which tests must pass, with --tests FILE.");
    }
  }

  /**
   * The problem.
   *
   * @param title one line
   * @param task what it is by itself, to which the user's statement is added
   */
  SearchTask problem(String title, String task, Language language, Optional<String> program) {
    String whole =
        statement
            .map(TextFile::read)
            .map(text -> (task + "\n\n" + text.strip()).strip())
            .orElse(task);
    Problem problem =
        new Problem(title, whole, Optional.empty(), language, suite(tests), suite(hiddenTests));
    return new SearchTask(problem, program, tests.or(() -> hiddenTests).orElse(file));
  }

  private static TestSuite suite(Optional<Path> from) {
    return from.map(TestFile::read).orElse(TestSuite.EMPTY);
  }
}
