package dev.mallard.cli;

import dev.mallard.benchmarks.dataset.DataSet;
import dev.mallard.benchmarks.dataset.DataSetInfo;
import dev.mallard.benchmarks.dataset.DataSetStore;
import dev.mallard.benchmarks.dataset.DataSets;
import dev.mallard.benchmarks.dataset.EmbeddedDataSet;
import dev.mallard.benchmarks.dataset.Task;
import dev.mallard.benchmarks.dataset.TaskFile;
import dev.mallard.benchmarks.dataset.TaskSelection;
import dev.mallard.generator.UserException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The options that choose tasks. */
final class BenchDataOptions {
  static final DataSets SETS = new DataSets(List.of(new EmbeddedDataSet()));

  @Parameters(
      arity = "0..1",
      paramLabel = "NAME",
      description =
          "A data set, see 'mallard bench list', or a JSONL file of your own tasks; by default"
              + " Mallard's own.")
  private String name = "mallard";

  @Option(
      names = "--data",
      paramLabel = "PATH",
      showDefaultValue = CommandLine.Help.Visibility.NEVER,
      description = "The data set's file or folder; by default what 'mallard bench fetch' got.")
  private Optional<Path> data = Optional.empty();

  @Option(
      names = "--databases",
      paramLabel = "DIR",
      showDefaultValue = CommandLine.Help.Visibility.NEVER,
      description = "Spider's databases, DIR/NAME/NAME.sqlite; by default rows are made up.")
  private Optional<Path> databases = Optional.empty();

  @Option(
      names = "--limit",
      paramLabel = "N",
      showDefaultValue = CommandLine.Help.Visibility.NEVER,
      description = "So many tasks, spread evenly over the data set; by default all.")
  private Optional<Integer> limit = Optional.empty();

  @Option(
      names = "--ids",
      paramLabel = "ID",
      split = ",",
      showDefaultValue = CommandLine.Help.Visibility.NEVER,
      description = "Only these tasks; * stands for anything, as in 'java/*'.")
  private List<String> ids = List.of();

  /** What the data set is called in records. */
  String name() {
    return isFile() ? Path.of(name).getFileName().toString() : name;
  }

  private boolean isFile() {
    return name.endsWith(".jsonl");
  }

  /**
   * The tasks that are wanted.
   *
   * @param cache where fetched data sets are
   * @throws UserException if they are not there
   */
  List<Task> tasks(Options options, Path cache) {
    if (limit.isPresent()) {
      options.within("--limit", limit.get(), 1, Integer.MAX_VALUE);
    }
    List<Task> all = isFile() ? TaskFile.read(Path.of(name)) : tasks(SETS.named(name), cache);
    return TaskSelection.spread(
        TaskSelection.named(all, ids), limit.map(OptionalInt::of).orElse(OptionalInt.empty()));
  }

  private List<Task> tasks(DataSet set, Path cache) {
    DataSetInfo info = set.info();
    Optional<Path> place = data.or(() -> new DataSetStore(cache).find(info));
    if (place.isEmpty() && !info.name().equals("mallard")) {
      throw new UserException(
          info.files().isEmpty()
              ? "%s is not here: get it from %s and name it with --data."
                  .formatted(info.name(), info.source())
              : "%s is not here: get it with 'mallard bench fetch %s', or name it with --data."
                  .formatted(info.name(), info.name()));
    }
    place
        .filter(path -> !Files.exists(path))
        .ifPresent(path -> {
          throw new UserException("There is no file or folder %s.".formatted(path));
        });
    return set.tasks(place, databases);
  }
}
