package dev.mallard.sandbox.pool;

import dev.mallard.sandbox.SandboxException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The supervisor: knows all workers and what state they are in, lends them out, and replaces those
 * that have died, are worn out or bloated.
 */
final class Roster implements Worker.Listener {
  private static final Logger LOG = LoggerFactory.getLogger(Roster.class);

  /** How long a worker may take until it is ready. */
  private static final Duration LONGEST_START = Duration.ofMinutes(3);

  /** Workers of a kind that end before they are ready, one after the other, are no accident. */
  private static final int MOST_FAILURES = 3;

  /** How many times as many workers as may run at once are kept, over all kinds. */
  private static final int KINDS = 4;

  private final PoolOptions options;
  private final WorkerCommand command;
  private final Pace first;
  private final Pace others;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();

  // Guarded by the lock.
  private final Map<WorkerKind, Crew> crews = new HashMap<>();
  private boolean closed;
  private long uses;

  /**
   * A roster without workers.
   *
   * @param first the pace of a kind's first worker, which is wanted at once
   * @param others that of the others, which are wanted because there is much to do
   */
  Roster(PoolOptions options, WorkerCommand command, Pace first, Pace others) {
    this.options = options;
    this.command = command;
    this.first = first;
    this.others = others;
  }

  /** Starts a worker; others follow when it has run a program, so as not to slow that down. */
  void startAhead(WorkerKind kind) {
    lock.lock();
    try {
      fill(kind, 1);
    } finally {
      lock.unlock();
    }
  }

  /**
   * Lends a worker, as soon as there is one.
   *
   * @return a worker that takes a request; empty if none can start in so small a heap
   * @throws SandboxException if workers do not start, or the pool is closed
   */
  Optional<Worker> lend(WorkerKind kind) throws InterruptedException {
    long left = LONGEST_START.toNanos();
    lock.lockInterruptibly();
    try {
      while (true) {
        if (closed) {
          throw new SandboxException("The sandbox is closed", null);
        }
        Crew crew = crew(kind);
        crew.lastUse = ++uses;
        Optional<Worker> worker = crew.lend();
        if (worker.isPresent()) {
          return worker;
        }
        if (crew.tooSmall) {
          crews.remove(kind);
          return Optional.empty();
        }
        if (crew.failures >= MOST_FAILURES || left <= 0) {
          crews.remove(kind);
          throw new SandboxException(
              "The sandbox's worker process does not start: "
                  + (crew.complaint.isEmpty() ? "no answer" : crew.complaint),
              null);
        }
        // One for each who waits; the others start when one of these has run its program.
        fill(kind, crew.busy.size() + 1);
        left = changed.awaitNanos(left);
      }
    } finally {
      lock.unlock();
    }
  }

  /** Lends a worker if one is ready and has nothing to do. */
  Optional<Worker> lendIdle(WorkerKind kind) {
    lock.lock();
    try {
      Crew crew = crew(kind);
      crew.lastUse = ++uses;
      return crew.lend();
    } finally {
      lock.unlock();
    }
  }

  /** Takes a worker back; one that is of no more use is ended, and another takes its place. */
  void giveBack(Worker worker, boolean usable) {
    worker.rest();
    boolean sound = usable && worker.programs() < options.programsPerWorker();
    if (sound && ProcessMemory.isBloated(worker)) {
      LOG.info("Worker {} has grown too large and is replaced", worker.processId());
      sound = false;
    }
    boolean keep = false;
    lock.lock();
    try {
      Crew crew = crew(worker.kind());
      keep = sound && !closed && !crew.isRetiring(worker) && worker.isAlive();
      crew.remove(worker);
      if (closed) {
        return;
      }
      if (keep) {
        crew.idle.add(worker);
        if (crew.wantsSuccessorOf(worker)) {
          crew.prepare(start(worker.kind(), Pace.LASTING));
        }
      }
      fill(worker.kind(), options.workers());
      changed.signalAll();
    } finally {
      lock.unlock();
      if (!keep) {
        worker.kill();
      }
    }
  }

  @Override
  public void ready(Worker worker) {
    lock.lock();
    try {
      Crew crew = crew(worker.kind());
      if (crew.isSuccessor(worker)) {
        crew.admit(worker).ifPresent(Worker::kill);
        changed.signalAll();
      } else if (crew.starting.remove(worker)) {
        command.archive().workerIsReady();
        crew.failures = 0;
        crew.idle.add(worker);
        changed.signalAll();
      }
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void ended(Worker worker) {
    boolean tooSmall = endedForLackOfMemory(worker);
    lock.lock();
    try {
      Crew crew = crews.get(worker.kind());
      if (crew == null || closed) {
        return;
      }
      if (crew.isSuccessor(worker)) {
        crew.loseSuccessor();
      } else if (crew.starting.remove(worker)) {
        if (!tooSmall) {
          command.archive().distrust();
        }
        crew.failures++;
        crew.tooSmall = tooSmall;
        crew.complaint = worker.complaint();
      } else if (crew.idle.remove(worker)) {
        LOG.warn("Worker {} has died while it was idle, and is replaced", worker.processId());
        fill(worker.kind(), options.workers());
      }
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private static boolean endedForLackOfMemory(Worker worker) {
    try {
      return worker.ranOutOfMemory();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private Crew crew(WorkerKind kind) {
    return crews.computeIfAbsent(kind, wanted -> new Crew());
  }

  /** Starts workers until there are so many; first ends those of kinds that are not used. */
  private void fill(WorkerKind kind, int wanted) {
    Crew crew = crew(kind);
    int most = Math.min(wanted, options.workers());
    while (!closed && crew.size() < most && crew.failures < MOST_FAILURES && !crew.tooSmall) {
      makeRoom(kind);
      crew.starting.add(start(kind, crew.size() == 0 ? first : others));
    }
  }

  private Worker start(WorkerKind kind, Pace pace) {
    return Worker.start(kind, pace, command.of(kind, pace), this);
  }

  private void makeRoom(WorkerKind kind) {
    int all = crews.values().stream().mapToInt(Crew::size).sum();
    if (all < KINDS * options.workers()) {
      return;
    }
    crews.entrySet().stream()
        .filter(entry -> !entry.getKey().equals(kind))
        .filter(entry -> entry.getValue().busy.isEmpty())
        .min((one, other) -> Long.compare(one.getValue().lastUse, other.getValue().lastUse))
        .ifPresent(entry -> {
          crews.remove(entry.getKey());
          entry.getValue().endAll();
        });
  }

  boolean isClosed() {
    lock.lock();
    try {
      return closed;
    } finally {
      lock.unlock();
    }
  }

  /** Ends all workers, and whoever waits for one. Idempotent. */
  void close() {
    lock.lock();
    try {
      closed = true;
      crews.values().forEach(Crew::endAll);
      crews.clear();
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
