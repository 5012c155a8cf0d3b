package dev.mallard.benchmarks.dataset;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** A data set that models are evaluated on. */
public interface DataSet {
  /** What is known of it without having it. */
  DataSetInfo info();

  /**
   * Its tasks, in its order, all with different ids.
   *
   * @param data a file or folder with it; empty for one that comes with Mallard
   * @param databases a folder with databases of its own, for those that have some
   * @throws dev.mallard.generator.UserException if the files are missing or are something else
   */
  List<Task> tasks(Optional<Path> data, Optional<Path> databases);
}
