package dev.mallard.benchmarks.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mallard.benchmarks.dataset.Task;
import dev.mallard.benchmarks.dataset.Task.QueryTask;
import dev.mallard.benchmarks.evaluation.RunConfig;
import dev.mallard.generator.UserException;
import dev.mallard.generator.sql.SqlQuestion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClusterJobTest {
  private static final Task TASK =
      new QueryTask(
          "q/1", new SqlQuestion("How many?", "CREATE TABLE t(x);"), "SELECT 1", List.of(), "easy");

  @TempDir private Path folder;

  @Test
  void isReadAsItWasWritten() {
    ClusterJob job =
        new ClusterJob(config(List.of("q/1")), ModelSource.named("small"), List.of(TASK));
    Path file = folder.resolve("job.json");

    job.write(file);

    assertThat(ClusterJob.read(file)).isEqualTo(job);
  }

  @Test
  void aFileThatIsNoneIsNamed() throws IOException {
    Path file = Files.writeString(folder.resolve("job.json"), "{\"config\":3}");

    assertThatThrownBy(() -> ClusterJob.read(file))
        .isInstanceOf(UserException.class)
        .hasMessageStartingWith(file + " is no job for a cluster: ");
    assertThatThrownBy(() -> ClusterJob.read(folder.resolve("none.json")))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("cannot be read");
  }

  @Test
  void theTasksAreThoseOfTheConfiguration() {
    assertThatThrownBy(
            () -> new ClusterJob(config(List.of("q/2")), ModelSource.named("small"), List.of(TASK)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void theDriverIsStartedWithTheJarsOfSparksFolder() {
    DriverCommand driver = new DriverCommand(Path.of("jdk"), Path.of("home"));

    assertThat(driver.command(Path.of("job"), Path.of("run"), "local[2]", List.of("a=b")))
        .startsWith(Path.of("jdk", "bin", "java").toString())
        .containsSequence("-classpath", Path.of("home", "jars", "*").toString())
        .endsWith(DriverCommand.MAIN, "job", "run", "--master", "local[2]", "--conf", "a=b");
    assertThat(driver.environment()).isEqualTo(Map.of("SPARK_HOME", "home", "JAVA_HOME", "jdk"));
  }

  private static RunConfig config(List<String> ids) {
    return new RunConfig(
        RunConfig.VERSION,
        "0",
        "data",
        "hash",
        ids,
        "",
        Optional.empty(),
        Optional.empty(),
        1,
        1,
        1,
        64,
        0,
        1,
        List.of(),
        "off",
        1,
        64,
        "1/1");
  }
}
