package dev.mallard.benchmarks.spark;

import dev.mallard.benchmarks.dataset.Task;
import dev.mallard.benchmarks.dataset.Task.ProgramTask;
import dev.mallard.benchmarks.dataset.TaskSelection;
import dev.mallard.benchmarks.evaluation.RunConfig;
import dev.mallard.benchmarks.evaluation.TaskResult;
import dev.mallard.generator.problem.Language;
import dev.mallard.generator.problem.Problem;
import dev.mallard.sandbox.TestSuite;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.IntStream;

/** Tasks that {@link ScriptedModel} solves, or does not, and a run of them. */
final class Sums {
  private Sums() {}

  static List<Task> tasks(int number) {
    return IntStream.rangeClosed(1, number).mapToObj(Sums::task).toList();
  }

  private static Task task(int number) {
    Problem problem =
        new Problem(
            "Sum " + number,
            "Write f(x), which adds the number %d to x.".formatted(number),
            Optional.of("def f(x):"),
            Language.PYTHON,
            TestSuite.asserts("assert f(1) == %d".formatted(1 + number)),
            TestSuite.asserts("assert f(-3) == %d".formatted(number - 3)));
    return new ProgramTask("sum/" + number, problem, Optional.empty(), "");
  }

  static RunConfig config(List<Task> tasks, String model, Optional<String> modelHash) {
    return new RunConfig(
        RunConfig.VERSION,
        "test",
        "sums",
        TaskSelection.digest(tasks),
        tasks.stream().map(Task::id).toList(),
        model,
        modelHash,
        Optional.empty(),
        2,
        1,
        2,
        128,
        0.8,
        7,
        List.of("unit-test"),
        "off",
        10,
        256,
        "1/1");
  }

  /** Results as they are but for their order and what clocks say. */
  static List<TaskResult> comparable(List<TaskResult> results) {
    return results.stream()
        .map(result ->
            new TaskResult(
                result.id(),
                result.level(),
                result.samples(),
                result.passedAfterTurn(),
                result.chosen(),
                result.visiblePassed(),
                result.hasHiddenTests(),
                result.promptTokens(),
                result.completionTokens(),
                0,
                OptionalDouble.empty(),
                result.failure()))
        .sorted(Comparator.comparing(TaskResult::id))
        .toList();
  }
}
