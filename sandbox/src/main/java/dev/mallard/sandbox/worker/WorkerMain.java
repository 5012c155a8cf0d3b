package dev.mallard.sandbox.worker;

import dev.mallard.sandbox.GuestLanguage;
import dev.mallard.sandbox.MalformedTestsException;
import dev.mallard.sandbox.UnconfinedException;
import dev.mallard.sandbox.executor.Executor;
import dev.mallard.sandbox.executor.Watchdog;
import dev.mallard.sandbox.protocol.FrameTooLongException;
import dev.mallard.sandbox.protocol.Message;
import dev.mallard.sandbox.protocol.Message.Cancel;
import dev.mallard.sandbox.protocol.Message.Check;
import dev.mallard.sandbox.protocol.Message.Checked;
import dev.mallard.sandbox.protocol.Message.Finished;
import dev.mallard.sandbox.protocol.Message.Ready;
import dev.mallard.sandbox.protocol.Message.Refused;
import dev.mallard.sandbox.protocol.Message.Run;
import dev.mallard.sandbox.protocol.MessageCodec;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/**
 * The worker process: takes requests for one language on standard input, one at a time, and answers
 * on standard output. It ends when standard input does, whatever it is doing.
 */
public final class WorkerMain {
  /** Recursion some 7,000 deep; CPython allows 1,000 where nothing else is asked for. */
  private static final long STACK_BYTES = 32L << 20;

  /** A caller that has a next program ready sends it sooner than that. */
  private static final Duration AT_ONCE = Duration.ofMillis(3);

  /** Exit code after a program that could not be stopped. */
  private static final int STUCK = 4;

  /** The argument for a worker that compiles programs to machine code. */
  public static final String WITH_COMPILER = "with-compiler";

  private final GuestLanguage language;
  private final DataOutputStream out;
  private final AtomicReference<Optional<Executor>> inUse = new AtomicReference<>(Optional.empty());
  private final BlockingQueue<Message> requests = new ArrayBlockingQueue<>(1);

  private WorkerMain(GuestLanguage language, OutputStream out) {
    this.language = language;
    this.out = new DataOutputStream(new BufferedOutputStream(out));
  }

  /**
   * Runs a worker.
   *
   * @param arguments the language; and {@link #WITH_COMPILER} if the compiler of programs is to be
   *     fast before it is ready
   */
  public static void main(String[] arguments) throws InterruptedException {
    WorkerMain worker =
        new WorkerMain(
            GuestLanguage.valueOf(arguments[0]), new FileOutputStream(FileDescriptor.out));
    // Whatever a library prints must not get between the messages.
    System.setOut(System.err);
    System.setIn(InputStream.nullInputStream());
    HeapGuard.install();
    Thread.ofPlatform()
        .daemon()
        .name("requests")
        .start(() -> worker.receive(new FileInputStream(FileDescriptor.in)));
    boolean warmCompiler = List.of(arguments).contains(WITH_COMPILER);
    Thread programs = new Thread(null, () -> worker.serve(warmCompiler), "programs", STACK_BYTES);
    programs.setUncaughtExceptionHandler((thread, thrown) -> {
      thrown.printStackTrace();
      Runtime.getRuntime().halt(1);
    });
    programs.start();
    programs.join();
  }

  private void receive(InputStream in) {
    try (DataInputStream data = new DataInputStream(new BufferedInputStream(in))) {
      while (true) {
        Message request = MessageCodec.read(data, MessageCodec.MAX_REQUEST_BYTES);
        if (request instanceof Cancel) {
          inUse.get().ifPresent(Executor::cancel);
        } else {
          requests.put(request);
        }
      }
    } catch (IOException | InterruptedException e) {
      // The sandbox has closed or its process has died: nobody waits for an answer.
    } finally {
      end(0);
    }
  }

  private static void end(int status) {
    WorkingDirectory.delete();
    Runtime.getRuntime().halt(status);
  }

  private void serve(boolean warmCompiler) {
    Executor executor = Executors.of(language, new Watchdog());
    inUse.set(Optional.of(executor));
    if (warmCompiler) {
      WarmUp.compiler(executor, language);
    }
    WarmUp warmUp = new WarmUp(executor, language);
    executor.prepare();
    send(new Ready());
    while (true) {
      switch (next(executor, warmUp)) {
        case Run(var execution) -> {
          try {
            executor.execute(execution, new ProtocolListener(this::send, () -> end(STUCK)));
          } catch (MalformedTestsException e) {
            send(new Checked(Optional.of(e.problem())));
          } catch (UnconfinedException e) {
            send(new Refused(String.valueOf(e.getMessage())));
          }
        }
        case Check(var tests) -> send(new Checked(executor.check(tests)));
        case Message other -> throw new IllegalStateException("No request: " + other);
      }
    }
  }

  /** The next request; until it comes, what it will need is made, unless it comes at once. */
  private Message next(Executor executor, WarmUp warmUp) {
    try {
      boolean more = true;
      while (more) {
        Message request = requests.poll(AT_ONCE.toNanos(), TimeUnit.NANOSECONDS);
        if (request != null) {
          return request;
        }
        more = executor.prepare() || warmUp.step();
      }
      return requests.take();
    } catch (InterruptedException e) {
      throw new IllegalStateException("Nobody interrupts this thread", e);
    }
  }

  /** What matters of a message that is too long. */
  private static Message shortened(Message message, FrameTooLongException reason) {
    if (message instanceof Finished(var verdict, var elapsed, var trace, var coverage)
        && (trace.isPresent() || coverage.isPresent())) {
      return new Finished(verdict, elapsed, Optional.empty(), Optional.empty());
    }
    throw new IllegalStateException("A message cannot be sent", reason);
  }

  private synchronized void send(Message message) {
    try {
      MessageCodec.write(message, out);
    } catch (FrameTooLongException e) {
      send(shortened(message, e));
    } catch (IOException e) {
      throw new UncheckedIOException("The sandbox no longer listens", e);
    }
  }
}
