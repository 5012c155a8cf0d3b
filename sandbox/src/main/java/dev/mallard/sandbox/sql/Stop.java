package dev.mallard.sandbox.sql;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Whether what runs on a database is to end, and why. Any thread may ask for it. */
final class Stop {
  /** Why a run is stopped. */
  enum Reason {
    /** The wall-clock limit, or as many steps as no machine makes in that time. */
    TIME,
    /** The memory limit. */
    MEMORY
  }

  private final AtomicReference<@Nullable Reason> reason = new AtomicReference<>();
  private final AtomicReference<@Nullable Database> running = new AtomicReference<>();
  private final AtomicLong stepsLeft;

  Stop(long steps) {
    stepsLeft = new AtomicLong(steps);
  }

  /** From now on this database is interrupted when the run is to end. */
  void watches(Database database) {
    running.set(database);
  }

  /** Asks for the end. The first reason counts. */
  void request(Reason why) {
    reason.compareAndSet(null, why);
    Database database = running.get();
    if (database != null) {
      database.interrupt();
    }
  }

  /**
   * The database is about to make some more steps.
   *
   * @return whether it may
   */
  boolean mayGoOn(int steps) {
    if (stepsLeft.addAndGet(-steps) < 0) {
      reason.compareAndSet(null, Reason.TIME);
    }
    return reason.get() == null;
  }

  Optional<Reason> reason() {
    return Optional.ofNullable(reason.get());
  }
}
