package dev.mallard.benchmarks.evaluation;

import dev.mallard.benchmarks.dataset.Task;
import java.util.List;
import java.util.concurrent.CompletionService;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;

/**
 * Solves the tasks of a run that have no result yet, several at once: while the sandbox runs the
 * programs of some, the model writes those of others.
 */
public final class Run {
  private final TaskSolver solver;
  private final RunWriter writer;
  private final int atOnce;
  private final EnergyMeter energy;

  /**
   * Prepares it.
   *
   * @param atOnce how many tasks are solved at the same time
   */
  public Run(TaskSolver solver, RunWriter writer, int atOnce, EnergyMeter energy) {
    if (atOnce < 1) {
      throw new IllegalArgumentException("atOnce must be at least 1");
    }
    this.solver = solver;
    this.writer = writer;
    this.atOnce = atOnce;
    this.energy = energy;
  }

  /**
   * Runs it to the end.
   *
   * @param progress told of each new result, one at a time
   * @throws InterruptedException if the calling thread is interrupted: the results so far are there
   */
  public void run(List<Task> tasks, Consumer<TaskResult> progress) throws InterruptedException {
    ExecutorService threads = Executors.newFixedThreadPool(atOnce);
    CompletionService<Void> running = new ExecutorCompletionService<>(threads);
    try {
      int left = 0;
      for (Task task : tasks) {
        if (!writer.has(task.id())) {
          running.submit(() -> {
            solve(task, progress);
            return null;
          });
          left++;
        }
      }
      // Whatever is broken ends the run, and not only its own task.
      for (; left > 0; left--) {
        running.take().get();
      }
    } catch (ExecutionException e) {
      throw unwrapped(e);
    } finally {
      threads.shutdownNow();
      threads.close();
    }
  }

  private void solve(Task task, Consumer<TaskResult> progress) throws InterruptedException {
    TaskResult result;
    try (EnergyMeter.Share share = energy.begin()) {
      result = solver.solve(task);
      result = TaskSolver.withJoules(result, share.joules());
    }
    synchronized (this) {
      writer.add(result);
      progress.accept(result);
    }
  }

  private static RuntimeException unwrapped(ExecutionException e) throws InterruptedException {
    return switch (e.getCause()) {
      case RuntimeException cause -> cause;
      case Error error -> throw error;
      case InterruptedException _ -> throw new InterruptedException();
      case null, default -> new IllegalStateException(e);
    };
  }
}
