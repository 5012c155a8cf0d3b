package dev.mallard.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Evaluates models on benchmarks. */
@Command(
    name = "bench",
    description = "Evaluates models on benchmarks.",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND")
@SuppressWarnings("NullAway.Init") // Picocli sets the fields.
final class BenchCommand implements Runnable {
  @Spec private CommandSpec spec;

  private BenchCommand() {}

  /** The command with all that belong to it. */
  static CommandLine create(Services services) {
    CommandLine bench = new CommandLine(new BenchCommand());
    bench.addSubcommand("list", new BenchListCommand(services));
    bench.addSubcommand("fetch", new BenchFetchCommand(services));
    bench.addSubcommand("run", new BenchRunCommand(services));
    bench.addSubcommand("submit", new BenchSubmitCommand(services));
    bench.addSubcommand("merge", new BenchMergeCommand(services));
    bench.addSubcommand("report", new BenchReportCommand(services));
    bench.addSubcommand("gate", new BenchGateCommand(services));
    return bench;
  }

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(), "Say what to do, such as bench run, or bench list.");
  }
}
