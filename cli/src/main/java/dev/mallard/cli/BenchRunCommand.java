package dev.mallard.cli;

import dev.mallard.benchmarks.dataset.Task;
import dev.mallard.benchmarks.dataset.TaskSelection;
import dev.mallard.benchmarks.evaluation.EnergyMeter;
import dev.mallard.benchmarks.evaluation.Evaluator;
import dev.mallard.benchmarks.evaluation.GpuPower;
import dev.mallard.benchmarks.evaluation.Run;
import dev.mallard.benchmarks.evaluation.RunConfig;
import dev.mallard.benchmarks.evaluation.RunFolder;
import dev.mallard.benchmarks.evaluation.RunWriter;
import dev.mallard.benchmarks.report.MarkdownReport;
import dev.mallard.generator.UserException;
import dev.mallard.generator.model.LanguageModel;
import dev.mallard.sandbox.Sandbox;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Runs a benchmark, or goes on with one. */
@Command(
    name = "run",
    description =
        "Has a model solve the tasks of a data set, and keeps what came of each in a folder; the"
            + " same command goes on with a run that was broken off.",
    mixinStandardHelpOptions = true,
    showDefaultValues = true)
@SuppressWarnings("NullAway.Init") // Picocli sets the fields.
final class BenchRunCommand implements Callable<Integer> {
  private static final Pattern SHARD = Pattern.compile("(\\d{1,6})/(\\d{1,6})");
  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss");
  private static final int FIRST_GPU = 0;

  private final Services services;

  @Spec private CommandSpec spec;

  @Mixin private BenchDataOptions data = new BenchDataOptions();

  @Mixin private ModelOptions model = new ModelOptions();

  @Mixin private BenchProtocolOptions protocol = new BenchProtocolOptions();

  @Option(
      names = "--shard",
      paramLabel = "I/N",
      description = "Only the I-th of N equal parts; 'mallard bench merge' puts them together.")
  private String shard = "1/1";

  @Option(
      names = "--at-once",
      paramLabel = "N",
      description = "Tasks that are being solved at the same time.")
  private int atOnce = 8;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      showDefaultValue = CommandLine.Help.Visibility.NEVER,
      description = "The run's folder, made or gone on with; by default a new one in runs/.")
  private Optional<Path> out = Optional.empty();

  BenchRunCommand(Services services) {
    this.services = services;
  }

  @Override
  public Integer call() throws InterruptedException {
    Options options = new Options(spec.commandLine());
    options.within("--at-once", atOnce, 1, 1024);
    protocol.check(options);
    List<Task> all = data.tasks(options, services.cache());
    List<Task> tasks = shard(all);
    Path folder =
        out.orElseGet(() ->
            Path.of(
                "runs",
                data.name() + "-" + TIME.format(LocalDateTime.now(ZoneId.systemDefault()))));
    Console console = services.console();
    ModelOpener.Choice choice = model.choice().reproducibly();
    EnergyMeter energy = new EnergyMeter();
    try (Sandbox sandbox = services.sandboxes().get();
        LanguageModel opened = services.models().open(choice, console)) {
      RunConfig config =
          protocol.config(
              data.name(),
              TaskSelection.digest(all),
              tasks,
              opened.description(),
              hash(opened),
              choice.endpoint(),
              shard);
      try (RunWriter writer = RunWriter.open(folder, config);
          GpuPower _ = GpuPower.of(FIRST_GPU, energy);
          BenchProgress progress = BenchProgress.of(console, tasks.size(), writer.results())) {
        console.message("Results go to %s.".formatted(folder));
        new Run(
                new Evaluator(opened, sandbox, config, writer.transcripts()),
                writer,
                atOnce,
                energy)
            .run(tasks, progress);
      } catch (InterruptedException e) {
        console.message("The same command with --out %s goes on from here.".formatted(folder));
        throw e;
      }
    }
    console.out().print(MarkdownReport.of(RunFolder.open(folder), Optional.empty()));
    return ExitCode.SUCCESS;
  }

  private static Optional<String> hash(LanguageModel opened) {
    return Optional.of(opened.weightsHash()).filter(known -> !known.isEmpty());
  }

  private List<Task> shard(List<Task> all) {
    Matcher parts = SHARD.matcher(shard);
    if (!parts.matches()) {
      throw wrongShard();
    }
    int number = Integer.parseInt(parts.group(1));
    int of = Integer.parseInt(parts.group(2));
    if (number < 1 || number > of) {
      throw wrongShard();
    }
    List<Task> part = TaskSelection.shard(all, number, of);
    if (part.isEmpty()) {
      throw new UserException(
          "Part %s of %d tasks has none: divide them into fewer parts."
              .formatted(shard, all.size()));
    }
    return part;
  }

  private CommandLine.ParameterException wrongShard() {
    return new CommandLine.ParameterException(
        spec.commandLine(),
        "--shard must be a part of how many, such as 2/4, and is %s.".formatted(shard));
  }
}
