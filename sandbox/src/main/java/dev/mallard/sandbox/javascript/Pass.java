package dev.mallard.sandbox.javascript;

import dev.mallard.sandbox.Coverage;
import dev.mallard.sandbox.Execution;
import dev.mallard.sandbox.Observation;
import dev.mallard.sandbox.TestSuite.Asserts;
import dev.mallard.sandbox.TestSuite.Calls;
import dev.mallard.sandbox.TestSuite.ResultSets;
import dev.mallard.sandbox.TestSuite.StandardIo;
import dev.mallard.sandbox.Verdict;
import dev.mallard.sandbox.Verdict.OutOfMemory;
import dev.mallard.sandbox.Verdict.Test;
import dev.mallard.sandbox.Verdict.TimedOut;
import dev.mallard.sandbox.executor.ExecutionListener;
import dev.mallard.sandbox.executor.OutputStreamKind;
import dev.mallard.sandbox.executor.Watchdog;
import dev.mallard.sandbox.polyglot.ObservedProgram;
import dev.mallard.sandbox.polyglot.Observer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.graalvm.polyglot.PolyglotException;
import org.graalvm.polyglot.Value;

/** One pass through a program and its tests: the one that counts, or one more for a trace. */
final class Pass implements AutoCloseable {
  private final Supplier<JavaScriptContext> contexts;
  private final SuiteParser parser;
  private final Execution execution;
  private final ExecutionListener listener;
  private final ObservedProgram program;
  private final TestLog log;
  private final Tracing tracing;
  private final List<Observer> observers = new ArrayList<>();
  private Optional<Watchdog.Watch> watch = Optional.empty();
  private int standardOutputLeft;
  private int standardErrorLeft;

  // Read by the watchdog's threads.
  private volatile JavaScriptContext context;
  private volatile long start = System.nanoTime();

  Pass(
      Supplier<JavaScriptContext> contexts,
      SuiteParser parser,
      Execution execution,
      ExecutionListener listener,
      ObservedProgram program,
      Optional<String> tracedTest) {
    this.contexts = contexts;
    this.parser = parser;
    this.execution = execution;
    this.listener = listener;
    this.program = program;
    this.log = new TestLog(listener);
    this.tracing = new Tracing(tracedTest);
    this.context = contexts.get();
    this.standardOutputLeft = execution.limits().outputCharacters();
    this.standardErrorLeft = execution.limits().outputCharacters();
  }

  /**
   * Runs the program and its tests.
   *
   * @param watchdog ends them in time
   * @param giveUp called if they cannot be ended; does not return
   * @return the verdict
   */
  Verdict run(Watchdog watchdog, Runnable giveUp) {
    Duration limit = execution.limits().wallClock();
    Value parsed;
    try (var parsing = watchdog.watch(limit, this::cancel, giveUp)) {
      try {
        parsed = parse();
      } catch (PolyglotException | IllegalStateException e) {
        return parsing.expired() || !(e instanceof PolyglotException error)
            ? new TimedOut(limit, Optional.empty(), 0)
            : JavaScriptErrors.whileParsing(error);
      }
    }
    start = System.nanoTime();
    try (var running = watchdog.watch(limit, this::cancel, giveUp)) {
      watch = Optional.of(running);
      try {
        runTests(parsed);
      } catch (PolyglotException | IllegalStateException e) {
        log.failed(ending(e, log.current())); // Where nothing of the kind was thought possible.
      }
    }
    return log.verdict();
  }

  private void runTests(Value parsed) {
    switch (execution.tests()) {
      case Asserts asserts -> new AssertsRun(this, parser, asserts, parsed).run();
      case Calls calls -> new CallsRun(this, calls, parsed).run();
      case StandardIo exchanges -> new StandardIoRun(this, exchanges, parsed).run();
      case ResultSets sets -> throw new IllegalArgumentException("Result sets are for SQL");
    }
  }

  /** Parses the program in the context. */
  Value parse() {
    Set<Observation> observations = EnumSet.noneOf(Observation.class);
    if (tracing.wanted()) {
      observations.add(Observation.TRACE);
    } else if (execution.observes(Observation.COVERAGE)) {
      observations.add(Observation.COVERAGE);
    }
    if (!observations.isEmpty()) {
      Observer observer =
          Observer.attach(
              context.context(),
              JavaScriptSources.LANGUAGE,
              JavaScriptSources.PROGRAM,
              program,
              observations);
      observers.add(observer);
      tracing.observe(observer);
    }
    return context.parse(program.text());
  }

  /** Takes a fresh context for what follows. */
  void renewContext() {
    JavaScriptContext before = context;
    context = contexts.get();
    before.close();
    if (expired()) {
      context.cancel(); // The watchdog has cancelled the one before.
    }
  }

  void openOutput(StringBuilder collected) {
    int limit = execution.limits().outputCharacters();
    context.openOutput(
        limit,
        text -> {
          collected.append(text);
          String kept = text.substring(0, Math.min(text.length(), standardOutputLeft));
          standardOutputLeft -= kept.length();
          tell(OutputStreamKind.STANDARD_OUTPUT, kept);
        },
        text -> {
          String kept = text.substring(0, Math.min(text.length(), standardErrorLeft));
          standardErrorLeft -= kept.length();
          tell(OutputStreamKind.STANDARD_ERROR, kept);
        });
  }

  private void tell(OutputStreamKind stream, String text) {
    if (!text.isEmpty()) {
      listener.output(stream, text);
    }
  }

  /** Runs the program, and says what was wrong with that. */
  Optional<Verdict> runProgram(Value parsed) {
    try {
      parsed.executeVoid();
      context.runEvents();
      context.publish();
      return Optional.empty();
    } catch (PolyglotException | IllegalStateException e) {
      return Optional.of(ending(e, Optional.empty()));
    }
  }

  /** What something that was thrown means. */
  Verdict ending(RuntimeException thrown, Optional<Test> test) {
    if (expired()) {
      return new TimedOut(execution.limits().wallClock(), test, 0);
    }
    Optional<Integer> status = context.exitStatus();
    return status.isPresent()
        ? JavaScriptErrors.exited(status.get(), test)
        : JavaScriptErrors.verdict(thrown, context, execution.limits().heapMebibytes(), test);
  }

  /** Whether nothing more can run in the context. */
  boolean isOver(Verdict verdict) {
    return expired() || context.exitStatus().isPresent() || verdict instanceof OutOfMemory;
  }

  boolean expired() {
    return watch.map(Watchdog.Watch::expired).orElse(false);
  }

  Duration elapsed() {
    return Duration.ofNanos(System.nanoTime() - start);
  }

  Execution execution() {
    return execution;
  }

  ExecutionListener listener() {
    return listener;
  }

  JavaScriptContext context() {
    return context;
  }

  TestLog log() {
    return log;
  }

  Tracing tracing() {
    return tracing;
  }

  private void cancel() {
    context.cancel();
  }

  /** Which lines have run; empty if nobody has asked. */
  Optional<Coverage> coverage() {
    if (observers.isEmpty() || tracing.wanted()) {
      return Optional.empty();
    }
    SortedSet<Integer> executable = new TreeSet<>();
    SortedSet<Integer> covered = new TreeSet<>();
    for (Observer observer : observers) {
      executable.addAll(observer.coverage().executable());
      covered.addAll(observer.coverage().covered());
    }
    return Optional.of(new Coverage(executable, covered));
  }

  @Override
  public void close() {
    context.finishOutput();
    observers.forEach(Observer::close);
    context.close();
  }
}
