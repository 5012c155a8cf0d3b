package dev.mallard.benchmarks.spark;

import dev.mallard.generator.UserException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the driver is told.
 *
 * @param job file of the job
 * @param folder of the run
 * @param master address of the cluster
 * @param settings of Spark
 */
record SubmitOptions(Path job, Path folder, String master, Map<String, String> settings) {
  static final String USAGE =
      "The driver takes a job file, the run's folder, --master URL, and any number of --conf"
          + " name=value.";

  /**
   * Reads the arguments.
   *
   * @throws UserException if they are not as {@link #USAGE} says
   */
  static SubmitOptions parse(String... arguments) {
    List<String> files = new ArrayList<>();
    Optional<String> master = Optional.empty();
    Map<String, String> settings = new LinkedHashMap<>();
    for (int i = 0; i < arguments.length; i++) {
      boolean option = arguments[i].startsWith("--");
      if (option && i + 1 == arguments.length) {
        throw new UserException("%s lacks its value. %s".formatted(arguments[i], USAGE));
      }
      switch (arguments[i]) {
        case "--master" -> master = Optional.of(arguments[++i]);
        case "--conf" -> {
          String setting = arguments[++i];
          int equals = setting.indexOf('=');
          if (equals < 1) {
            throw new UserException(
                "--conf takes name=value, such as spark.executor.cores=4, and not \"%s\"."
                    .formatted(setting));
          }
          settings.put(setting.substring(0, equals), setting.substring(equals + 1));
        }
        default -> {
          if (option) {
            throw new UserException("There is no option %s. %s".formatted(arguments[i], USAGE));
          }
          files.add(arguments[i]);
        }
      }
    }
    if (files.size() != 2 || master.isEmpty()) {
      throw new UserException(USAGE);
    }
    return new SubmitOptions(
        Path.of(files.getFirst()), Path.of(files.getLast()), master.get(), settings);
  }
}
