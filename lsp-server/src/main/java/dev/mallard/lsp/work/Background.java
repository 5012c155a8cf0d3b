package dev.mallard.lsp.work;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Does something in a thread that gives way to others. On Linux a thread has a niceness of its own,
 * which the threads that it starts inherit, so that a model that is opened here computes behind
 * whatever answers the user. Elsewhere it is a thread like any other.
 */
final class Background {
  private static final Logger LOG = LoggerFactory.getLogger(Background.class);

  /** The most there is: the smallest share of a busy processor, all of an idle one. */
  private static final int NICENESS = 19;

  /** {@code PRIO_PROCESS} of {@code setpriority(2)}; with 0, it is about the calling thread. */
  private static final int CALLING_THREAD = 0;

  private Background() {}

  /**
   * Does it, and waits for it.
   *
   * @throws InterruptedException if the calling thread is interrupted; so is then the other
   */
  static <T> T call(Callable<T> task) throws Exception {
    FutureTask<T> future =
        new FutureTask<>(() -> {
          giveWay();
          return task.call();
        });
    Thread thread = Thread.ofPlatform().name("background").daemon().start(future);
    try {
      return future.get();
    } catch (InterruptedException e) {
      thread.interrupt();
      throw e;
    } catch (ExecutionException e) {
      switch (e.getCause()) {
        case Exception problem -> throw problem;
        case Error error -> throw error;
        case null, default -> throw e;
      }
    }
  }

  @SuppressWarnings("restricted") // The signature is that of the manual page.
  private static void giveWay() {
    if (!System.getProperty("os.name").equals("Linux")) {
      return;
    }
    try {
      Linker linker = Linker.nativeLinker();
      Optional<MemorySegment> address = linker.defaultLookup().find("setpriority");
      if (address.isPresent()) {
        int result =
            (int)
                linker
                    .downcallHandle(
                        address.get(),
                        FunctionDescriptor.of(
                            ValueLayout.JAVA_INT,
                            ValueLayout.JAVA_INT,
                            ValueLayout.JAVA_INT,
                            ValueLayout.JAVA_INT))
                    .invokeExact(CALLING_THREAD, 0, NICENESS);
        LOG.debug("the model gives way to others: {}", result == 0);
      }
    } catch (Throwable e) {
      LOG.info("the model does not give way to others", e);
    }
  }
}
