package dev.mallard.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mallard.benchmarks.evaluation.RunFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The benchmark commands, on a scripted model and sandbox. */
class BenchCommandTest {
  private static final String RIGHT = "```python\ndef add(a, b):\n    return a + b\n```";
  private static final String WRONG = "```python\ndef add(a, b):\n    return a - b\n```";

  @TempDir private Path folder;
  private Path tasks = Path.of("");

  @BeforeEach
  void writeTasks() throws IOException {
    StringBuilder lines = new StringBuilder();
    IntStream.range(0, 10)
        .forEach(i ->
            lines.append(
                """
                {"id": "add/%d", "level": "easy", "language": "python", "title": "Add %d", \
                "statement": "Add two numbers.", "signature": "def add(a, b):", \
                "visible_tests": "assert add(1, 2) == 3\\n", \
                "hidden_tests": "assert add(2, 2) == 4\\n"}
                """
                    .formatted(i, i)));
    tasks = Files.writeString(folder.resolve("tasks.jsonl"), lines);
  }

  @Test
  void listNamesTheDataSetsTheirLicencesAndWhereTheyAre() {
    ScriptedServices services = services();

    assertThat(services.execute("bench", "list")).isEqualTo(ExitCode.SUCCESS);
    assertThat(services.out())
        .contains("mallard (120 tasks)", "Comes with Mallard.", "humaneval (164 tasks)")
        .contains("mbpp-one-visible (500 tasks)", "Licence: ", "mallard bench fetch humaneval");
  }

  @Test
  void runKeepsWhatCameOfEachTaskAndPrintsATable() {
    ScriptedServices services = services(RIGHT, WRONG);
    Path out = folder.resolve("run");

    assertThat(run(services, out, "--at-once", "1")).isEqualTo(ExitCode.SUCCESS);
    assertThat(services.err()).contains("Results go to", "10 of 10 tasks, pass@1 50.0%");
    assertThat(services.out()).contains("50.0%");
    RunFolder run = RunFolder.open(out);
    assertThat(run.results()).hasSize(10);
    assertThat(run.transcript("add/3")).isPresent();
    assertThat(services.allClosed()).isTrue();
  }

  @Test
  void runGoesOnWithWhatIsThereAndWithNothingElse() throws IOException {
    Path out = folder.resolve("run");
    run(services(RIGHT), out);
    Path results = out.resolve("results.jsonl");
    Files.write(results, Files.readAllLines(results).subList(0, 7));

    ScriptedServices again = services(RIGHT);
    assertThat(run(again, out)).isEqualTo(ExitCode.SUCCESS);
    assertThat(again.questions()).hasSize(3);
    ScriptedServices other = services(RIGHT);
    assertThat(run(other, out, "--seed", "3")).isEqualTo(ExitCode.USAGE);
    assertThat(other.err()).contains("holds a run with another seed (0, and now 3)");
  }

  @Test
  void feedbackDebugsThePrograms() {
    ScriptedServices services = services(WRONG, RIGHT);
    Path out = folder.resolve("run");

    assertThat(run(services, out, "--feedback", "unit-test", "--ids", "add/4", "--at-once", "1"))
        .isEqualTo(ExitCode.SUCCESS);
    assertThat(RunFolder.open(out).results())
        .singleElement()
        .satisfies(result -> assertThat(result.passedAfterTurn()).containsExactly(false, true));
  }

  @Test
  void shardsMergeToTheWhole() {
    for (int i = 1; i <= 2; i++) {
      run(services(RIGHT), folder.resolve("part" + i), "--shard", i + "/2");
    }
    run(services(RIGHT), folder.resolve("whole"), "--at-once", "1");
    ScriptedServices services = services();

    assertThat(
            services.execute(
                "bench",
                "merge",
                folder.resolve("part1").toString(),
                folder.resolve("part2").toString(),
                "--out",
                folder.resolve("merged").toString()))
        .isEqualTo(ExitCode.SUCCESS);
    RunFolder merged = RunFolder.open(folder.resolve("merged"));
    RunFolder whole = RunFolder.open(folder.resolve("whole"));
    assertThat(merged.config()).isEqualTo(whole.config());
    assertThat(merged.results())
        .usingRecursiveFieldByFieldElementComparatorIgnoringFields("seconds")
        .isEqualTo(whole.results());
  }

  @Test
  void reportsAreWrittenWhereTheyAreWanted() {
    Path out = folder.resolve("run");
    run(services(RIGHT), out);
    ScriptedServices services = services();

    assertThat(
            services.execute(
                "bench",
                "report",
                out.toString(),
                "--markdown",
                folder.resolve("r.md").toString(),
                "--junit",
                folder.resolve("r.xml").toString(),
                "--json",
                folder.resolve("r.json").toString()))
        .isEqualTo(ExitCode.SUCCESS);
    assertThat(services.out().strip()).isEqualTo(out.resolve("report.html").toString());
    assertThat(out.resolve("report.html")).isNotEmptyFile();
    assertThat(folder.resolve("r.md")).isNotEmptyFile();
    assertThat(folder.resolve("r.xml")).content().contains("<testcase");
    assertThat(folder.resolve("r.json")).content().contains("add/3");
  }

  @Test
  void theGateSaysWhyAndExitsWithOne() {
    Path good = folder.resolve("good");
    Path bad = folder.resolve("bad");
    run(services(RIGHT), good);
    run(services(WRONG), bad);

    assertThat(services().execute("bench", "gate", good.toString(), "--min-pass", "0.9"))
        .isEqualTo(ExitCode.SUCCESS);
    ScriptedServices low = services();
    assertThat(low.execute("bench", "gate", bad.toString(), "--min-pass", "0.3"))
        .isEqualTo(ExitCode.FAILURE);
    assertThat(low.out().strip())
        .startsWith("Not passed: 0 of 10 tasks are solved")
        .hasLineCount(1);
    ScriptedServices dropped = services();
    assertThat(
            dropped.execute(
                "bench",
                "gate",
                bad.toString(),
                "--baseline",
                good.toString(),
                "--max-drop",
                "0.02"))
        .isEqualTo(ExitCode.FAILURE);
    assertThat(dropped.out()).contains("No longer solved: add/", "add/0");
  }

  @Test
  void theGateTakesTheJsonOfAReportForItsBaseline() {
    Path out = folder.resolve("run");
    Path json = folder.resolve("baseline.json");
    run(services(RIGHT), out);
    services().execute("bench", "report", out.toString(), "--json", json.toString());

    assertThat(
            services()
                .execute(
                    "bench",
                    "gate",
                    out.toString(),
                    "--baseline",
                    json.toString(),
                    "--max-drop",
                    "0"))
        .isEqualTo(ExitCode.SUCCESS);
  }

  @Test
  void whatIsWrongGetsOneSentence() throws IOException {
    Path empty = Files.writeString(folder.resolve("empty.jsonl"), "");
    assertThat(message("bench")).contains("Say what to do, such as bench run, or bench list.");
    assertThat(message("bench", "run", "humanevil")).contains("There is no data set \"humanevil\"");
    assertThat(message("bench", "run", "humaneval"))
        .contains("get it with 'mallard bench fetch humaneval', or name it with --data");
    assertThat(message("bench", "run", "humaneval", "--data", folder.resolve("x").toString()))
        .contains("There is no file or folder");
    assertThat(message("bench", "run", empty.toString())).contains("empty.jsonl");
    assertThat(message("bench", "run", tasks.toString(), "--ids", "sub/1"))
        .contains("The data set has no task \"sub/1\"");
    assertThat(message("bench", "run", tasks.toString(), "--shard", "3/2"))
        .contains("--shard must be a part of how many, such as 2/4, and is 3/2.");
    assertThat(message("bench", "run", tasks.toString(), "--max-turns", "4"))
        .contains("say how with --feedback");
    assertThat(
            message(
                "bench",
                "submit",
                tasks.toString(),
                "--master",
                "local[1]",
                "--spark-home",
                folder.toString(),
                "--out",
                folder.resolve("out").toString()))
        .contains("Spark is not in");
    assertThat(message("bench", "report", folder.resolve("none").toString()))
        .contains("There is no folder");
    assertThat(message("bench", "gate", folder.toString())).contains("is no folder of a run");
  }

  private String message(String... arguments) {
    ScriptedServices services = services(RIGHT);
    assertThat(services.execute(arguments)).isEqualTo(ExitCode.USAGE);
    assertThat(services.allClosed()).isTrue();
    return services.err();
  }

  private int run(ScriptedServices services, Path out, String... more) {
    String[] arguments = {"bench", "run", tasks.toString(), "--out", out.toString()};
    return services.execute(
        java.util.stream.Stream.of(arguments, more)
            .flatMap(java.util.stream.Stream::of)
            .toArray(String[]::new));
  }

  private ScriptedServices services(String... answers) {
    return new ScriptedServices(folder.resolve("cache"), false, answers);
  }
}
