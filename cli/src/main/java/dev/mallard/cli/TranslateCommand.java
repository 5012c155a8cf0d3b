package dev.mallard.cli;

import dev.mallard.generator.UserException;
import dev.mallard.generator.problem.Language;
import dev.mallard.generator.prompt.Quoted;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Translates a program into another language. */
@Command(
    name = "translate",
    description = "Translates a program, and repairs the translation until its tests pass.",
    mixinStandardHelpOptions = true,
    showDefaultValues = true)
@SuppressWarnings("NullAway.Init") // Picocli sets the fields.
final class TranslateCommand implements Callable<Integer> {
  /** What people call languages whose programs are only read. */
  private static final Map<String, String> NAMES =
      Map.of(
          "c",
          "C",
          "cpp",
          "C++",
          "cs",
          "C#",
          "go",
          "Go",
          "java",
          "Java",
          "js",
          "JavaScript",
          "py",
          "Python",
          "rs",
          "Rust",
          "ts",
          "TypeScript");

  private final Services services;

  @Spec private CommandSpec spec;

  @Mixin private ProgramTask task = new ProgramTask();

  @Option(
      names = "--from",
      paramLabel = "LANGUAGE",
      description = "What the program is written in; by default what the file's name ends in.")
  private Optional<String> from = Optional.empty();

  @Option(
      names = "--to",
      paramLabel = "LANGUAGE",
      required = true,
      description = "What it is translated into, such as python.")
  private String to;

  @Mixin private SearchOptions options = new SearchOptions();

  TranslateCommand(Services services) {
    this.services = services;
  }

  @Override
  public Integer call() throws InterruptedException {
    SearchRun run = new SearchRun(services, options, new Options(spec.commandLine()));
    Language target =
        options
            .languages()
            .byLabel(to)
            .orElseThrow(() ->
                new UserException(
                    "\"%s\" is no language that Mallard writes: name another with --to."
                        .formatted(to)));
    String name = task.file().getFileName().toString();
    String label = from.orElse(name.substring(name.lastIndexOf('.') + 1)).toLowerCase(Locale.ROOT);
    if (!label.matches("[a-z0-9+#]{1,20}")) {
      throw new UserException(
          "%s: the name does not tell which language this is: say it with --from.".formatted(name));
    }
    String statement =
        "This is a program in %s:\n\n%s\n\nWrite it in %s: with the same names, it must do the same."
            .formatted(
                NAMES.getOrDefault(label, label),
                Quoted.fenced(label, task.program()),
                target.displayName());
    String title = "Translate %s to %s".formatted(name, target.displayName());
    return run.run(task.problem(title, statement, target, Optional.empty()));
  }
}
