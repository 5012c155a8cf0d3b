package dev.mallard.sandbox.command;

import dev.mallard.sandbox.CommandLanguage;
import dev.mallard.sandbox.SandboxException;
import dev.mallard.sandbox.UnconfinedException;
import dev.mallard.sandbox.confinement.Bounds;
import dev.mallard.sandbox.confinement.Confinement;
import dev.mallard.sandbox.confinement.SystemTools;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;

/** Starts confined processes. */
final class Launcher implements AutoCloseable {
  /** Address space that an interpreter takes besides what it keeps for its program, in MiB. */
  private static final int MEBIBYTES_BESIDES_HEAP = 2048;

  /** Threads of all its processes. */
  private static final int MOST_THREADS = 128;

  private static final int PROBE_MEBIBYTES = 64;
  private static final int PROBE_EXIT = 7;
  private static final Duration LONGEST_PROBE = Duration.ofSeconds(30);

  private final List<Confinement> candidates;
  private Optional<Confinement> working = Optional.empty();
  private final Set<Process> running = ConcurrentHashMap.newKeySet();
  // Processes are killed when the thread that started them ends: this one ends with the launcher.
  private final ExecutorService starter =
      Executors.newSingleThreadExecutor(
          Thread.ofPlatform().daemon().name("command-starter").factory());

  /**
   * Makes a launcher.
   *
   * @param candidates how processes might be confined
   */
  Launcher(List<Confinement> candidates) {
    this.candidates = List.copyOf(candidates);
  }

  /**
   * Finds out how processes can be confined here, by starting one that does nothing.
   *
   * @throws UnconfinedException if they cannot be
   */
  synchronized void requireConfinement(CommandLanguage language) throws InterruptedException {
    if (working.isPresent()) {
      return;
    }
    Confinement.requireLinux(language.name());
    try (Place place = Place.of(language, "")) {
      for (Confinement candidate : candidates) {
        if (works(candidate, place)) {
          working = Optional.of(candidate);
          return;
        }
      }
    }
    throw Confinement.noneWorks(language.name());
  }

  private boolean works(Confinement candidate, Place place) throws InterruptedException {
    String shell = SystemTools.find("sh").orElseThrow().toString();
    // The shell starts a second one. Before Linux 5.14 that fails, because all processes of the
    // user count, and so would programs.
    List<String> probe = List.of(shell, "-c", "(exit %d); exit $?".formatted(PROBE_EXIT));
    Process process = start(candidate, place, PROBE_MEBIBYTES, probe);
    OutputStream nowhere = OutputStream.nullOutputStream();
    try (CommandProcess running = new CommandProcess(process, "", nowhere, nowhere)) {
      return running
          .await(System.nanoTime() + LONGEST_PROBE.toNanos(), PROBE_MEBIBYTES)
          .equals(new CommandProcess.Exited(PROBE_EXIT));
    }
  }

  /**
   * Starts a command.
   *
   * @param heapMebibytes what it may keep in memory; its address space is larger
   */
  Process start(Place place, int heapMebibytes, List<String> command) throws InterruptedException {
    Confinement confinement;
    synchronized (this) {
      confinement = working.orElseThrow();
    }
    return start(confinement, place, heapMebibytes, command);
  }

  private Process start(
      Confinement confinement, Place place, int heapMebibytes, List<String> command)
      throws InterruptedException {
    // Within the surroundings: outside, the limit would count all of the user's processes.
    List<String> limited = new ArrayList<>();
    limited.add(SystemTools.find("prlimit").orElseThrow().toString());
    limited.addAll(List.of("--nproc=" + MOST_THREADS, "--"));
    limited.addAll(command);
    Bounds bounds = new Bounds(heapMebibytes + MEBIBYTES_BESIDES_HEAP, Place.SCRATCH_MEBIBYTES);
    List<String> confined = new ArrayList<>(place.isRoots() ? Identity.asNobody() : List.of());
    confined.addAll(confinement.confine(place.surroundings(), bounds, limited));
    ProcessBuilder builder = new ProcessBuilder(confined);
    builder.environment().clear();
    try {
      Future<Process> starting = starter.submit(() -> started(builder.start()));
      try {
        return starting.get();
      } catch (InterruptedException e) {
        starter.execute(() -> end(starting));
        throw e;
      }
    } catch (ExecutionException e) {
      throw new SandboxException(
          "A confined process cannot be started", new IOException(e.getCause()));
    } catch (RejectedExecutionException e) {
      throw new SandboxException("The sandbox is closed", e);
    }
  }

  private Process started(Process process) {
    running.removeIf(other -> !other.isAlive());
    running.add(process);
    return process;
  }

  /** Ends what nobody waits for any longer. */
  private static void end(Future<Process> started) {
    if (started.state() == Future.State.SUCCESS) {
      kill(started.resultNow());
    }
  }

  /** Kills a process and those that it has started. */
  static void kill(Process process) {
    List<ProcessHandle> processes = process.descendants().toList();
    process.destroyForcibly();
    // They die with it, but for those that were killed before they had asked for that.
    processes.forEach(ProcessHandle::destroyForcibly);
  }

  /** Kills all that was started. */
  @Override
  public void close() {
    synchronized (starter) {
      if (!starter.isShutdown()) {
        // As its last task: after it, nothing is started.
        starter.execute(() -> running.forEach(Launcher::kill));
        starter.shutdown();
      }
    }
  }
}
