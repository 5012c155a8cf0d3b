package dev.mallard.cli;

import dev.mallard.generator.problem.Problem;
import dev.mallard.generator.problem.ProblemFile;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Solves a problem: generates, runs and repairs a program until its tests pass. */
@Command(
    name = "solve",
    description = "Writes a program for a problem, and repairs it until its tests pass.",
    mixinStandardHelpOptions = true,
    showDefaultValues = true)
@SuppressWarnings("NullAway.Init") // Picocli sets the fields.
final class SolveCommand implements Callable<Integer> {
  private final Services services;

  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "PROBLEM", description = "The problem, a Markdown file.")
  private Path problemFile;

  @Mixin private SearchOptions options = new SearchOptions();

  SolveCommand(Services services) {
    this.services = services;
  }

  @Override
  public Integer call() throws InterruptedException {
    SearchRun run = new SearchRun(services, options, new Options(spec.commandLine()));
    Problem problem = ProblemFile.read(problemFile, options.languages());
    return run.run(new SearchTask(problem, Optional.empty(), problemFile));
  }
}
