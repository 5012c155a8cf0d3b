package dev.mallard.sandbox.executor;

import java.time.Duration;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;

/**
 * Ends what runs longer than it may: asks first, and gives up on it where asking does not help
 * within a moment.
 */
public final class Watchdog {
  /** How long a cancelled program may take to notice. */
  public static final Duration GRACE = Duration.ofMillis(500);

  private final ScheduledThreadPoolExecutor timer;

  public Watchdog() {
    // Two threads, because cancelling blocks until the program has noticed.
    timer =
        new ScheduledThreadPoolExecutor(
            2, Thread.ofPlatform().daemon().name("watchdog-", 0).factory());
    timer.setRemoveOnCancelPolicy(true);
    timer.prestartAllCoreThreads();
  }

  /**
   * Begins to watch.
   *
   * @param limit how long from now
   * @param cancel asks for the end
   * @param giveUp runs {@link #GRACE} later if the watch has not been closed by then; it ends the
   *     process
   */
  public Watch watch(Duration limit, Runnable cancel, Runnable giveUp) {
    return new Watch(limit, cancel, giveUp);
  }

  /** One limit on one piece of work, until it is closed. */
  public final class Watch implements AutoCloseable {
    private final ScheduledFuture<?> cancelling;
    private final ScheduledFuture<?> givingUp;
    private final AtomicBoolean settled = new AtomicBoolean();
    private volatile boolean expired;

    private Watch(Duration limit, Runnable cancel, Runnable giveUp) {
      givingUp =
          timer.schedule(
              () -> {
                if (settled.compareAndSet(false, true)) {
                  giveUp.run();
                }
              },
              limit.plus(GRACE).toNanos(),
              TimeUnit.NANOSECONDS);
      cancelling =
          timer.schedule(
              () -> {
                expired = true;
                cancel.run();
              },
              limit.toNanos(),
              TimeUnit.NANOSECONDS);
    }

    /** Whether the limit has passed. */
    public boolean expired() {
      return expired;
    }

    /** Ends the watch; does not return if the work has been given up on. */
    @Override
    public void close() {
      while (!settled.compareAndSet(false, true)) {
        LockSupport.park(this); // The last word has been said; the process is about to end.
      }
      cancelling.cancel(false);
      givingUp.cancel(false);
    }
  }
}
