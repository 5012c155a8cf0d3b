package dev.mallard.sandbox.pool;

import dev.mallard.sandbox.SandboxException;
import dev.mallard.sandbox.protocol.Message;
import dev.mallard.sandbox.protocol.Message.Ready;
import dev.mallard.sandbox.protocol.MessageCodec;
import dev.mallard.sandbox.worker.HeapGuard;
import dev.mallard.sandbox.worker.WorkingDirectory;
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
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A worker process and the messages to and from it. One thread at a time receives messages; the
 * rest is for any.
 */
final class Worker {
  private static final Logger LOG = LoggerFactory.getLogger(Worker.class);

  private static final Duration LONG = Duration.ofSeconds(1);

  private static final int LONGEST_COMPLAINT = 4000;

  private final Process process;
  private final WorkerKind kind;
  private final Pace pace;
  private final Path directory;
  private final Listener listener;
  private final DataOutputStream out;
  private final BlockingQueue<Event> events = new ArrayBlockingQueue<>(256);
  private final Thread reader;
  private final Thread errorReader;
  private volatile String complaint = "";
  private int programs;
  private long lastStart;
  private boolean computed;

  private Worker(Process process, WorkerKind kind, Pace pace, Path directory, Listener listener) {
    this.process = process;
    this.kind = kind;
    this.pace = pace;
    this.directory = directory;
    this.listener = listener;
    out = new DataOutputStream(new BufferedOutputStream(process.getOutputStream()));
    reader = Thread.ofPlatform().daemon().name("sandbox-worker").unstarted(this::read);
    errorReader =
        Thread.ofPlatform().daemon().name("sandbox-worker-errors").unstarted(this::readErrors);
  }

  /** What comes from a worker that runs a program. */
  sealed interface Event {
    /** It says something. */
    record Said(Message message) implements Event {}

    /** It says nothing more: it has ended, or it does not keep to the protocol. */
    record Ended(String reason) implements Event {}
  }

  /** Is told what becomes of a worker. */
  interface Listener {
    /** It is warm and takes requests. */
    void ready(Worker worker);

    /** It has ended, whether it was killed, or by itself. */
    void ended(Worker worker);
  }

  /**
   * Starts a process and returns at once; the process then needs a moment to get ready.
   *
   * @throws SandboxException if there can be no process
   */
  static Worker start(WorkerKind kind, Pace pace, List<String> command, Listener listener) {
    Path directory;
    try {
      directory = Files.createTempDirectory(WorkingDirectory.PREFIX);
    } catch (IOException e) {
      throw new SandboxException("The sandbox cannot make a directory for a worker process", e);
    }
    try {
      ProcessBuilder builder = new ProcessBuilder(command);
      builder.directory(directory.toFile());
      builder.environment().clear();
      // Without it, the JVM takes file names on its class path for ASCII.
      builder.environment().putAll(Map.of("LC_ALL", "C.UTF-8"));
      Worker worker = new Worker(builder.start(), kind, pace, directory, listener);
      worker.reader.start();
      worker.errorReader.start();
      return worker;
    } catch (IOException e) {
      WorkingDirectory.delete(directory);
      throw new SandboxException("The sandbox cannot start a worker process", e);
    }
  }

  WorkerKind kind() {
    return kind;
  }

  Pace pace() {
    return pace;
  }

  long processId() {
    return process.pid();
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** How many programs it has been given. */
  int programs() {
    return programs;
  }

  /** It has ended a program, or nobody waits for it any more. */
  synchronized void rest() {
    computed |= Duration.ofNanos(System.nanoTime() - lastStart).compareTo(LONG) > 0;
  }

  /** Whether a program has kept it busy for so long that the speed of its code mattered. */
  synchronized boolean hasComputed() {
    return computed;
  }

  /** What it has said to standard error, shortened. */
  String complaint() {
    return complaint;
  }

  /** Whether the process has ended because its heap was full. */
  boolean ranOutOfMemory() throws InterruptedException {
    return process.waitFor(1, TimeUnit.SECONDS) && process.exitValue() == HeapGuard.EXIT_CODE;
  }

  synchronized void send(Message message) throws IOException {
    if (message instanceof Message.Run) {
      programs++;
      lastStart = System.nanoTime();
    }
    MessageCodec.write(message, out);
  }

  /** The next event; empty if there is none in time. */
  Optional<Event> next(Duration timeout) throws InterruptedException {
    return Optional.ofNullable(events.poll(timeout.toNanos(), TimeUnit.NANOSECONDS));
  }

  /** Ends the process and those that it has started, from any thread. Idempotent. */
  void kill() {
    List<ProcessHandle> started = process.descendants().toList();
    process.destroyForcibly();
    started.forEach(ProcessHandle::destroyForcibly);
    // Whoever waits for the next event need not wait any longer, nor the reader for a free place.
    reader.interrupt();
    events.clear();
    events.offer(new Event.Ended("killed"));
    try {
      process.waitFor(1, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    WorkingDirectory.delete(directory);
  }

  private void read() {
    try {
      events.put(new Event.Ended(readMessages()));
    } catch (InterruptedException e) {
      // The worker was killed, nobody listens.
    }
    listener.ended(this);
  }

  /** Reads until there is nothing more to read; says why there is not. */
  private String readMessages() throws InterruptedException {
    try (DataInputStream in =
        new DataInputStream(new BufferedInputStream(process.getInputStream()))) {
      while (true) {
        Message message = MessageCodec.read(in, MessageCodec.MAX_ANSWER_BYTES);
        if (message instanceof Ready) {
          listener.ready(this);
        } else {
          events.put(new Event.Said(message));
        }
      }
    } catch (IOException e) {
      LOG.debug("Worker {} says no more", process.pid(), e);
      // At the end of the stream it is about to end, and its exit code is wanted. Else it does not
      // keep to the protocol, and is of no use any more.
      if (!process.waitFor(1, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
      WorkingDirectory.delete(directory);
      return e.toString();
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
}
