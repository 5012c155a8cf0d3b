package dev.mallard.benchmarks.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mallard.benchmarks.dataset.Task;
import dev.mallard.benchmarks.evaluation.EnergyMeter;
import dev.mallard.benchmarks.evaluation.Evaluator;
import dev.mallard.benchmarks.evaluation.Run;
import dev.mallard.benchmarks.evaluation.RunConfig;
import dev.mallard.benchmarks.evaluation.RunFolder;
import dev.mallard.benchmarks.evaluation.RunWriter;
import dev.mallard.benchmarks.evaluation.TaskResult;
import dev.mallard.generator.UserException;
import dev.mallard.sandbox.Sandbox;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.spark.ExecutorLostFailure;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerExecutorRemoved;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On a cluster of two executors, each a process of its own, with one task at a time. */
class SparkRunTest {
  private static final List<Task> TASKS = Sums.tasks(40);
  private static final RunConfig CONFIG = Sums.config(TASKS, "a script", Optional.of("abc"));

  @TempDir private static Path processes;
  private static JavaSparkContext context;
  private static List<TaskResult> expected;
  private static final List<ProcessHandle> executors = new ArrayList<>();

  @TempDir private Path folder;

  /** What Spark says of executors that were lost. */
  private static final class Losses extends SparkListener {
    private int executors;
    private int tasks;

    @Override
    public synchronized void onExecutorRemoved(SparkListenerExecutorRemoved event) {
      executors++;
    }

    @Override
    public synchronized void onTaskEnd(SparkListenerTaskEnd event) {
      tasks += event.reason() instanceof ExecutorLostFailure ? 1 : 0;
    }

    synchronized int executors() {
      return executors;
    }

    synchronized int tasks() {
      return tasks;
    }
  }

  @BeforeAll
  static void startsClusterAndSolvesTheTasksInThisProcess(@TempDir Path here) throws Exception {
    Files.createDirectories(Path.of(System.getenv("SPARK_HOME"), "jars"));
    context =
        new JavaSparkContext(
            new SparkConf()
                .setMaster("local-cluster[2,1,1024]")
                .setAppName("test")
                .set("spark.ui.enabled", "false")
                .set("spark.executor.memory", "512m")
                .set("spark.executor.extraClassPath", System.getProperty("java.class.path"))
                .set("spark.executorEnv.SPARK_SCALA_VERSION", "2.13"));
    try (Sandbox sandbox = resources("abc").openSandbox();
        RunWriter writer = RunWriter.open(here.resolve("run"), CONFIG)) {
      Evaluator evaluator =
          new Evaluator(new ScriptedModel("abc", 0), sandbox, CONFIG, writer.transcripts());
      new Run(evaluator, writer, 2, new EnergyMeter()).run(TASKS, result -> {});
      expected = Sums.comparable(writer.results());
    }
    assertThat(expected).hasSize(40);
    assertThat(expected.stream().filter(TaskResult::passed).count()).isBetween(10L, 39L);
  }

  @AfterAll
  static void leavesNoProcessBehind() throws Exception {
    rememberExecutors();
    context.close();
    Instant end = Instant.now().plus(Duration.ofSeconds(30));
    while (executors.stream().anyMatch(ProcessHandle::isAlive) && Instant.now().isBefore(end)) {
      Thread.sleep(100);
    }
    assertThat(executors).hasSizeGreaterThan(2).noneMatch(ProcessHandle::isAlive);
  }

  @Test
  void aRunThatLosesAnExecutorEndsAsOneInThisProcess() throws Exception {
    Losses losses = new Losses();
    context.sc().addSparkListener(losses);
    List<String> done = new ArrayList<>();

    try (RunWriter writer = RunWriter.open(folder.resolve("run"), CONFIG)) {
      new SparkRun(context, resources("abc"))
          .run(
              CONFIG,
              TASKS,
              writer,
              result -> {
                done.add(result.id());
                if (done.size() == 12) {
                  killAnExecutor();
                }
              });
    }

    assertThat(done).hasSize(40).doesNotHaveDuplicates();
    assertIsAsExpected(folder.resolve("run"));
    Instant end = Instant.now().plus(Duration.ofSeconds(10));
    while (losses.executors() == 0 && Instant.now().isBefore(end)) {
      Thread.sleep(100);
    }
    assertThat(losses.executors()).isEqualTo(1);
    assertThat(losses.tasks()).isPositive();
  }

  @Test
  void aDriverThatWasInterruptedGoesOn() throws Exception {
    Path run = folder.resolve("run");
    List<String> before = new ArrayList<>();
    List<String> after = new ArrayList<>();
    Thread driver = Thread.currentThread();

    try (RunWriter writer = RunWriter.open(run, CONFIG)) {
      SparkRun spark = new SparkRun(context, resources("abc"));
      assertThatThrownBy(() ->
              spark.run(
                  CONFIG,
                  TASKS,
                  writer,
                  result -> {
                    before.add(result.id());
                    if (before.size() == 8) {
                      driver.interrupt();
                    }
                  }))
          .isInstanceOf(InterruptedException.class);
    }
    assertThat(before).hasSizeBetween(8, 12);
    assertThat(RunFolder.open(run).results()).extracting(TaskResult::id).isEqualTo(before);

    try (RunWriter writer = RunWriter.open(run, CONFIG)) {
      new SparkRun(context, resources("abc"))
          .run(CONFIG, TASKS, writer, result -> after.add(result.id()));
    }

    assertThat(after).hasSize(40 - before.size()).doesNotContainAnyElementsOf(before);
    assertIsAsExpected(run);
  }

  @Test
  void aMachineWithAnotherModelEndsTheRun() {
    Path run = folder.resolve("run");
    try (RunWriter writer = RunWriter.open(run, CONFIG)) {
      SparkRun spark = new SparkRun(context, resources("def"));

      assertThatThrownBy(() -> spark.run(CONFIG, TASKS, writer, result -> {}))
          .isInstanceOf(UserException.class)
          .hasMessageMatching(
              "The model on \\S+ has other weights \\(def\\) than that of the run \\(abc\\): give"
                  + " all machines the same model, or begin another run with another --out\\.");
    }
    assertThat(RunFolder.open(run).results()).isEmpty();
  }

  @Test
  void aMachineWithoutAModelEndsTheRun() {
    assertThatThrownBy(() -> new SparkRun(context, resources("")).describe())
        .isInstanceOf(UserException.class)
        .hasMessageMatching("An executor on \\S+ cannot take part\\. There is no model\\.");
  }

  private static ScriptedResources resources(String weightsHash) {
    return new ScriptedResources(processes.toString(), weightsHash, 150, false);
  }

  private static void assertIsAsExpected(Path run) {
    RunFolder written = RunFolder.open(run);
    assertThat(Sums.comparable(written.results())).isEqualTo(expected);
    assertThat(TASKS).allMatch(task -> written.transcript(task.id()).isPresent());
  }

  private static void killAnExecutor() {
    ProcessHandle one =
        rememberExecutors().stream().filter(ProcessHandle::isAlive).findFirst().orElseThrow();
    assertThat(one.destroyForcibly()).isTrue();
  }

  /** The executors that have opened a model; they and all that they have started are remembered. */
  private static List<ProcessHandle> rememberExecutors() {
    try (Stream<Path> files = Files.list(processes)) {
      List<ProcessHandle> found =
          files
              .map(file -> Long.parseLong(file.getFileName().toString()))
              .flatMap(pid -> ProcessHandle.of(pid).stream())
              .toList();
      for (ProcessHandle executor : found) {
        executors.add(executor);
        executor.descendants().forEach(executors::add);
      }
      return found;
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
