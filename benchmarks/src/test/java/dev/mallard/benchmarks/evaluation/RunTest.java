package dev.mallard.benchmarks.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mallard.benchmarks.dataset.Task;
import dev.mallard.generator.UserException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs that are broken off, divided, or in somebody's way. */
class RunTest {
  @TempDir Path directory;

  private final List<Task> tasks = Runs.tasks(30);
  private final RunConfig config = Runs.config(tasks);

  @Test
  void solvesSoManyTasksAtOnce() throws InterruptedException {
    CountDownLatch together = new CountDownLatch(4);
    List<TaskResult> told = new ArrayList<>();
    try (RunWriter writer = RunWriter.open(directory.resolve("run"), config)) {
      new Run(
              task -> {
                together.countDown();
                assertThat(together.await(30, TimeUnit.SECONDS)).isTrue();
                return Runs.result(task);
              },
              writer,
              4,
              new EnergyMeter())
          .run(tasks, told::add);
    }

    assertThat(told).containsExactlyInAnyOrderElementsOf(expected(tasks));
    assertThat(results("run")).isEqualTo(told);
  }

  @Test
  void goesOnWhereItWasBrokenOff() throws Exception {
    Path folder = directory.resolve("run");
    AtomicInteger solved = new AtomicInteger();
    try (RunWriter writer = RunWriter.open(folder, config)) {
      Run run =
          new Run(
              task -> {
                if (solved.incrementAndGet() > 10) {
                  throw new IllegalStateException("the sandbox is broken");
                }
                return Runs.result(task);
              },
              writer,
              1,
              new EnergyMeter());
      assertThatThrownBy(() -> run.run(tasks, _ -> {})).hasMessage("the sandbox is broken");
    }
    // As if the process had been killed while it wrote.
    Files.writeString(
        folder.resolve(RunJson.RESULTS), "{\"id\":\"task/29\",\"lev", StandardOpenOption.APPEND);
    List<String> again = new ArrayList<>();
    try (RunWriter writer = RunWriter.open(folder, config)) {
      new Run(Runs::result, writer, 1, new EnergyMeter()).run(tasks, r -> again.add(r.id()));
    }

    assertThat(again).hasSize(20).doesNotContain("task/0", "task/9");
    assertThat(results("run")).isEqualTo(expected(tasks));
  }

  @Test
  void aProcessThatIsKilledAgainAndAgainEndsWithTheSameResults() throws Exception {
    Random random = new Random(5);
    Path folder = directory.resolve("killed");
    for (int i = 0; i < 5; i++) {
      Process process = start(folder);
      // After its first result, so that each has done something.
      assertThat(process.inputReader().readLine()).startsWith("task/");
      Thread.sleep(random.nextInt(60));
      process.destroyForcibly().waitFor();
    }
    int before = RunFolder.open(folder).results().size();
    Process process = start(folder);
    process.inputReader().transferTo(java.io.Writer.nullWriter());
    assertThat(process.waitFor()).isZero();

    assertThat(before).isBetween(5, RunProcess.TASKS - 1);
    List<TaskResult> sorted = new ArrayList<>(results("killed"));
    sorted.sort(Comparator.comparingInt(result -> Integer.parseInt(result.id().substring(5))));
    assertThat(sorted).isEqualTo(expected(Runs.tasks(RunProcess.TASKS)));
  }

  private static Process start(Path folder) throws Exception {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            System.getProperty("java.class.path"),
            RunProcess.class.getName(),
            folder.toString())
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }

  @Test
  void anotherConfigurationNeedsAnotherFolder() {
    Path folder = directory.resolve("run");
    RunWriter.open(folder, config).close();

    assertThatThrownBy(() -> RunWriter.open(folder, Runs.config(tasks, 8, "1/1")))
        .isInstanceOf(UserException.class)
        .hasMessage(
            folder
                + " holds a run with another samples (1, and now 8): go on with the same options,"
                + " or name another folder with --out.");
  }

  @Test
  void twoDoNotWriteTheSameFolder() {
    Path folder = directory.resolve("run");
    try (RunWriter _ = RunWriter.open(folder, config)) {
      assertThatThrownBy(() -> RunWriter.open(folder, config))
          .isInstanceOf(UserException.class)
          .hasMessageContaining("Another process is writing");
    }
  }

  @Test
  void aFolderWithSomethingElseIsLeftAlone() throws Exception {
    Path folder = directory.resolve("photos");
    Files.createDirectories(folder);
    Files.writeString(folder.resolve("duck.png"), "quack");

    assertThatThrownBy(() -> RunWriter.open(folder, config))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("holds something that is no run");
    assertThat(folder.resolve(RunJson.CONFIG)).doesNotExist();
  }

  @Test
  void aDamagedLineIsNamed() throws Exception {
    Path folder = directory.resolve("run");
    try (RunWriter writer = RunWriter.open(folder, config)) {
      writer.add(Runs.result(tasks.get(0)));
    }
    byte[] line = Files.readAllBytes(folder.resolve(RunJson.RESULTS));
    Files.writeString(folder.resolve(RunJson.RESULTS), "{}\n");
    Files.write(folder.resolve(RunJson.RESULTS), line, StandardOpenOption.APPEND);

    assertThatThrownBy(() -> RunWriter.open(folder, config))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("results.jsonl:1:");
  }

  @Test
  void mergedShardsAreTheWholeRun() throws InterruptedException {
    run("whole", tasks, config);
    List<RunFolder> shards = new ArrayList<>();
    for (int i = 1; i <= 3; i++) {
      List<Task> part = dev.mallard.benchmarks.dataset.TaskSelection.shard(tasks, i, 3);
      shards.add(run("part" + i, part, Runs.config(part, 1, i + "/3")));
    }

    RunMerge.merge(shards.reversed(), directory.resolve("merged"));

    assertThat(RunFolder.open(directory.resolve("merged")).config()).isEqualTo(config);
    assertThat(results("merged")).isEqualTo(results("whole"));
  }

  @Test
  void whatIsNoWholeSetOfShardsIsNotMerged() throws InterruptedException {
    List<Task> first = dev.mallard.benchmarks.dataset.TaskSelection.shard(tasks, 1, 2);
    List<Task> second = dev.mallard.benchmarks.dataset.TaskSelection.shard(tasks, 2, 2);
    RunFolder one = run("one", first, Runs.config(first, 1, "1/2"));
    RunFolder two = run("two", second, Runs.config(second, 1, "2/2"));
    RunFolder other = run("other", second, Runs.config(second, 4, "2/2"));
    Path unfinished = directory.resolve("unfinished");
    RunWriter.open(unfinished, Runs.config(second, 1, "2/2")).close();
    Path out = directory.resolve("merged");

    assertThatThrownBy(() -> RunMerge.merge(List.of(one, one), out))
        .hasMessageContaining("each must be there once");
    assertThatThrownBy(() -> RunMerge.merge(List.of(two), out))
        .hasMessageContaining("each must be there once");
    assertThatThrownBy(() -> RunMerge.merge(List.of(one, other), out))
        .hasMessageContaining("no shards of one run");
    assertThatThrownBy(() -> RunMerge.merge(List.of(one, RunFolder.open(unfinished)), out))
        .hasMessageContaining("lacks 15 tasks");
    assertThat(out).doesNotExist();
  }

  private RunFolder run(String name, List<Task> some, RunConfig how) throws InterruptedException {
    try (RunWriter writer = RunWriter.open(directory.resolve(name), how)) {
      new Run(Runs::result, writer, 1, new EnergyMeter()).run(some, _ -> {});
      Files.write(
          writer.transcripts().resolve(RunJson.transcriptName(some.getFirst().id())),
          "{}\n".getBytes(StandardCharsets.UTF_8));
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
    return RunFolder.open(directory.resolve(name));
  }

  private List<TaskResult> results(String name) {
    return RunFolder.open(directory.resolve(name)).results();
  }

  private static List<TaskResult> expected(List<Task> some) {
    return some.stream().map(Runs::result).toList();
  }
}
