package dev.mallard.sandbox.worker;

import dev.mallard.sandbox.Message.Check;
import dev.mallard.sandbox.Message.Checked;
import dev.mallard.sandbox.Message.Finished;
import dev.mallard.sandbox.Message.Ready;
import dev.mallard.sandbox.Message.Run;
import dev.mallard.sandbox.PythonSuiteParser.Result.Parsed;
import dev.mallard.sandbox.PythonSuiteParser.Result.Rejected;
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
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.function.Consumer;
import org.graalvm.polyglot.Engine;
import org.graalvm.polyglot.SandboxPolicy;

/**
 * The worker process: takes requests on standard input, one at a time, and answers on standard
 * output. It ends when standard input does, whatever it is doing.
 */
final class WorkerMain {
  /** Recursion some 7,000 deep; CPython allows 1,000 where nothing else is asked for. */
  private static final long STACK_BYTES = 32L << 20;

  /** Exit code after a program that could not be stopped. */
  private static final int STUCK = 4;

  private static final Run WARM_UP =
      new Run(
          """
          import bisect, collections, functools, heapq, itertools, math, re, string, typing

          def first(items: typing.List[int]) -> int:
            return sorted(items)[0]

          print(first([3, 2]), re.sub("a", "b", "aa"))
          """,
          "assert first([3, 2]) == 2\nassert first([1])\nassert first([3]) == 4, 'no'",
          Limits.DEFAULT.withWallClock(Duration.ofMinutes(2)));

  private final DataOutputStream out;
  private final BlockingQueue<Message> requests = new ArrayBlockingQueue<>(1);

  private WorkerMain(OutputStream out) {
    this.out = new DataOutputStream(new BufferedOutputStream(out));
  }

  static void main(String[] arguments) throws InterruptedException {
    WorkerMain worker = new WorkerMain(new FileOutputStream(FileDescriptor.out));
    // Whatever a library prints must not get between the messages.
    System.setOut(System.err);
    System.setIn(InputStream.nullInputStream());
    HeapGuard.install();
    Thread.ofPlatform()
        .daemon()
        .name("requests")
        .start(() -> worker.receive(new FileInputStream(FileDescriptor.in)));
    Thread programs = new Thread(null, worker::serve, "programs", STACK_BYTES);
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
        requests.put(MessageCodec.read(data, MessageCodec.MAX_REQUEST_BYTES));
      }
    } catch (IOException | InterruptedException e) {
      // The sandbox has closed or its process has died: nobody waits for an answer.
    } finally {
      deleteWorkingDirectory();
      Runtime.getRuntime().halt(0);
    }
  }

  private static void deleteWorkingDirectory() {
    try {
      Files.deleteIfExists(Path.of("").toAbsolutePath());
    } catch (IOException e) {
      // Not empty, or not ours to delete: an empty directory too many harms nobody.
    }
  }

  private void serve() {
    Engine engine =
        Engine.newBuilder(PythonSources.LANGUAGE)
            .sandbox(SandboxPolicy.CONSTRAINED)
            .in(InputStream.nullInputStream())
            .out(OutputStream.nullOutputStream())
            .err(OutputStream.nullOutputStream())
            .build();
    Watchdog watchdog = new Watchdog();
    PythonSuiteParser parser =
        new PythonSuiteParser(PythonContext.context(engine, new GuestOutput(), new GuestOutput()));
    try (PythonContext context = new PythonContext(engine)) {
      run(context, WARM_UP, parser, watchdog, message -> {});
    }
    PythonContext next = new PythonContext(engine);
    send(new Ready());
    while (true) {
      switch (take()) {
        case Run request -> {
          try (PythonContext context = next) {
            run(context, request, parser, watchdog, this::send);
          }
          // The context is made ahead of its program, which need not wait for it.
          next = new PythonContext(engine);
        }
        case Check(var tests) ->
            send(
                new Checked(
                    switch (parser.parse(tests)) {
                      case Parsed(var suite) -> Optional.empty();
                      case Rejected(var problem) -> Optional.of(problem);
                    }));
        case Message other -> throw new IllegalStateException("No request: " + other);
      }
    }
  }

  private void run(
      PythonContext context,
      Run request,
      PythonSuiteParser parser,
      Watchdog watchdog,
      Consumer<Message> sink) {
    switch (parser.parse(request.tests())) {
      case Rejected(var problem) -> sink.accept(new Checked(Optional.of(problem)));
      case Parsed(var suite) ->
          sink.accept(
              new PythonRun(context, request, suite, watchdog, sink, this::giveUp).execute());
    }
  }

  /** Says the last word on a program that does not notice that it is cancelled, and ends. */
  private void giveUp(Finished finished) {
    send(finished);
    deleteWorkingDirectory();
    Runtime.getRuntime().halt(STUCK);
  }

  private Message take() {
    try {
      return requests.take();
    } catch (InterruptedException e) {
      throw new IllegalStateException("Nobody interrupts this thread", e);
    }
  }

  private synchronized void send(Message message) {
    try {
      MessageCodec.write(message, out);
    } catch (IOException e) {
      throw new UncheckedIOException("The sandbox no longer listens", e);
    }
  }
}
