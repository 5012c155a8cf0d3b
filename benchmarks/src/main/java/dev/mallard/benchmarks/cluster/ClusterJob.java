package dev.mallard.benchmarks.cluster;

import dev.mallard.benchmarks.dataset.Task;
import dev.mallard.benchmarks.evaluation.RunConfig;
import dev.mallard.generator.UserException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import tools.jackson.core.JacksonException;

/**
 * A run that a cluster is to do; a file of JSON.
 *
 * @param config of the run. Its {@code model} may be blank, and its {@code modelHash} empty then:
 *     the machine that starts the run needs no model, and the first executor says what its is
 * @param model how executors open it
 * @param tasks those of the configuration, in its order
 */
public record ClusterJob(RunConfig config, ModelSource model, List<Task> tasks) {
  public ClusterJob {
    tasks = List.copyOf(tasks);
    if (!config.ids().equals(tasks.stream().map(Task::id).toList())) {
      throw new IllegalArgumentException("the tasks are not those of the configuration");
    }
  }

  /**
   * Writes the file.
   *
   * @throws UserException if that is not possible
   */
  public void write(Path file) {
    try {
      Files.writeString(file, TaskCodec.MAPPER.writeValueAsString(this) + "\n");
    } catch (IOException e) {
      throw new UserException("%s cannot be written: %s.".formatted(file, e.getMessage()), e);
    }
  }

  /**
   * Reads the file.
   *
   * @throws UserException if it cannot be read, or is no such file
   */
  public static ClusterJob read(Path file) {
    try {
      return TaskCodec.MAPPER.readValue(Files.readAllBytes(file), ClusterJob.class);
    } catch (IOException e) {
      throw new UserException("%s cannot be read: %s.".formatted(file, e.getMessage()), e);
    } catch (JacksonException e) {
      throw new UserException(
          "%s is no job for a cluster: %s."
              .formatted(file, e.getOriginalMessage().lines().findFirst().orElse("")),
          e);
    }
  }
}
