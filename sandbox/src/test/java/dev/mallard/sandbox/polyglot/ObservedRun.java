package dev.mallard.sandbox.polyglot;

import dev.mallard.sandbox.Coverage;
import dev.mallard.sandbox.Observation;
import dev.mallard.sandbox.Trace.Called;
import dev.mallard.sandbox.Trace.Line;
import dev.mallard.sandbox.Trace.Omitted;
import dev.mallard.sandbox.Trace.Raised;
import dev.mallard.sandbox.Trace.Returned;
import dev.mallard.sandbox.Trace.Step;
import dev.mallard.sandbox.Trace.Variable;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.graalvm.polyglot.Context;
import org.graalvm.polyglot.Engine;
import org.graalvm.polyglot.PolyglotException;
import org.graalvm.polyglot.SandboxPolicy;
import org.graalvm.polyglot.Source;
import org.graalvm.polyglot.Value;

/** Runs programs under observation, and writes steps in short. */
final class ObservedRun implements AutoCloseable {
  private final String language;
  private final Engine engine;

  ObservedRun(String language) {
    this.language = language;
    this.engine =
        Engine.newBuilder(language)
            .sandbox(SandboxPolicy.CONSTRAINED)
            .in(InputStream.nullInputStream())
            .out(OutputStream.nullOutputStream())
            .err(OutputStream.nullOutputStream())
            .build();
  }

  record Result(List<Step> steps, Coverage coverage) {
    List<String> inShort() {
      return steps.stream().map(ObservedRun::inShort).toList();
    }
  }

  Context context() {
    return Context.newBuilder(language)
        .engine(engine)
        .sandbox(SandboxPolicy.CONSTRAINED)
        .in(InputStream.nullInputStream())
        .out(OutputStream.nullOutputStream())
        .err(OutputStream.nullOutputStream())
        .build();
  }

  ObservedProgram prepared(String program, Set<Integer> choices) {
    if (!language.equals("python")) {
      return ObservedProgram.unchanged(program, choices);
    }
    try (Context parser = context()) {
      return new PythonObservation(parser).observed(program).orElseThrow();
    }
  }

  /** Runs the program without a trace, and then the test with one. */
  Result run(String program, String test, Integer... choices) {
    return run(prepared(program, Set.of(choices)), test);
  }

  /** The same, of a program whose choices need not be told. */
  Result run(ObservedProgram observed, String test) {
    try (Context context = context()) {
      Observer observer = attach(context, observed);
      Value parsed = context.parse(source(observed.text()));
      boolean traced = test.isEmpty();
      if (traced) {
        observer.startTrace();
      }
      run(parsed);
      if (!traced) {
        observer.startTrace();
        run(context.parse(Source.newBuilder(language, test, "tests").cached(false).buildLiteral()));
      }
      observer.close();
      return new Result(observer.trace(), observer.coverage());
    }
  }

  Observer attach(Context context, ObservedProgram observed) {
    return Observer.attach(
        context, language, "program", observed, EnumSet.allOf(Observation.class));
  }

  Source source(String text) {
    return Source.newBuilder(language, text, "program").cached(false).buildLiteral();
  }

  private static void run(Value parsed) {
    try {
      parsed.executeVoid();
    } catch (PolyglotException e) {
      if (!e.isGuestException()) {
        throw e;
      }
    }
  }

  private static String inShort(Step step) {
    return switch (step) {
      case Called(var function, var line, var arguments) ->
          "%s(%s) at %d".formatted(function, inShort(arguments), line);
      case Line(var line, var changes, var branch) ->
          (line + " " + inShort(changes) + branch.map(next -> "-> " + next).orElse("")).strip();
      case Returned(var function, var value) -> function + " returned " + value;
      case Raised(var function, var exception) -> function + " raised " + exception;
      case Omitted(var count) -> count + " omitted";
    };
  }

  private static String inShort(List<Variable> variables) {
    return variables.stream()
        .map(variable -> variable.name() + "=" + variable.value())
        .collect(Collectors.joining(", "));
  }

  @Override
  public void close() {
    engine.close(true);
  }
}
