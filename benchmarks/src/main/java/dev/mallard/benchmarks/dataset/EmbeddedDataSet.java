package dev.mallard.benchmarks.dataset;

import dev.mallard.generator.UserException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The tasks that come with Mallard, so that models can be evaluated with nothing downloaded: 60
 * programs in Python, 20 of them in Java and in JavaScript too, and 20 queries, each from easy to
 * hard.
 */
public final class EmbeddedDataSet implements DataSet {
  private static final DataSetInfo INFO =
      new DataSetInfo(
          "mallard",
          "Programs in Python, Java and JavaScript, judged by hidden tests, and SQL queries, judged"
              + " by their rows on three databases each.",
          120,
          "Apache-2.0",
          "docs/task-files.md",
          List.of());

  private static final List<String> FILES =
      List.of(
          "embedded/python.jsonl",
          "embedded/java.jsonl",
          "embedded/javascript.jsonl",
          "embedded/sql.jsonl");

  @Override
  public DataSetInfo info() {
    return INFO;
  }

  /**
   * {@inheritDoc}
   *
   * @throws UserException if files are given, as it needs none
   */
  @Override
  public List<Task> tasks(Optional<Path> data, Optional<Path> databases) {
    Optional<Path> given = data.or(() -> databases);
    if (given.isPresent()) {
      throw new UserException(
          "The data set \"%s\" comes with Mallard and reads no files: leave out %s."
              .formatted(INFO.name(), given.get()));
    }
    return TaskFile.read(EmbeddedDataSet.class, FILES);
  }
}
