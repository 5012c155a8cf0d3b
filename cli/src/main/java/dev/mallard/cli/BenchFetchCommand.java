package dev.mallard.cli;

import dev.mallard.benchmarks.dataset.DataSetStore;
import dev.mallard.cli.models.ConsoleProgress;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Gets a data set from its public home. */
@Command(
    name = "fetch",
    description = "Downloads a data set from its public home, and checks that it is the known one.",
    mixinStandardHelpOptions = true)
@SuppressWarnings("NullAway.Init") // Picocli sets the fields.
final class BenchFetchCommand implements Callable<Integer> {
  private final Services services;

  @Parameters(paramLabel = "NAME", description = "See 'mallard bench list'.")
  private String name;

  BenchFetchCommand(Services services) {
    this.services = services;
  }

  @Override
  public Integer call() throws InterruptedException {
    PrintWriter err =
        new PrintWriter(
            new OutputStreamWriter(services.console().err(), StandardCharsets.UTF_8), true);
    try (ConsoleProgress progress = ConsoleProgress.onStandardError(err)) {
      Path folder =
          new DataSetStore(services.cache())
              .fetch(BenchDataOptions.SETS.named(name).info(), progress);
      services.console().out().println(folder);
    }
    return ExitCode.SUCCESS;
  }
}
