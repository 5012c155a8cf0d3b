package dev.mallard.benchmarks.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mallard.benchmarks.cluster.ClusterJob;
import dev.mallard.benchmarks.cluster.DriverCommand;
import dev.mallard.benchmarks.cluster.ModelSource;
import dev.mallard.benchmarks.dataset.Task;
import dev.mallard.benchmarks.evaluation.RunFolder;
import dev.mallard.generator.UserException;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.apache.spark.launcher.JavaModuleOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SubmitMainTest {
  private static final List<Task> TASKS = Sums.tasks(3);
  private static final ClusterJob JOB =
      new ClusterJob(Sums.config(TASKS, "", Optional.empty()), ModelSource.named("none"), TASKS);

  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  @TempDir private Path folder;

  @Test
  void theModelIsThatOfTheFirstExecutorAndARunThatIsDoneStaysAsItIs() throws Exception {
    submit("abc");

    assertThat(lines()).hasSize(3);
    assertThat(lines().getLast()).matches("3/3, pass@1 (0|33\\.3|66\\.7|100)(\\.0)? %");
    RunFolder run = RunFolder.open(folder.resolve("run"));
    assertThat(run.config()).isEqualTo(Sums.config(TASKS, "a script", Optional.of("abc")));
    assertThat(run.results()).hasSize(3);

    submit("abc");
    assertThat(lines()).hasSize(3);
  }

  @Test
  void whatTheUserCanPutRightIsSaidInASentence() {
    assertThat(run("job", "run")).isEqualTo(2);
    assertThat(run("job", "run", "--master")).isEqualTo(2);
    assertThat(run("job", "run", "--to", "x")).isEqualTo(2);
    assertThat(run("none.json", "run", "--master", "local")).isEqualTo(2);
    assertThat(run("job", "run", "--master", "local", "--conf", "=1")).isEqualTo(2);
    assertThat(lines())
        .containsExactly(
            SubmitOptions.USAGE,
            "--master lacks its value. " + SubmitOptions.USAGE,
            "There is no option --to. " + SubmitOptions.USAGE,
            "none.json cannot be read: none.json.",
            "--conf takes name=value, such as spark.executor.cores=4, and not \"=1\".");
  }

  @Test
  void anAddressThatIsNoneIsNamed() {
    SubmitOptions options = SubmitOptions.parse("job", "run", "--master", "nowhere");
    PrintStream stream = new PrintStream(err, true, StandardCharsets.UTF_8);

    assertThatThrownBy(
            () -> SubmitMain.submit(JOB, options, new ScriptedResources("", "", 0, false), stream))
        .isInstanceOf(UserException.class)
        .hasMessageStartingWith("Spark at nowhere cannot be used: ");
  }

  @Test
  void theDriverHasTheOptionsThatSparkWants() {
    List<String> wanted =
        List.of(JavaModuleOptions.defaultModuleOptionArray()).stream()
            // JDK 25 warns of these at each start: the one is an incubator, the other is gone.
            .filter(option -> !option.contains("jdk.incubator.vector"))
            .filter(option -> !option.contains("sun.security.action"))
            .toList();

    assertThat(DriverCommand.JAVA_OPTIONS).containsExactlyInAnyOrderElementsOf(wanted);
  }

  private void submit(String hash) throws InterruptedException {
    SubmitOptions options =
        SubmitOptions.parse("job", folder.resolve("run").toString(), "--master", "local[1]");
    SubmitMain.submit(
        JOB,
        options,
        new ScriptedResources(folder.toString(), hash, 0, true),
        new PrintStream(err, true, StandardCharsets.UTF_8));
  }

  private int run(String... arguments) {
    return SubmitMain.execute(new PrintStream(err, true, StandardCharsets.UTF_8), arguments);
  }

  private List<String> lines() {
    return err.toString(StandardCharsets.UTF_8).lines().toList();
  }
}
