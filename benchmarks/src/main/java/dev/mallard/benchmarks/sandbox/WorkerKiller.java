package dev.mallard.benchmarks.sandbox;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Destroys a random worker process now and then. */
final class WorkerKiller implements AutoCloseable {
  private final Random random;
  private final Duration pause;
  private final List<Long> kills = new ArrayList<>();
  private final Thread thread;
  private boolean closed;

  /**
   * Starts to kill.
   *
   * @param pause how long from one to the next, on average
   */
  WorkerKiller(Duration pause, long seed) {
    this.pause = pause;
    random = new Random(seed);
    thread = Thread.ofPlatform().daemon().name("worker-killer").start(this::run);
  }

  private void run() {
    try {
      while (true) {
        Thread.sleep(
            pause.dividedBy(2).plus(pause.multipliedBy(random.nextInt(100)).dividedBy(100)));
        List<ProcessHandle> workers = Descendants.all();
        if (!workers.isEmpty()) {
          kill(workers.get(random.nextInt(workers.size())));
        }
      }
    } catch (InterruptedException e) {
      // Closed.
    }
  }

  private synchronized void kill(ProcessHandle worker) {
    if (!closed && worker.destroyForcibly()) {
      kills.add(System.nanoTime());
    }
  }

  synchronized int kills() {
    return kills.size();
  }

  /** How many it has killed since a time of {@link System#nanoTime}. */
  synchronized int killsSince(long start) {
    return (int) kills.stream().filter(time -> time - start >= 0).count();
  }

  @Override
  public synchronized void close() {
    closed = true;
    thread.interrupt();
  }
}
