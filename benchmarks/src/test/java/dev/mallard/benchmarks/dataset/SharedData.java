package dev.mallard.benchmarks.dataset;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;

/**
 * The data sets that lie beside a developer's checkout; a test that needs them is skipped
 * elsewhere.
 */
public final class SharedData {
  private static final Path FOLDER = Path.of("..", "..", "shared", "data");

  private SharedData() {}

  /** The folder with all of them, if that of a data set is there. */
  public static Path with(String folder) {
    Assumptions.assumeTrue(
        Files.exists(FOLDER.resolve(folder)), () -> FOLDER.resolve(folder) + " is absent.");
    return FOLDER;
  }

  static List<Task> tasks(String dataSet, String folder) {
    return new DataSets(List.of())
        .named(dataSet)
        .tasks(Optional.of(with(folder)), Optional.empty());
  }

  static List<Task.ProgramTask> programs(String dataSet, String folder) {
    return tasks(dataSet, folder).stream().map(Task.ProgramTask.class::cast).toList();
  }
}
