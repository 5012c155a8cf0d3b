package dev.mallard.sandbox.jvm;

import dev.mallard.sandbox.Limits;
import dev.mallard.sandbox.UnconfinedException;
import dev.mallard.sandbox.confinement.Bounds;
import dev.mallard.sandbox.confinement.Confinement;
import dev.mallard.sandbox.runner.Event;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;

/** Starts runners, some of them ahead. */
final class RunnerSupply implements AutoCloseable {
  private static final String LANGUAGE = "Java";

  /** Address space that a JVM takes besides its heap, in MiB; it also bounds its threads. */
  private static final int MEBIBYTES_BESIDES_HEAP = 2048;

  private static final int SPARES = 2;
  private static final int ATTEMPTS = 2;
  private static final Duration LONGEST_START = Duration.ofSeconds(30);

  private final SecureRandom random = new SecureRandom();
  private final Setting setting;
  private final Deque<RunnerProcess> spares = new ArrayDeque<>();
  // Runners are killed when the thread that started them ends: this one ends with the supply.
  private final ExecutorService starter =
      Executors.newSingleThreadExecutor(
          Thread.ofPlatform().daemon().name("runner-starter").factory());
  private int heapMebibytes = Limits.DEFAULT.heapMebibytes();

  /** What runners see, and how they are confined to it. */
  private record Setting(View view, Confinement confinement) {}

  /**
   * Finds out how programs can be confined here, by starting one that does nothing.
   *
   * @param candidates how they might be
   * @throws UnconfinedException if they cannot be
   */
  RunnerSupply(List<Confinement> candidates) {
    Confinement.requireLinux(LANGUAGE);
    try {
      setting =
          bases()
              .flatMap(base -> setting(base, candidates).stream())
              .findFirst()
              .orElseThrow(() -> Confinement.noneWorks(LANGUAGE));
    } catch (RuntimeException e) {
      starter.close();
      throw e;
    }
  }

  /** Directories that may be on file systems from which commands can be executed. */
  private static Stream<Path> bases() {
    return Stream.of(
            Path.of(System.getProperty("java.io.tmpdir")),
            Path.of(System.getProperty("user.home"), ".cache"))
        .filter(Files::isWritable);
  }

  private Optional<Setting> setting(Path base, List<Confinement> candidates) {
    View view = View.create(base, Path.of(System.getProperty("java.home")));
    for (Confinement candidate : candidates) {
      Setting possible = new Setting(view, candidate);
      // More than once, in case that somebody has killed the first one.
      for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
        if (works(possible)) {
          return Optional.of(possible);
        }
      }
    }
    view.close();
    return Optional.empty();
  }

  private boolean works(Setting possible) {
    RunnerProcess runner;
    try {
      runner = start(possible);
    } catch (UncheckedIOException e) {
      return false;
    }
    boolean works = false;
    try {
      long deadline = System.nanoTime() + LONGEST_START.toNanos();
      works =
          runner.next(deadline).orElse(new RunnerProcess.Ended())
              instanceof RunnerProcess.Said(Event.Ready());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    if (works) {
      spares.add(runner);
    } else {
      runner.close();
    }
    return works;
  }

  /**
   * Starts a runner ahead.
   *
   * @return whether there is another to start
   */
  boolean prepare() {
    spares.removeIf(spare -> {
      boolean unusable = !spare.isAlive() || spare.heapMebibytes() != heapMebibytes;
      if (unusable) {
        spare.close();
      }
      return unusable;
    });
    if (spares.size() < SPARES) {
      spares.add(start(setting));
    }
    return spares.size() < SPARES;
  }

  /** A runner with such a heap; those that are started ahead have such a one from now on. */
  RunnerProcess take(int heap) {
    heapMebibytes = heap;
    while (!spares.isEmpty()) {
      RunnerProcess spare = spares.removeFirst();
      if (spare.isAlive() && spare.heapMebibytes() == heap) {
        return spare;
      }
      spare.close();
    }
    return start(setting);
  }

  private RunnerProcess start(Setting used) {
    int heap = heapMebibytes;
    View.Place place = used.view().place();
    List<String> java = RunnerCommand.forHeap(heap, used.view().runnerClasses());
    // It writes no files.
    Bounds bounds = new Bounds(heap + MEBIBYTES_BESIDES_HEAP, 0);
    List<String> command = used.confinement().confine(place.surroundings(), bounds, java);
    try {
      return starter.submit(() -> new RunnerProcess(command, heap, place, random)).get();
    } catch (ExecutionException e) {
      place.close();
      throw new UncheckedIOException(
          "A confined JVM cannot be started", new IOException(e.getCause()));
    } catch (InterruptedException e) {
      throw new IllegalStateException("Interrupted while a confined JVM starts", e);
    }
  }

  @Override
  public void close() {
    spares.forEach(RunnerProcess::close);
    spares.clear();
    starter.close();
    setting.view().close();
  }
}
