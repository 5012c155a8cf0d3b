package dev.mallard.benchmarks.evaluation;

import dev.mallard.benchmarks.dataset.Task;
import dev.mallard.benchmarks.dataset.Task.ProgramTask;
import dev.mallard.generator.problem.Language;
import dev.mallard.generator.problem.Problem;
import dev.mallard.sandbox.TestSuite;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.IntStream;

/** Tasks, configurations and results of tests. */
final class Runs {
  private Runs() {}

  static List<Task> tasks(int number) {
    return IntStream.range(0, number)
        .<Task>mapToObj(i ->
            new ProgramTask(
                "task/" + i,
                new Problem(
                    "Task " + i,
                    "",
                    Optional.empty(),
                    Language.PYTHON,
                    TestSuite.EMPTY,
                    TestSuite.EMPTY),
                Optional.empty(),
                "easy"))
        .toList();
  }

  static RunConfig config(List<Task> tasks) {
    return config(tasks, 1, "1/1");
  }

  static RunConfig config(List<Task> tasks, int samples, String shard) {
    return new RunConfig(
        RunConfig.VERSION,
        "test",
        "some",
        "0123",
        tasks.stream().map(Task::id).toList(),
        "a script",
        Optional.of("hash"),
        Optional.empty(),
        samples,
        1,
        1,
        256,
        0.8,
        7,
        List.of(),
        "off",
        10,
        256,
        shard);
  }

  /** A result that depends on the task alone. */
  static TaskResult result(Task task) {
    boolean passed = task.id().hashCode() % 3 == 0;
    return new TaskResult(
        task.id(),
        "easy",
        List.of(
            new SampleResult(
                1,
                0,
                "print('duck \ud83e\udd86')\n",
                Optional.empty(),
                Optional.of(passed ? TaskVerdict.PASSED : TaskVerdict.FAILED),
                12)),
        List.of(passed),
        Optional.of(passed ? TaskVerdict.PASSED : TaskVerdict.FAILED),
        false,
        true,
        100,
        12,
        0.5,
        OptionalDouble.empty(),
        Optional.empty());
  }
}
