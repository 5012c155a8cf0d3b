package dev.mallard.cli;

import dev.mallard.generator.UserException;
import dev.mallard.generator.problem.Languages;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Option;

/** The option that names languages of the user's own. */
final class LanguageOptions {
  @Option(
      names = "--language-dir",
      paramLabel = "DIR",
      showDefaultValue = CommandLine.Help.Visibility.NEVER,
      description = {
        "A folder that describes a language of your own, with a file language.toml.",
        "May be given several times."
      })
  private List<Path> folders = new ArrayList<>();

  /**
   * All languages that are known.
   *
   * @throws UserException if a folder describes none
   */
  Languages languages() {
    return Languages.BUILT_IN.with(folders);
  }
}
