package dev.mallard.sandbox.javascript;

import dev.mallard.sandbox.Coverage;
import dev.mallard.sandbox.Execution;
import dev.mallard.sandbox.Observation;
import dev.mallard.sandbox.TestSuite;
import dev.mallard.sandbox.TestSuite.Asserts;
import dev.mallard.sandbox.TestSuite.Calls;
import dev.mallard.sandbox.TestSuite.ResultSets;
import dev.mallard.sandbox.TestSuite.StandardIo;
import dev.mallard.sandbox.Trace;
import dev.mallard.sandbox.Verdict;
import dev.mallard.sandbox.Verdict.Malformed;
import dev.mallard.sandbox.Verdict.Test;
import dev.mallard.sandbox.Verdict.TimedOut;
import dev.mallard.sandbox.executor.ExecutionListener;
import dev.mallard.sandbox.executor.Executor;
import dev.mallard.sandbox.executor.SilentListener;
import dev.mallard.sandbox.executor.SourceText;
import dev.mallard.sandbox.executor.Watchdog;
import dev.mallard.sandbox.polyglot.ObservedProgram;
import dev.mallard.sandbox.polyglot.Observer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.graalvm.polyglot.Context;
import org.graalvm.polyglot.Engine;

/**
 * Runs JavaScript in GraalJS, each program in a context of its own. Whether a test holds is told to
 * functions of the host that no program can reach; nothing that it prints takes part.
 */
public final class JavaScriptExecutor implements Executor {
  /** How many contexts are made ahead. */
  private static final int AHEAD = 2;

  private static final Set<String> CHOICES = Set.of("if", "while", "for", "switch");

  private final Engine engine;
  private final Watchdog watchdog;
  private final Context parserContext;
  private final SuiteParser parser;
  private final Deque<JavaScriptContext> ready = new ArrayDeque<>();

  /**
   * Prepares to run programs.
   *
   * @param engine the worker's engine, for untrusted code
   * @param watchdog ends programs in time
   */
  public JavaScriptExecutor(Engine engine, Watchdog watchdog) {
    this.engine = engine;
    this.watchdog = watchdog;
    this.parserContext = JavaScriptContext.bare(engine);
    this.parser = new SuiteParser(parserContext);
  }

  @Override
  public boolean prepare() {
    if (ready.size() < AHEAD) {
      ready.add(new JavaScriptContext(engine));
    }
    return ready.size() < AHEAD;
  }

  private JavaScriptContext next() {
    return ready.isEmpty() ? new JavaScriptContext(engine) : ready.remove();
  }

  @Override
  public Optional<Malformed> check(TestSuite tests) {
    return switch (tests) {
      case Asserts(var source) -> parser.problem(source);
      case Calls calls -> Optional.empty();
      case StandardIo exchanges -> Optional.empty();
      case ResultSets sets -> Optional.of(new Malformed("result sets are for SQL", 1, 1));
    };
  }

  @Override
  public void execute(Execution execution, ExecutionListener listener) {
    Optional<Malformed> problem = SourceText.problem(execution.program());
    if (problem.isPresent()) {
      listener.finished(problem.get(), Duration.ZERO, Optional.empty(), Optional.empty());
      return;
    }
    String script = ModuleSyntax.toScript(execution.program());
    Set<Integer> choices = execution.observes(Observation.TRACE) ? choices(script) : Set.of();
    ObservedProgram program = ObservedProgram.unchanged(script, choices);
    Verdict verdict;
    Duration elapsed;
    Optional<Coverage> coverage;
    Optional<String> failure;
    Optional<Test> failed;
    try (Pass pass = pass(execution, listener, program, Optional.empty())) {
      verdict = pass.run(watchdog, () -> giveUp(pass, listener));
      elapsed = pass.elapsed();
      coverage = verdict instanceof Malformed ? Optional.empty() : pass.coverage();
      failure = pass.log().firstFailure();
      failed = pass.log().firstFailed();
    }
    Optional<Trace> trace = Optional.empty();
    if (execution.observes(Observation.TRACE) && failure.isPresent() && failed.isPresent()) {
      Runnable giveUp = () -> listener.abandoned(verdict, elapsed);
      trace = trace(execution, program, failure.get(), failed.get(), giveUp);
    }
    listener.finished(verdict, elapsed, trace, coverage);
  }

  private Pass pass(
      Execution execution,
      ExecutionListener listener,
      ObservedProgram program,
      Optional<String> traced) {
    return new Pass(this::next, parser, execution, listener, program, traced);
  }

  private static void giveUp(Pass pass, ExecutionListener listener) {
    listener.abandoned(
        new TimedOut(
            pass.execution().limits().wallClock(), pass.log().current(), pass.log().passed()),
        pass.elapsed());
  }

  private Optional<Trace> trace(
      Execution execution, ObservedProgram program, String place, Test test, Runnable giveUp) {
    try (Pass pass = pass(execution, new Silence(), program, Optional.of(place))) {
      pass.run(watchdog, giveUp);
      return pass.tracing().observer().map(Observer::trace).map(steps -> new Trace(test, steps));
    }
  }

  /** The lines that choose which line comes next. */
  private static Set<Integer> choices(String script) {
    Set<Integer> choices = new HashSet<>();
    int line = 1;
    int position = 0;
    for (Token token : Tokenizer.tokens(script)) {
      for (; position < token.start(); position++) {
        line += script.charAt(position) == '\n' ? 1 : 0;
      }
      if (token.kind() == Token.Kind.WORD && CHOICES.contains(token.text())) {
        choices.add(line);
      }
    }
    return choices;
  }

  @Override
  public void close() {
    ready.forEach(JavaScriptContext::close);
    ready.clear();
    parserContext.close(true);
  }

  /** What a program does a second time has been told of already. */
  private static final class Silence extends SilentListener {
    @Override
    public void abandoned(Verdict verdict, Duration elapsed) {}
  }
}
