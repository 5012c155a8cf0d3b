package dev.mallard.benchmarks.spark;

import dev.mallard.benchmarks.cluster.ClusterJob;
import dev.mallard.benchmarks.evaluation.RunConfig;
import dev.mallard.benchmarks.evaluation.RunFolder;
import dev.mallard.benchmarks.evaluation.RunJson;
import dev.mallard.benchmarks.evaluation.RunWriter;
import dev.mallard.benchmarks.evaluation.TaskResult;
import dev.mallard.generator.UserException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkException;
import org.apache.spark.api.java.JavaSparkContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The process that drives a run on a cluster; {@code docs/spark.md} says how it is started. It ends
 * with 0 when all tasks have a result, 2 for what the user can put right, and 70 for what broke;
 * what there is stays, and the same command goes on.
 */
public final class SubmitMain {
  private static final Logger LOG = LoggerFactory.getLogger(SubmitMain.class);
  private static final int SUCCESS = 0;
  private static final int USAGE = 2;
  private static final int INTERNAL = 70;
  private static final int INTERRUPTED = 130;

  private static final Map<String, String> DEFAULTS =
      Map.of(
          "spark.app.name", "Mallard",
          "spark.ui.enabled", "false",
          "spark.ui.showConsoleProgress", "false",
          // Results are written as they come, and are not kept.
          "spark.driver.maxResultSize", "0",
          // The weights of models are outside the heap.
          "spark.executor.memory", "3g",
          // What Spark's own scripts set, which do not start the executors here.
          "spark.executorEnv.SPARK_SCALA_VERSION", "2.13",
          // The threads of libtorch sleep while they wait.
          "spark.executorEnv.OMP_WAIT_POLICY", "passive");

  private SubmitMain() {}

  /** Runs the job and ends the process. */
  public static void main(String[] arguments) {
    System.exit(execute(System.err, arguments));
  }

  static int execute(PrintStream err, String... arguments) {
    try {
      SubmitOptions options = SubmitOptions.parse(arguments);
      ClusterJob job = ClusterJob.read(options.job());
      submit(job, options, MachineResources.of(job.model()), err);
      return SUCCESS;
    } catch (UserException e) {
      err.println(e.getMessage());
      return USAGE;
    } catch (InterruptedException e) {
      return INTERRUPTED;
    } catch (RuntimeException | Error e) {
      LOG.error("the run was broken off", e);
      err.println(
          "The run was broken off, and the same command goes on with it: %s".formatted(reason(e)));
      return INTERNAL;
    }
  }

  /** The first line of what is behind it all. */
  private static String reason(Throwable failure) {
    Throwable cause = failure;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    String message = cause.getMessage();
    return message == null
        ? cause.getClass().getSimpleName()
        : message.lines().findFirst().orElse("");
  }

  static void submit(
      ClusterJob job, SubmitOptions options, ExecutorResources resources, PrintStream err)
      throws InterruptedException {
    try (JavaSparkContext context = connect(options)) {
      SparkRun run = new SparkRun(context, resources);
      RunConfig config = complete(job.config(), options.folder(), run);
      try (RunWriter writer = RunWriter.open(options.folder(), config)) {
        Progress progress = new Progress(err, job.tasks().size(), writer.results());
        run.run(config, job.tasks(), writer, progress);
      }
    }
  }

  private static JavaSparkContext connect(SubmitOptions options) {
    if (options.master().startsWith("local-cluster") && System.getenv("SPARK_HOME") == null) {
      throw new UserException(
          "A cluster on this machine needs Spark's folder: set SPARK_HOME to one that has Mallard's"
              + " jars in jars.");
    }
    SparkConf conf = new SparkConf();
    DEFAULTS.forEach(conf::setIfMissing);
    options.settings().forEach(conf::set);
    conf.setMaster(options.master());
    try {
      return new JavaSparkContext(conf);
    } catch (Exception e) {
      // Scala's checked exceptions are not declared.
      if (e instanceof SparkException || e instanceof IllegalStateException) {
        throw new UserException(
            "Spark at %s cannot be used: %s".formatted(options.master(), reason(e)), e);
      }
      throw e;
    }
  }

  /**
   * The configuration with a model. A run that is gone on with keeps the description of its own, as
   * it may name the machine's threads; the weights must be the same.
   */
  private static RunConfig complete(RunConfig config, Path folder, SparkRun run)
      throws InterruptedException {
    if (!config.model().isBlank()) {
      return config;
    }
    if (config.endpoint().isEmpty() && Files.exists(folder.resolve(RunJson.CONFIG))) {
      RunConfig before = RunFolder.open(folder).config();
      return withModel(config, before.model(), before.modelHash());
    }
    ModelFacts facts = run.describe();
    return withModel(
        config,
        facts.description(),
        Optional.of(facts.weightsHash()).filter(hash -> !hash.isEmpty()));
  }

  private static RunConfig withModel(RunConfig config, String model, Optional<String> hash) {
    return new RunConfig(
        config.version(),
        config.mallard(),
        config.dataSet(),
        config.dataHash(),
        config.ids(),
        model,
        hash,
        config.endpoint(),
        config.samples(),
        config.repairs(),
        config.maxTurns(),
        config.maxTokens(),
        config.temperature(),
        config.seed(),
        config.feedback(),
        config.grammar(),
        config.timeoutSeconds(),
        config.memoryMebibytes(),
        config.shard());
  }

  /** Says after each result how far the run is. */
  private static final class Progress implements Consumer<TaskResult> {
    private final PrintStream err;
    private final int all;
    private int done;
    private int passed;

    Progress(PrintStream err, int all, List<TaskResult> before) {
      this.err = err;
      this.all = all;
      done = before.size();
      passed = (int) before.stream().filter(TaskResult::passed).count();
    }

    @Override
    public void accept(TaskResult result) {
      done++;
      passed += result.passed() ? 1 : 0;
      err.println(
          String.format(Locale.ROOT, "%d/%d, pass@1 %.1f %%", done, all, 100.0 * passed / done));
    }
  }
}
