package dev.mallard.sandbox.command;

import dev.mallard.sandbox.confinement.ResidentMemory;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A confined process: fed, listened to, and watched until it ends. */
final class CommandProcess implements AutoCloseable {
  private static final Duration GLANCE = Duration.ofMillis(100);

  /** Processes at the same time, of which the tools that confine them are some. */
  private static final int MOST_PROCESSES = 64;

  /** Resident memory that an interpreter takes besides what it keeps for its program, in MiB. */
  private static final int MEBIBYTES_BESIDES_HEAP = 512;

  private final Process process;
  private final List<Thread> readers;

  /** How it ended, or why it is to end. */
  sealed interface Ending {}

  /** By itself; 128 and more say that a signal has ended it. */
  record Exited(int status) implements Ending {}

  /** The deadline has passed. */
  record Late() implements Ending {}

  /** It has taken too much memory. */
  record Exhausted() implements Ending {}

  /** It has started too many processes. */
  record Crowded() implements Ending {}

  /**
   * Takes charge of a process that has just been started.
   *
   * @param input what it can read on standard input
   */
  CommandProcess(Process process, String input, OutputStream out, OutputStream err) {
    this.process = process;
    // No virtual ones: reading a pipe blocks the few threads on which those take turns.
    readers = List.of(reader(process.getInputStream(), out), reader(process.getErrorStream(), err));
    Thread.ofPlatform().daemon().name("command input").start(() -> write(input));
  }

  private static Thread reader(InputStream from, OutputStream to) {
    return Thread.ofPlatform()
        .daemon()
        .name("command output")
        .start(() -> {
          try (from) {
            from.transferTo(to);
          } catch (IOException e) {
            // It was killed; what was read is enough.
          }
        });
  }

  private void write(String input) {
    try (OutputStream in = process.getOutputStream()) {
      in.write(input.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      // It has ended without reading all, as it may.
    }
  }

  /**
   * Waits for the end, or until the process must be ended.
   *
   * @param deadline a value of {@link System#nanoTime}
   * @param heapMebibytes what it may keep in memory, besides what an interpreter takes
   */
  Ending await(long deadline, int heapMebibytes) throws InterruptedException {
    while (true) {
      long left = deadline - System.nanoTime();
      if (process.waitFor(Math.min(left, GLANCE.toNanos()), TimeUnit.NANOSECONDS)) {
        for (Thread reader : readers) {
          reader.join();
        }
        return new Exited(process.exitValue());
      }
      if (left <= 0) {
        return new Late();
      }
      List<Long> processes = process.descendants().map(ProcessHandle::pid).toList();
      if (processes.size() > MOST_PROCESSES) {
        return new Crowded();
      }
      long bytes = processes.stream().mapToLong(ResidentMemory::bytes).sum();
      if (bytes >> 20 > heapMebibytes + MEBIBYTES_BESIDES_HEAP) {
        return new Exhausted();
      }
    }
  }

  /** Kills what is left, and returns when nothing of it runs. */
  @Override
  public void close() {
    Launcher.kill(process);
    boolean interrupted = false;
    while (true) {
      try {
        process.waitFor();
        // Output ends when the last process that has it is gone.
        for (Thread reader : readers) {
          reader.join();
        }
        break;
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
