package dev.mallard.cli;

import dev.mallard.generator.problem.Language;
import dev.mallard.generator.prompt.Quoted;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Completes a program whose functions are not written yet. */
@Command(
    name = "complete",
    description = "Completes a program that lacks the bodies of its functions.",
    mixinStandardHelpOptions = true,
    showDefaultValues = true)
@SuppressWarnings("NullAway.Init") // Picocli sets the fields.
final class CompleteCommand implements Callable<Integer> {
  private final Services services;

  @Spec private CommandSpec spec;

  @Mixin private ProgramTask task = new ProgramTask();

  @Mixin private SearchOptions options = new SearchOptions();

  CompleteCommand(Services services) {
    this.services = services;
  }

  @Override
  public Integer call() throws InterruptedException {
    SearchRun run = new SearchRun(services, options, new Options(spec.commandLine()));
    Language language = task.language(options.languages(), "completed");
    String statement =
        "This program is not finished. Write it whole, with what is missing:\n\n"
            + Quoted.fenced(language.label(), task.program());
    return run.run(
        task.problem(
            "Complete " + task.file().getFileName(), statement, language, Optional.empty()));
  }
}
