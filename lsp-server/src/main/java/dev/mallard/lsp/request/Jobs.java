package dev.mallard.lsp.request;

import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Runs what takes time in threads of its own, so that what does not take time never waits for it.
 * Cancelling a job's future interrupts the job.
 */
final class Jobs implements AutoCloseable {
  private final ExecutorService threads =
      Executors.newCachedThreadPool(
          task -> Thread.ofPlatform().name("job-", 0).daemon().unstarted(task));
  private final ScheduledExecutorService clock =
      Executors.newSingleThreadScheduledExecutor(
          task -> Thread.ofPlatform().name("clock").daemon().unstarted(task));

  /** What a job does; it is told of the job, which it may end early. */
  @FunctionalInterface
  interface Task<T> {
    T run(Job<T> job) throws Exception;
  }

  /** Starts a job. */
  <T> Job<T> start(Callable<T> task) {
    return startKnowing(_ -> task.call());
  }

  /** Starts a job that knows of itself. */
  <T> Job<T> startKnowing(Task<T> task) {
    Job<T> job = new Job<>();
    try {
      job.runsAs(threads.submit(() -> job.run(task)));
    } catch (RejectedExecutionException e) {
      job.cancel(true);
    }
    return job;
  }

  /** Starts a job in a while. */
  void startIn(long millis, Runnable task) {
    try {
      var _ = clock.schedule(() -> threads.execute(task), millis, TimeUnit.MILLISECONDS);
    } catch (RejectedExecutionException e) {
      // The server ends.
    }
  }

  /** Stops all of them. */
  @Override
  public void close() {
    clock.shutdownNow();
    threads.shutdownNow();
  }

  /** What comes of a job. */
  static final class Job<T> extends CompletableFuture<T> {
    private Optional<Future<?>> running = Optional.empty();

    private synchronized void runsAs(Future<?> future) {
      running = Optional.of(future);
      if (isCompletedExceptionally()) {
        future.cancel(true);
      }
    }

    private void run(Task<T> task) {
      try {
        complete(task.run(this));
      } catch (InterruptedException e) {
        super.cancel(true);
      } catch (Throwable e) {
        completeExceptionally(e);
      }
    }

    @Override
    public boolean cancel(boolean mayInterrupt) {
      boolean cancelled = super.cancel(mayInterrupt);
      interrupt();
      return cancelled;
    }

    /** Ends the job with what is to be told to who waits for it; false if it had ended. */
    boolean cancelBecause(Exception reason) {
      boolean cancelled = completeExceptionally(reason);
      interrupt();
      return cancelled;
    }

    private synchronized void interrupt() {
      running.ifPresent(future -> future.cancel(true));
    }
  }
}
