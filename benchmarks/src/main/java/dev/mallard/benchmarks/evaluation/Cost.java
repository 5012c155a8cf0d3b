package dev.mallard.benchmarks.evaluation;

import java.util.List;
import java.util.OptionalDouble;
import java.util.function.ToDoubleFunction;

/**
 * What a task took in the mean.
 *
 * @param promptTokens that the model has read
 * @param completionTokens that it has written
 * @param seconds from a task's begin to its end
 * @param joules of the GPU; empty unless all tasks have them
 */
public record Cost(
    double promptTokens, double completionTokens, double seconds, OptionalDouble joules) {

  static Cost of(List<TaskResult> results) {
    boolean measured = results.stream().allMatch(result -> result.joules().isPresent());
    return new Cost(
        mean(results, TaskResult::promptTokens),
        mean(results, TaskResult::completionTokens),
        mean(results, TaskResult::seconds),
        measured
            ? OptionalDouble.of(mean(results, result -> result.joules().orElseThrow()))
            : OptionalDouble.empty());
  }

  private static double mean(List<TaskResult> results, ToDoubleFunction<TaskResult> value) {
    return results.stream().mapToDouble(value).average().orElse(0);
  }

  /** Read and written. */
  public double tokens() {
    return promptTokens + completionTokens;
  }
}
