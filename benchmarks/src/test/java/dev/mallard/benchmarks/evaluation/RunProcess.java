package dev.mallard.benchmarks.evaluation;

import dev.mallard.benchmarks.dataset.Task;
import java.nio.file.Path;
import java.util.List;

/** A process that runs tasks, which take some milliseconds each, into a folder; to be killed. */
final class RunProcess {
  static final int TASKS = 200;

  private RunProcess() {}

  public static void main(String[] arguments) throws InterruptedException {
    List<Task> tasks = Runs.tasks(TASKS);
    try (RunWriter writer = RunWriter.open(Path.of(arguments[0]), Runs.config(tasks))) {
      new Run(
              task -> {
                Thread.sleep(10);
                return Runs.result(task);
              },
              writer,
              4,
              new EnergyMeter())
          .run(tasks, result -> System.out.println(result.id()));
    }
  }
}
