package dev.mallard.sandbox.jvm;

import dev.mallard.sandbox.runner.Event;
import dev.mallard.sandbox.runner.Frames;
import dev.mallard.sandbox.runner.Job;
import dev.mallard.sandbox.runner.RunnerMain;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A confined JVM that does one job. */
final class RunnerProcess implements AutoCloseable {
  private static final int MOST_WAITING = 4096;
  private static final int LONGEST_DIAGNOSTICS = 1 << 14;

  private final int heapMebibytes;
  private final View.Place place;
  private final Process process;
  private final DataOutputStream in;
  private final BlockingQueue<Arrival> arrivals = new ArrayBlockingQueue<>(MOST_WAITING);
  private final Thread reader;
  private final Thread diagnosticsReader;
  private volatile String diagnostics = "";
  private volatile boolean killed;
  private volatile boolean started;
  // Opens when the JVM has started and finds nothing to execute, or has ended.
  private final CountDownLatch readyForJob = new CountDownLatch(1);

  /** What comes from a runner. */
  sealed interface Arrival {}

  /** What it says. */
  record Said(Event event) implements Arrival {}

  /** What the program has written to the file descriptor of standard output, past its streams. */
  @SuppressWarnings("ArrayRecordComponent") // Never compared.
  record Wrote(byte[] bytes) implements Arrival {}

  /** All is over, and no process of it is left. */
  record Ended() implements Arrival {}

  /** Starts one; the runner is killed when the thread that calls this ends. */
  RunnerProcess(List<String> command, int heapMebibytes, View.Place place, SecureRandom random)
      throws IOException {
    this.heapMebibytes = heapMebibytes;
    this.place = place;
    byte[] secret = new byte[Frames.SECRET_BYTES];
    random.nextBytes(secret);
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().clear();
    process = builder.start();
    in = new DataOutputStream(process.getOutputStream());
    FrameReader frames = new FrameReader(secret, this::take, bytes -> put(new Wrote(bytes)));
    // No virtual ones: they would take turns on few threads, and reading a pipe blocks those.
    reader = Thread.ofPlatform().daemon().name("runner").start(() -> read(frames));
    diagnosticsReader =
        Thread.ofPlatform().daemon().name("runner diagnostics").start(this::readDiagnostics);
    try {
      in.write(secret);
      in.flush();
    } catch (IOException e) {
      // It has ended, which is found out when it is asked to do something.
    }
  }

  int heapMebibytes() {
    return heapMebibytes;
  }

  /** Gives the runner its job. */
  void submit(Job job) {
    byte[] bytes = job.toBytes();
    // A runner that does not read must not make the executor wait.
    Thread.ofPlatform()
        .daemon()
        .name("runner job")
        .start(() -> {
          try {
            readyForJob.await();
            in.writeInt(bytes.length);
            in.write(bytes);
            in.flush();
          } catch (IOException e) {
            // It has ended, which the reader says.
          } catch (InterruptedException e) {
            throw new IllegalStateException("Nobody interrupts this thread", e);
          }
        });
  }

  /** Asks for what has been recorded so far; {@link Event.Finished} comes after it. */
  void requestRecording() {
    try {
      in.write(RunnerMain.REPORT_RECORDING);
      in.flush();
    } catch (IOException e) {
      // It has ended, which the reader says.
    }
  }

  /** What comes next; empty at the deadline, a value of {@link System#nanoTime}. */
  Optional<Arrival> next(long deadline) throws InterruptedException {
    long wait = Math.max(0, deadline - System.nanoTime());
    return Optional.ofNullable(arrivals.poll(wait, TimeUnit.NANOSECONDS));
  }

  /** Whether it has been ready for a job. */
  boolean hasStarted() {
    return started;
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** The exit code, once it has {@link Ended}. */
  int exitCode() throws InterruptedException {
    return process.waitFor();
  }

  /** What the JVM itself, or a tool that confines it, has printed, once it has {@link Ended}. */
  String diagnostics() throws InterruptedException {
    diagnosticsReader.join();
    return diagnostics;
  }

  /** Kills the runner, and returns when nothing of it is left. */
  @Override
  public void close() {
    killed = true;
    process.destroyForcibly();
    arrivals.clear();
    boolean interrupted = false;
    while (true) {
      try {
        process.waitFor();
        // Standard output ends when the last process that has it is gone.
        reader.join();
        place.close();
        break;
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void take(Event event) {
    if (event instanceof Event.Ready) {
      started = true;
      place.deleteCommands();
      readyForJob.countDown();
    }
    put(new Said(event));
  }

  private void read(FrameReader frames) {
    try (InputStream out = process.getInputStream()) {
      frames.read(out);
    } catch (IOException | UncheckedIOException e) {
      process.destroyForcibly(); // What it sends makes no sense, or it still has its commands.
    } finally {
      readyForJob.countDown();
      put(new Ended());
    }
  }

  private void readDiagnostics() {
    try (InputStream err = process.getErrorStream()) {
      diagnostics = new String(err.readNBytes(LONGEST_DIAGNOSTICS), StandardCharsets.UTF_8);
      err.skip(Long.MAX_VALUE);
    } catch (IOException e) {
      // What was read is enough.
    }
  }

  private void put(Arrival arrival) {
    try {
      while (!killed && !arrivals.offer(arrival, 100, TimeUnit.MILLISECONDS)) {
        // Whoever takes them is busy.
      }
    } catch (InterruptedException e) {
      throw new IllegalStateException("Nobody interrupts this thread", e);
    }
  }
}
