package dev.mallard.cli;

import dev.mallard.generator.problem.Language;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Repairs a program of the user's. */
@Command(
    name = "debug",
    description = "Repairs a program until its tests pass.",
    mixinStandardHelpOptions = true,
    showDefaultValues = true)
@SuppressWarnings("NullAway.Init") // Picocli sets the fields.
final class DebugCommand implements Callable<Integer> {
  private final Services services;

  @Spec private CommandSpec spec;

  @Mixin private ProgramTask task = new ProgramTask();

  @Mixin private SearchOptions options = new SearchOptions();

  DebugCommand(Services services) {
    this.services = services;
  }

  @Override
  public Integer call() throws InterruptedException {
    SearchRun run = new SearchRun(services, options, new Options(spec.commandLine()));
    task.requireTests();
    Language language = task.language(options.languages(), "repaired");
    String title = "Repair " + task.file().getFileName();
    return run.run(task.problem(title, "", language, Optional.of(task.program())));
  }
}
