package dev.mallard.benchmarks.evaluation;

import dev.mallard.benchmarks.dataset.Task;
import java.util.OptionalDouble;

/** Has a model solve tasks. May be used by several threads. */
public interface TaskSolver {
  /**
   * Solves a task, or fails to.
   *
   * @return what came of it, without joules
   * @throws dev.mallard.sandbox.SandboxException if the sandbox is broken
   * @throws InterruptedException if the calling thread is interrupted
   */
  TaskResult solve(Task task) throws InterruptedException;

  /** A result with the energy that it took. */
  static TaskResult withJoules(TaskResult result, OptionalDouble joules) {
    return new TaskResult(
        result.id(),
        result.level(),
        result.samples(),
        result.passedAfterTurn(),
        result.chosen(),
        result.visiblePassed(),
        result.hasHiddenTests(),
        result.promptTokens(),
        result.completionTokens(),
        result.seconds(),
        joules,
        result.failure());
  }
}
