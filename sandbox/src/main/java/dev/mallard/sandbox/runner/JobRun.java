package dev.mallard.sandbox.runner;

import dev.mallard.sandbox.runner.Event.Exiting;
import dev.mallard.sandbox.runner.Event.Finished;
import dev.mallard.sandbox.runner.Event.MainReturned;
import dev.mallard.sandbox.runner.Event.Printed;
import dev.mallard.sandbox.runner.Event.Thrown;
import dev.mallard.sandbox.runner.Job.LoadClasses;
import dev.mallard.sandbox.runner.Job.RunCalls;
import dev.mallard.sandbox.runner.Job.RunMain;
import dev.mallard.sandbox.runner.Job.RunStatements;
import dev.mallard.sandbox.runner.Job.RunTestMain;
import dev.mallard.sandbox.runner.probe.AssertionSink;
import dev.mallard.sandbox.runner.probe.Probe;
import java.io.ByteArrayInputStream;
import java.io.PrintStream;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;

/** Does one job, on a thread of its own. */
final class JobRun {
  private static final String MODULE = "dev.mallard.runner";

  /** As much as eight JVMs give by default: recursion some 100,000 deep. */
  private static final long STACK_BYTES = 8L << 20;

  /** How long what the program prints may wait to be sent, in milliseconds. */
  private static final int LONGEST_WAIT = 50;

  // Reads standard input, as long as the JVM lives.
  private final Thread supervisor = Thread.currentThread();
  private final Job job;
  private final FrameWriter frames;
  private final Recorder recorder;
  private final TestLog log;
  private final Problems problems;
  private final GuestLoader loader;
  private final GuestStream out;
  private final GuestStream err;

  JobRun(Job job, FrameWriter frames) {
    this.job = job;
    this.frames = frames;
    recorder = new Recorder(job, frames::send);
    problems = new Problems(job);
    loader = new GuestLoader(job.programClasses(), job.testClasses());
    out = new GuestStream(job.outputBytes(), bytes -> frames.send(new Printed(false, bytes)));
    err = new GuestStream(job.outputBytes(), bytes -> frames.send(new Printed(true, bytes)));
    log = new TestLog(this::sendAfterOutput, recorder);
  }

  void start() {
    System.setIn(new ByteArrayInputStream(job.standardInput()));
    System.setOut(new PrintStream(out, false, StandardCharsets.UTF_8));
    System.setErr(new PrintStream(err, false, StandardCharsets.UTF_8));
    if (!Probe.install(recorder)) {
      throw new IllegalStateException("A runner does one job");
    }
    Runtime.getRuntime().addShutdownHook(new Thread(this::exit, "end of output"));
    Thread.ofPlatform().daemon().name("output").start(this::sendOutput);
    // Named like the thread that the program would have to itself.
    Thread thread = new Thread(null, this::run, "main", STACK_BYTES);
    thread.setContextClassLoader(loader);
    thread.start();
  }

  /** Sends what has been recorded so far. */
  void reportRecording() {
    recorder.finish();
    out.sendAtOnce();
    err.sendAtOnce();
    frames.send(new Finished());
  }

  private void run() {
    try {
      task();
    } catch (Throwable e) { // Also errors: whatever the program throws is reported.
      sendAfterOutput(new Thrown(problems.describe(e)));
      printStackTrace(e);
      halt();
      return;
    }
    if (job.task() instanceof RunMain) {
      sendAfterOutput(new MainReturned());
      joinOthers();
      Runtime.getRuntime().exit(0);
    } else {
      sendAfterOutput(new Finished());
      halt();
    }
  }

  private void task() throws Throwable {
    switch (job.task()) {
      case LoadClasses() -> {
        for (ClassFileBytes classFile : job.programClasses()) {
          Class.forName(classFile.name(), false, loader);
        }
      }
      case RunMain(String className) -> {
        log.begin(1);
        new MainMethod(loader.loadClass(className)).run();
      }
      case RunTestMain(String className) -> testMain(className);
      case RunStatements(String className) -> statements(className);
      case RunCalls calls ->
          new CallsRun(calls, loader.loadClass(calls.className()), log, problems).run();
    }
  }

  private void testMain(String className) {
    log.begin(1);
    try {
      new MainMethod(loader.loadClass(className)).run();
      log.stopClock();
    } catch (Throwable e) { // Whatever the program or the test throws is what comes of the test.
      log.stopClock();
      log.end(1, StatementRun.outcome(e, problems));
      printStackTrace(e);
      return;
    }
    log.end(1, new Event.Held());
  }

  private void statements(String className) throws Throwable {
    Method run = loader.loadClass(className).getDeclaredMethod("run", AssertionSink.class);
    run.setAccessible(true);
    try {
      run.invoke(null, new StatementRun(log, problems));
    } catch (InvocationTargetException e) {
      throw MainMethod.cause(e);
    }
  }

  private void sendAfterOutput(Event event) {
    out.sendWritten();
    err.sendWritten();
    frames.send(event);
  }

  private void printStackTrace(Throwable thrown) {
    try {
      thrown.setStackTrace(
          Stream.of(thrown.getStackTrace())
              .takeWhile(element -> !MODULE.equals(element.getModuleName()))
              .filter(element -> !element.getClassName().startsWith("jdk.internal.reflect."))
              .filter(element -> !element.getClassName().startsWith("java.lang.reflect."))
              .toArray(StackTraceElement[]::new));
      thrown.printStackTrace(new PrintStream(err, false, StandardCharsets.UTF_8));
    } catch (Throwable e) {
      // The program's own printStackTrace, which may do anything.
    }
  }

  /** The process ends, without the shutdown hooks of the program. */
  private void halt() {
    end();
    Runtime.getRuntime().halt(0);
  }

  private void exit() {
    end();
    frames.send(new Exiting());
  }

  private void end() {
    out.sendAtOnce();
    err.sendAtOnce();
    recorder.finish();
  }

  private void sendOutput() {
    while (true) {
      try {
        Thread.sleep(LONGEST_WAIT);
      } catch (InterruptedException e) {
        continue; // The program can interrupt any thread.
      }
      out.sendWritten();
      err.sendWritten();
    }
  }

  /** A Java program ends when the last of its threads that is no daemon does. */
  private void joinOthers() {
    while (true) {
      List<Thread> others =
          Thread.getAllStackTraces().keySet().stream()
              .filter(thread -> !thread.isDaemon() && thread != Thread.currentThread())
              .filter(thread -> thread != supervisor)
              .toList();
      if (others.isEmpty()) {
        return;
      }
      try {
        others.getFirst().join();
      } catch (InterruptedException e) {
        // The program can interrupt any thread.
      }
    }
  }
}
