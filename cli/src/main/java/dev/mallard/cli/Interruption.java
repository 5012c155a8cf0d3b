package dev.mallard.cli;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.LoggerFactory;

/**
 * What happens on Ctrl-C: the thread that works is interrupted and has a moment to end in order; if
 * it does not, because it is inside a native call, what would outlive the process is closed for it.
 * The JVM then ends with the signal's exit code.
 */
final class Interruption {
  private static final long ORDERLY_MILLIS = 400;
  private static final long CLOSING_MILLIS = 400;

  private final Thread worker;
  private final CountDownLatch finished = new CountDownLatch(1);
  private final Queue<AutoCloseable> resources = new ConcurrentLinkedQueue<>();

  private Interruption(Thread worker) {
    this.worker = worker;
  }

  /** Watches for the end of the process while a thread works. */
  static Interruption watch(Thread worker) {
    Interruption interruption = new Interruption(worker);
    Runtime.getRuntime().addShutdownHook(new Thread(interruption::end, "interruption"));
    return interruption;
  }

  /** Has a resource closed when the process ends early; its {@code close} is idempotent. */
  <T extends AutoCloseable> T closing(T resource) {
    resources.add(resource);
    return resource;
  }

  /** The work is done, and so is its cleaning up. */
  void finished() {
    finished.countDown();
  }

  private void end() {
    try {
      if (finished.getCount() == 0) {
        return;
      }
      worker.interrupt();
      if (finished.await(ORDERLY_MILLIS, TimeUnit.MILLISECONDS)) {
        return;
      }
      Thread closer = Thread.ofPlatform().daemon().start(this::closeAll);
      closer.join(CLOSING_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void closeAll() {
    for (AutoCloseable resource : resources) {
      try {
        resource.close();
      } catch (Exception e) {
        LoggerFactory.getLogger(Interruption.class).warn("closing at the end", e);
      }
    }
  }
}
