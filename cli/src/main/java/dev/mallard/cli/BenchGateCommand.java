package dev.mallard.cli;

import dev.mallard.benchmarks.evaluation.Gate;
import dev.mallard.benchmarks.evaluation.GateResult;
import dev.mallard.benchmarks.evaluation.RunSummary;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Says whether a run is good enough. */
@Command(
    name = "gate",
    description =
        "Says whether a run is good enough, for CI: the exit code is 0 if it is, and 1 if not.",
    mixinStandardHelpOptions = true)
@SuppressWarnings("NullAway.Init") // Picocli sets the fields.
final class BenchGateCommand implements Callable<Integer> {
  private final Services services;

  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "DIR", description = "The run's folder.")
  private Path folder;

  @Option(
      names = "--baseline",
      paramLabel = "DIR",
      description =
          "An earlier run of the same tasks: its folder, or the JSON that bench report wrote of it.")
  private Optional<Path> baseline = Optional.empty();

  @Option(
      names = "--min-pass",
      paramLabel = "SHARE",
      description = "Least share of the tasks that must be solved, such as 0.30.")
  private Optional<Double> minPass = Optional.empty();

  @Option(
      names = "--max-drop",
      paramLabel = "SHARE",
      description = "How much less of the tasks than in the baseline may be solved, such as 0.02.")
  private Optional<Double> maxDrop = Optional.empty();

  BenchGateCommand(Services services) {
    this.services = services;
  }

  @Override
  public Integer call() {
    Options options = new Options(spec.commandLine());
    minPass.ifPresent(share -> options.within("--min-pass", share, 0, 1));
    maxDrop.ifPresent(share -> options.within("--max-drop", share, 0, 1));
    GateResult result =
        Gate.check(
            RunSummary.read(folder),
            baseline.map(RunSummary::read),
            optional(minPass),
            optional(maxDrop));
    services.console().out().println(result.reason());
    return result.passed() ? ExitCode.SUCCESS : ExitCode.FAILURE;
  }

  private static OptionalDouble optional(Optional<Double> share) {
    return share.map(OptionalDouble::of).orElse(OptionalDouble.empty());
  }
}
