package dev.mallard.sandbox.pool;

import com.sun.management.OperatingSystemMXBean;
import dev.mallard.sandbox.GuestLanguage;
import dev.mallard.sandbox.Limits;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;

/**
 * How a {@link WorkerPool} is set up.
 *
 * @param workers programs that may run at the same time, and so worker processes for each language
 *     that is used
 * @param ahead languages whose workers are started with the pool, not with their first program
 * @param queueCapacity executions that may wait for a worker; who submits more waits
 * @param programsPerWorker after how many programs a worker is replaced by a fresh one
 * @param cache where start-up archives of the workers are kept; without it they start slower
 */
public record PoolOptions(
    int workers,
    Set<GuestLanguage> ahead,
    int queueCapacity,
    int programsPerWorker,
    Optional<Path> cache) {
  /** What a worker takes besides its heap, in MiB. */
  private static final int OVERHEAD_MEBIBYTES = 512;

  /** As many workers as there are processors and a half of the memory allows, Python's at once. */
  public static final PoolOptions DEFAULT =
      new PoolOptions(mostWorkers(), Set.of(GuestLanguage.PYTHON), 256, 20_000, Optional.empty());

  public PoolOptions {
    ahead = Set.copyOf(ahead);
    if (workers < 1 || queueCapacity < 1 || programsPerWorker < 1) {
      throw new IllegalArgumentException(
          "workers, queueCapacity and programsPerWorker must be positive: %d, %d, %d"
              .formatted(workers, queueCapacity, programsPerWorker));
    }
  }

  public PoolOptions withWorkers(int number) {
    return new PoolOptions(number, ahead, queueCapacity, programsPerWorker, cache);
  }

  /** The same with other languages to start at once. */
  public PoolOptions withAhead(Set<GuestLanguage> languages) {
    return new PoolOptions(workers, languages, queueCapacity, programsPerWorker, cache);
  }

  public PoolOptions withProgramsPerWorker(int number) {
    return new PoolOptions(workers, ahead, queueCapacity, number, cache);
  }

  public PoolOptions withCache(Path directory) {
    return new PoolOptions(
        workers, ahead, queueCapacity, programsPerWorker, Optional.of(directory));
  }

  private static int mostWorkers() {
    int processors = Runtime.getRuntime().availableProcessors();
    if (ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean system) {
      long mebibytes = system.getTotalMemorySize() >> 20;
      long each = (long) Limits.DEFAULT.heapMebibytes() + OVERHEAD_MEBIBYTES;
      return Math.clamp(mebibytes / 2 / each, 1, processors);
    }
    return processors;
  }
}
