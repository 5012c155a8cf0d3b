package dev.mallard.cli;

import dev.mallard.benchmarks.evaluation.RunFolder;
import dev.mallard.benchmarks.evaluation.RunMerge;
import dev.mallard.benchmarks.report.MarkdownReport;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Puts the shards of a run together. */
@Command(
    name = "merge",
    description = "Puts the parts of a run that was divided with --shard together.",
    mixinStandardHelpOptions = true)
@SuppressWarnings("NullAway.Init") // Picocli sets the fields.
final class BenchMergeCommand implements Callable<Integer> {
  private final Services services;

  @Parameters(arity = "1..*", paramLabel = "DIR", description = "The folders of all parts.")
  private List<Path> folders;

  @Option(
      names = "--out",
      required = true,
      paramLabel = "DIR",
      description = "The folder of the whole run.")
  private Path out;

  BenchMergeCommand(Services services) {
    this.services = services;
  }

  @Override
  public Integer call() {
    RunMerge.merge(folders.stream().map(RunFolder::open).toList(), out);
    services.console().out().print(MarkdownReport.of(RunFolder.open(out), Optional.empty()));
    return ExitCode.SUCCESS;
  }
}
