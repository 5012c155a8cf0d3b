package dev.mallard.sandbox.pool;

import dev.mallard.sandbox.Message.Ready;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A worker process and the messages to and from it. For one thread at a time, but for kill. */
final class Worker {
  private static final Logger LOG = LoggerFactory.getLogger(Worker.class);

  private static final Duration LONGEST_START = Duration.ofSeconds(60);
  private static final int LONGEST_COMPLAINT = 4000;

  private final Process process;
  private final int heapMebibytes;
  private final Path directory;
  private final DataOutputStream out;
  private final BlockingQueue<Event> events = new ArrayBlockingQueue<>(256);
  private final Thread reader;
  private volatile String complaint = "";
  private boolean ready;

  private Worker(Process process, int heapMebibytes, Path directory) {
    this.process = process;
    this.heapMebibytes = heapMebibytes;
    this.directory = directory;
    out = new DataOutputStream(new BufferedOutputStream(process.getOutputStream()));
    reader = Thread.ofPlatform().daemon().name("sandbox-worker").start(this::read);
    Thread.ofPlatform().daemon().name("sandbox-worker-errors").start(this::readErrors);
  }

  /** What comes from a worker. */
  sealed interface Event {
    /** It says something. */
    record Said(Message message) implements Event {}

    /** It says nothing more: it has ended, or it does not keep to the protocol. */
    record Ended(String reason) implements Event {}
  }

  /**
   * Starts a process and returns at once; the process then needs some seconds to get ready.
   *
   * @throws SandboxException if there can be no process
   */
  static Worker start(int heapMebibytes) {
    Path directory = null;
    try {
      directory = Files.createTempDirectory("mallard-worker-");
      ProcessBuilder builder = new ProcessBuilder(WorkerCommand.forHeap(heapMebibytes));
      builder.directory(directory.toFile());
      builder.environment().clear();
      // Without it, the JVM takes file names on its class path for ASCII.
      builder.environment().putAll(Map.of("LC_ALL", "C.UTF-8"));
      return new Worker(builder.start(), heapMebibytes, directory);
    } catch (IOException e) {
      delete(directory);
      throw new SandboxException("The sandbox cannot start a worker process", e);
    }
  }

  int heapMebibytes() {
    return heapMebibytes;
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** Whether the process has ended because its heap was full. */
  boolean ranOutOfMemory() throws InterruptedException {
    return process.waitFor(1, TimeUnit.SECONDS) && process.exitValue() == HeapGuard.EXIT_CODE;
  }

  /**
   * Waits until the process is warm.
   *
   * @return false if it ended for lack of memory
   * @throws SandboxException if it does not get ready
   */
  boolean awaitReady() throws InterruptedException {
    if (ready) {
      return true;
    }
    Optional<Event> first = next(LONGEST_START);
    ready = first.isPresent() && first.get().equals(new Event.Said(new Ready()));
    if (!ready && !ranOutOfMemory()) {
      kill();
      throw new SandboxException(
          "The sandbox's worker process does not start: "
              + (complaint.isEmpty() ? first.map(Event::toString).orElse("no answer") : complaint),
          null);
    }
    return ready;
  }

  void send(Message message) throws IOException {
    MessageCodec.write(message, out);
  }

  /** The next event; empty if there is none in time. */
  Optional<Event> next(Duration timeout) throws InterruptedException {
    return Optional.ofNullable(events.poll(timeout.toNanos(), TimeUnit.NANOSECONDS));
  }

  /** Ends the process, whatever it is doing, from any thread. Idempotent. */
  void kill() {
    process.destroyForcibly();
    // Whoever waits for the next event need not wait any longer, nor the reader for a free place.
    reader.interrupt();
    events.clear();
    events.offer(new Event.Ended("killed"));
    try {
      process.waitFor(1, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    delete(directory);
  }

  private void read() {
    try (DataInputStream in =
        new DataInputStream(new BufferedInputStream(process.getInputStream()))) {
      try {
        while (true) {
          events.put(new Event.Said(MessageCodec.read(in, MessageCodec.MAX_ANSWER_BYTES)));
        }
      } catch (IOException e) {
        LOG.debug("Worker {} says no more", process.pid(), e);
        events.put(new Event.Ended(e.toString()));
      }
    } catch (InterruptedException e) {
      // The worker was killed, nobody listens.
    } catch (IOException e) {
      LOG.debug("Cannot close the pipe from worker {}", process.pid(), e);
    }
  }

  private void readErrors() {
    byte[] buffer = new byte[1024];
    try (InputStream in = process.getErrorStream()) {
      for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
        String text = new String(buffer, 0, count, StandardCharsets.UTF_8);
        LOG.debug("Worker {}: {}", process.pid(), text);
        if (complaint.length() < LONGEST_COMPLAINT) {
          complaint = complaint.concat(text); // Only this thread writes it.
        }
      }
    } catch (IOException e) {
      LOG.debug("Cannot read the errors of worker {}", process.pid(), e);
    }
  }

  private static void delete(@Nullable Path directory) {
    try {
      if (directory != null) {
        Files.deleteIfExists(directory);
      }
    } catch (IOException e) {
      LOG.debug("Cannot delete {}", directory, e);
    }
  }
}
