package dev.mallard.sandbox.pool;

import dev.mallard.sandbox.Execution;
import dev.mallard.sandbox.GuestLanguage;
import dev.mallard.sandbox.Report;
import dev.mallard.sandbox.Verdict;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The second speed of Python. A program that runs for long in the interpreter is held up there and
 * started once more, in a worker that compiles it to machine code; if that does not end within a
 * moment either, both go on, and the verdict that is there first counts. Short programs never get
 * there, nor do those that run while all processors are taken.
 *
 * <p>Such a worker needs minutes of processor time to become fast, which it takes only from what
 * others leave. It is started when some programs have run for so long that it would have been of
 * use, though not without end, and serves those that come after.
 */
final class SecondSpeed implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(SecondSpeed.class);

  /** Nearly all programs end by themselves within that time. */
  private static final Duration SHORT = Duration.ofMillis(150);

  /** Programs that end after so long would have gained much. */
  private static final Duration LONG = Duration.ofSeconds(1);

  /** So many of them show that there is use for a worker. */
  private static final int ENOUGH = 3;

  /** How long the interpreted run is held up, unless that were much of its time. */
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(2);

  private static final int SHARE_OF_LIMIT = 5;

  /** One such worker to so many others. */
  private static final int SHARE_OF_WORKERS = 4;

  /** What the compiler takes of the heap, in MiB. */
  private static final int COMPILER_MEBIBYTES = 256;

  private final Optional<Roster> workers;
  private final Semaphore turns;
  private final AtomicInteger longPrograms = new AtomicInteger();

  /**
   * Creates it; starts nothing yet.
   *
   * @param turns permits to run a program, of the whole pool
   */
  static SecondSpeed of(PoolOptions options, Semaphore turns) {
    if (!OptimizingRuntime.isAvailable()) {
      return new SecondSpeed(Optional.empty(), turns);
    }
    PoolOptions own = options.withWorkers(Math.max(1, options.workers() / SHARE_OF_WORKERS));
    WorkerCommand command = new WorkerCommand(StartupArchive.in(Optional.empty()));
    return new SecondSpeed(new Roster(own, command, Pace.OPTIMIZING, Pace.OPTIMIZING), turns);
  }

  SecondSpeed(Roster workers, Semaphore turns) {
    this(Optional.of(workers), turns);
  }

  private SecondSpeed(Optional<Roster> workers, Semaphore turns) {
    this.workers = workers;
    this.turns = turns;
  }

  /** The workers that compile a program. */
  static WorkerKind kind(Execution execution) {
    return new WorkerKind(
        GuestLanguage.PYTHON, execution.limits().heapMebibytes() + COMPILER_MEBIBYTES);
  }

  /**
   * Holds a conversation, and overtakes it if it takes long.
   *
   * @return as {@link Conversation#hold}
   */
  Optional<Report> hold(Conversation interpreted, Execution execution) throws InterruptedException {
    if (workers.isEmpty()
        || execution.language() != GuestLanguage.PYTHON
        || !execution.observations().isEmpty()) {
      return interpreted.hold();
    }
    Overtaking overtaking = new Overtaking(workers.get(), interpreted, execution);
    Thread thread = Thread.ofVirtual().name("sandbox-second-speed").start(overtaking);
    try {
      Optional<Report> report = interpreted.hold();
      Optional<Report> verdict = report.filter(SecondSpeed::isFinal);
      verdict.ifPresent(end -> learn(overtaking.kind, end));
      return verdict.or(overtaking::report).or(() -> report);
    } finally {
      overtaking.end(thread);
    }
  }

  /** Starts a worker when there have been enough programs for it. */
  private void learn(WorkerKind kind, Report report) {
    if (report.elapsed().compareTo(LONG) > 0 && longPrograms.incrementAndGet() >= ENOUGH) {
      workers.ifPresent(roster -> roster.startAhead(kind));
    }
  }

  /** Whether no other worker would have come to something else. */
  private static boolean isFinal(Report report) {
    return switch (report.verdict()) {
      case Verdict.TimedOut late -> false;
      case Verdict.OutOfMemory full -> false;
      case Verdict.Crashed crash ->
          !crash.type().equals("SystemError") && !crash.type().equals("RecursionError");
      default -> true;
    };
  }

  /** A program's second run. */
  private final class Overtaking implements Runnable {
    private final Roster roster;
    private final Conversation interpreted;
    private final Execution execution;
    private final WorkerKind kind;

    // Guarded by this.
    private Optional<Conversation> compiled = Optional.empty();
    private Optional<Report> report = Optional.empty();
    private boolean ended;

    Overtaking(Roster roster, Conversation interpreted, Execution execution) {
      this.roster = roster;
      this.interpreted = interpreted;
      this.execution = execution;
      kind = SecondSpeed.kind(execution);
    }

    @Override
    public void run() {
      try {
        Thread.sleep(SHORT);
        if (turns.tryAcquire()) {
          try {
            overtake();
          } finally {
            turns.release();
          }
        }
      } catch (InterruptedException e) {
        LOG.trace("A program has ended before it was overtaken", e);
      } catch (RuntimeException e) {
        LOG.warn("A program could not be run at its second speed", e);
      }
    }

    /** Runs the program, if there is a worker for it. */
    private void overtake() throws InterruptedException {
      Optional<Worker> worker = roster.lendIdle(kind);
      if (worker.isEmpty()) {
        return;
      }
      Conversation conversation = new Conversation(worker.get(), execution);
      boolean usable = true;
      try {
        if (begin(conversation)) {
          usable = false;
          try (Pause _ = interpreted.pause(longestPause())) {
            conversation.hold().filter(SecondSpeed::isFinal).ifPresent(this::finish);
          }
          usable = conversation.workerIsUsable();
        }
      } finally {
        roster.giveBack(worker.get(), usable);
      }
    }

    private Duration longestPause() {
      Duration share = execution.limits().wallClock().dividedBy(SHARE_OF_LIMIT);
      return share.compareTo(LONGEST_PAUSE) < 0 ? share : LONGEST_PAUSE;
    }

    private synchronized boolean begin(Conversation conversation) {
      if (!ended) {
        compiled = Optional.of(conversation);
      }
      return !ended;
    }

    private synchronized void finish(Report result) {
      if (!ended) {
        report = Optional.of(result);
        interpreted.cancel();
      }
    }

    synchronized Optional<Report> report() {
      return report;
    }

    /** The first run is over: this one is of no more use. */
    synchronized void end(Thread thread) {
      ended = true;
      // To interrupt a conversation would cost its worker's life.
      compiled.ifPresentOrElse(Conversation::cancel, thread::interrupt);
    }
  }

  @Override
  public void close() {
    workers.ifPresent(Roster::close);
  }
}
