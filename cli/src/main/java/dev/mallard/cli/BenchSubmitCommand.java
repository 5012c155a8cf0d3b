package dev.mallard.cli;

import dev.mallard.benchmarks.cluster.ClusterJob;
import dev.mallard.benchmarks.cluster.DriverCommand;
import dev.mallard.benchmarks.cluster.ModelSource;
import dev.mallard.benchmarks.dataset.Task;
import dev.mallard.benchmarks.dataset.TaskSelection;
import dev.mallard.benchmarks.evaluation.RunFolder;
import dev.mallard.benchmarks.report.MarkdownReport;
import dev.mallard.generator.UserException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Runs a benchmark on a Spark cluster, or goes on with one. */
@Command(
    name = "submit",
    description =
        "Runs a benchmark on an Apache Spark cluster, a model in each executor; see docs/spark.md.",
    mixinStandardHelpOptions = true,
    showDefaultValues = true)
@SuppressWarnings("NullAway.Init") // Picocli sets the fields.
final class BenchSubmitCommand implements Callable<Integer> {
  private static final String WHOLE = "1/1";

  private final Services services;

  @Spec private CommandSpec spec;

  @Mixin private BenchDataOptions data = new BenchDataOptions();

  @Mixin private ModelOptions model = new ModelOptions();

  @Mixin private BenchProtocolOptions protocol = new BenchProtocolOptions();

  @Option(
      names = "--master",
      required = true,
      paramLabel = "URL",
      description = "The cluster, such as spark://HOST:7077, or local-cluster[2,1,4096].")
  private String master;

  @Option(
      names = "--conf",
      paramLabel = "NAME=VALUE",
      showDefaultValue = picocli.CommandLine.Help.Visibility.NEVER,
      description = "A setting of Spark; may be given several times.")
  private List<String> settings = List.of();

  @Option(
      names = "--spark-home",
      paramLabel = "DIR",
      showDefaultValue = picocli.CommandLine.Help.Visibility.NEVER,
      description = "A folder with Spark's and Mallard's jars; by default the one that was built.")
  private Optional<Path> sparkHome = Optional.empty();

  @Option(
      names = "--out",
      required = true,
      paramLabel = "DIR",
      description = "The run's folder, made or gone on with.")
  private Path out;

  BenchSubmitCommand(Services services) {
    this.services = services;
  }

  @Override
  public Integer call() throws InterruptedException {
    Options options = new Options(spec.commandLine());
    protocol.check(options);
    Path spark = sparkHome.orElseGet(BenchSubmitCommand::builtHome).toAbsolutePath();
    if (!Files.isDirectory(spark.resolve("jars"))) {
      throw new UserException(
          "Spark is not in %s: build it once with './mvnw -Pspark -pl benchmarks/spark -am -DskipTests package' in Mallard's folder, or name a folder that has it with --spark-home."
              .formatted(spark));
    }
    List<Task> tasks = data.tasks(options, services.cache());
    ClusterJob job =
        new ClusterJob(
            protocol.config(
                data.name(),
                TaskSelection.digest(tasks),
                tasks,
                "",
                Optional.empty(),
                model.choice().endpoint(),
                WHOLE),
            source(),
            tasks);
    int exitCode = drive(job, new DriverCommand(Path.of(System.getProperty("java.home")), spark));
    if (exitCode == ExitCode.SUCCESS) {
      services.console().out().print(MarkdownReport.of(RunFolder.open(out), Optional.empty()));
    }
    return exitCode;
  }

  private static Path builtHome() {
    return Path.of(System.getProperty("mallard.home", "."), "benchmarks/spark/target/spark-home");
  }

  private ModelSource source() {
    ModelOpener.Choice choice = model.choice();
    ModelOpener.Engine engine = choice.engine();
    return new ModelSource(
        choice.name(),
        choice.endpoint(),
        engine.device(),
        engine.precision(),
        engine.threads(),
        engine.cacheMemory(),
        engine.adapter().map(Path::toString),
        true);
  }

  /** Runs the driver, whose words are the user's, to its end. */
  private int drive(ClusterJob job, DriverCommand command) throws InterruptedException {
    try {
      Path file = Files.createTempFile("mallard-job", ".json");
      try {
        job.write(file);
        ProcessBuilder builder =
            new ProcessBuilder(command.command(file, out, master, settings)).inheritIO();
        builder.environment().putAll(command.environment());
        Process driver = builder.start();
        try {
          return driver.waitFor();
        } finally {
          driver.destroy();
        }
      } finally {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("the driver cannot be started", e);
    }
  }
}
