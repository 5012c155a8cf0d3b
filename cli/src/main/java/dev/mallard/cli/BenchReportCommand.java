package dev.mallard.cli;

import dev.mallard.benchmarks.evaluation.RunFolder;
import dev.mallard.benchmarks.report.JUnitReport;
import dev.mallard.benchmarks.report.JsonReport;
import dev.mallard.benchmarks.report.MarkdownReport;
import dev.mallard.benchmarks.report.Report;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Reports on runs. */
@Command(
    name = "report",
    description =
        "Writes a page on one or several runs, which opens in any browser without a network.",
    mixinStandardHelpOptions = true)
@SuppressWarnings("NullAway.Init") // Picocli sets the fields.
final class BenchReportCommand implements Callable<Integer> {
  private final Services services;

  @Parameters(
      arity = "1..*",
      paramLabel = "DIR",
      description = "Folders of runs; the first is what the others are compared with.")
  private List<Path> folders;

  @Option(
      names = "--html",
      paramLabel = "FILE",
      description = "Where the page goes; by default report.html in the last folder.")
  private Optional<Path> html = Optional.empty();

  @Option(
      names = "--markdown",
      paramLabel = "FILE",
      description = "Also a table for a pull request, on the last run beside the first.")
  private Optional<Path> markdown = Optional.empty();

  @Option(
      names = "--junit",
      paramLabel = "FILE",
      description = "Also the last run as JUnit's XML, a test case a task.")
  private Optional<Path> junit = Optional.empty();

  @Option(
      names = "--json",
      paramLabel = "FILE",
      description = "Also the last run's figures as JSON.")
  private Optional<Path> json = Optional.empty();

  BenchReportCommand(Services services) {
    this.services = services;
  }

  @Override
  public Integer call() {
    List<RunFolder> runs = folders.stream().map(RunFolder::open).toList();
    RunFolder last = runs.getLast();
    Path page = html.orElse(last.path().resolve("report.html"));
    Report.write(runs, page);
    Optional<RunFolder> baseline =
        runs.size() > 1 ? Optional.of(runs.getFirst()) : Optional.empty();
    markdown.ifPresent(file -> MarkdownReport.write(last, baseline, file));
    junit.ifPresent(file -> JUnitReport.write(last, file));
    json.ifPresent(file -> JsonReport.write(last, file));
    services.console().out().println(page);
    return ExitCode.SUCCESS;
  }
}
