package dev.mallard.sandbox.sql;

import dev.mallard.sandbox.Limits;
import java.sql.SQLException;
import java.util.Optional;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Makes databases, one of them ahead, and watches what they take. Used by one thread. */
final class Databases implements AutoCloseable {
  /** More steps of its virtual machine than SQLite makes in a second. */
  private static final long STEPS_PER_SECOND = 1_000_000_000;

  private static final int MILLISECONDS_BETWEEN_LOOKS = 5;

  private final ScheduledThreadPoolExecutor memoryWatch =
      new ScheduledThreadPoolExecutor(
          1, Thread.ofPlatform().daemon().name("sql-memory-", 0).factory());
  private Optional<Database> spare = Optional.empty();

  Databases() {
    memoryWatch.setRemoveOnCancelPolicy(true);
  }

  /** What stops a run with these limits. */
  static Stop stop(Limits limits) {
    long milliseconds = Math.min(limits.wallClock().toMillis() + 1, TimeUnit.DAYS.toMillis(1));
    return new Stop(milliseconds * (STEPS_PER_SECOND / 1_000));
  }

  /** Most bytes of heap that the rows of one query may take. */
  static long mostBytes(Limits limits) {
    return ((long) limits.heapMebibytes() << 20) / 4;
  }

  /** Makes a database ahead; says whether there was none. */
  boolean prepare() {
    if (spare.isPresent()) {
      return false;
    }
    try {
      spare = Optional.of(Database.open());
    } catch (SQLException e) {
      throw new IllegalStateException("an empty database can be made", e);
    }
    return true;
  }

  /** An empty database. */
  Database take(Limits limits, Stop stop) throws SQLException {
    prepare();
    Database database = spare.orElseThrow();
    spare = Optional.empty();
    database.bound(limits, stop);
    return database;
  }

  /** A watch over the memory of this process, until it is closed. */
  interface MemoryWatch extends AutoCloseable {
    @Override
    void close();
  }

  /** From now on the run is stopped when the process has taken more memory than it may. */
  MemoryWatch watchMemory(Limits limits, Stop stop) {
    long most = NativeMemory.used() + ((long) limits.heapMebibytes() << 20);
    ScheduledFuture<?> looks =
        memoryWatch.scheduleWithFixedDelay(
            () -> {
              if (NativeMemory.used() > most) {
                stop.request(Stop.Reason.MEMORY);
              }
            },
            MILLISECONDS_BETWEEN_LOOKS,
            MILLISECONDS_BETWEEN_LOOKS,
            TimeUnit.MILLISECONDS);
    return () -> looks.cancel(false);
  }

  @Override
  public void close() {
    memoryWatch.shutdownNow();
    spare.ifPresent(Database::close);
    spare = Optional.empty();
  }
}
