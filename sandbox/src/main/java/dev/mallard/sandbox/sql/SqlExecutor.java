package dev.mallard.sandbox.sql;

import dev.mallard.sandbox.Execution;
import dev.mallard.sandbox.Limits;
import dev.mallard.sandbox.MalformedTestsException;
import dev.mallard.sandbox.TestSuite;
import dev.mallard.sandbox.Verdict;
import dev.mallard.sandbox.Verdict.Malformed;
import dev.mallard.sandbox.Verdict.TimedOut;
import dev.mallard.sandbox.executor.ExecutionListener;
import dev.mallard.sandbox.executor.Executor;
import dev.mallard.sandbox.executor.Watchdog;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Runs queries on SQLite. The program is one query; its tests are databases and the rows that it
 * must give on each.
 *
 * <p>SQLite works in this process's native memory and is not confined by anything but itself: what
 * it may do is restricted statement by statement. Before this class is loaded the system property
 * {@code org.sqlite.tmpdir} should name a directory that is deleted with the process: the driver
 * unpacks its native library there.
 */
public final class SqlExecutor implements Executor {
  /**
   * SQLite goes deep into views upon views, half a kibibyte each; it takes what it uses of this.
   */
  private static final long STACK_BYTES = 256L << 20;

  private final Watchdog watchdog;
  private final Limits checkLimits;
  private final Databases databases = new Databases();
  private TestSuite inOrder = TestSuite.EMPTY;
  private final ExecutorService thread =
      Executors.newSingleThreadExecutor(
          Thread.ofPlatform().daemon().name("sql-", 0).stackSize(STACK_BYTES).factory());

  /**
   * Starts without a database.
   *
   * @param watchdog ends queries that run too long
   */
  public SqlExecutor(Watchdog watchdog) {
    this(watchdog, Limits.DEFAULT);
  }

  /**
   * Starts without a database.
   *
   * @param checkLimits what a test suite may use while it is checked
   */
  SqlExecutor(Watchdog watchdog, Limits checkLimits) {
    this.watchdog = watchdog;
    this.checkLimits = checkLimits;
  }

  @Override
  public boolean prepare() {
    onThread(databases::prepare);
    return false;
  }

  @Override
  public Optional<Malformed> check(TestSuite tests) {
    // Where SQLite does not stop, the sandbox ends this process when it has waited long enough.
    return onThread(() -> problem(tests, checkLimits, () -> {}));
  }

  @Override
  public void execute(Execution execution, ExecutionListener listener) {
    onThread(() -> {
      Limits limits = execution.limits();
      Verdict timedOut = new TimedOut(limits.wallClock(), Optional.empty(), 0);
      Runnable giveUp = () -> listener.abandoned(timedOut, limits.wallClock());
      Optional<Malformed> problem = problem(execution.tests(), limits, giveUp);
      if (problem.isPresent()) {
        throw new MalformedTestsException(problem.get());
      }
      new SqlRun(execution, listener, databases).run(watchdog);
      return true;
    });
  }

  /** Many programs are often tested by one suite in a row: it is checked once. */
  private Optional<Malformed> problem(TestSuite tests, Limits limits, Runnable giveUp) {
    if (tests.equals(inOrder)) {
      return Optional.empty();
    }
    Optional<Malformed> problem =
        new SuiteCheck(databases, limits).problem(tests, watchdog, giveUp);
    if (problem.isEmpty()) {
      inOrder = tests;
    }
    return problem;
  }

  private <T> T onThread(Callable<T> work) {
    Future<T> future = thread.submit(work);
    boolean interrupted = false;
    try {
      while (true) {
        try {
          return future.get();
        } catch (InterruptedException e) {
          interrupted = true; // Nothing of the program may run on when this returns.
        } catch (ExecutionException e) {
          switch (e.getCause()) {
            case Error error -> throw error;
            case RuntimeException exception -> throw exception;
            case null, default -> throw new IllegalStateException(e);
          }
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  @Override
  public void close() {
    thread.close();
    databases.close();
  }
}
