package dev.mallard.sandbox.python;

import dev.mallard.sandbox.Message.Output;
import dev.mallard.sandbox.Message.Stream;
import java.io.InputStream;
import java.util.Optional;
import java.util.function.Consumer;
import org.graalvm.polyglot.Context;
import org.graalvm.polyglot.Engine;
import org.graalvm.polyglot.PolyglotException;
import org.graalvm.polyglot.SandboxPolicy;
import org.graalvm.polyglot.Value;
import org.graalvm.polyglot.io.IOAccess;

/**
 * A fresh Python for one program, confined by {@link SandboxPolicy#CONSTRAINED}: no files, network,
 * processes, threads, native code, environment or Java classes, and nothing to read on standard
 * input.
 */
final class PythonContext implements AutoCloseable {
  /** Values and messages longer than this are cut, in characters. */
  private static final int LONGEST_TEXT = 1000;

  private final GuestOutput standardOutput = new GuestOutput();
  private final GuestOutput standardError = new GuestOutput();
  private final Context context;
  private final Value equal;
  private final Value holds;
  private final Value show;
  private final Value text;
  private final Value describe;

  PythonContext(Engine engine) {
    context = context(engine, standardOutput, standardError);
    Value prepare = context.eval(PythonSources.resource("prepare.py"));
    Value tools = prepare.execute(PythonSources.PROGRAM, PythonSources.TESTS, LONGEST_TEXT);
    context.getBindings(PythonSources.LANGUAGE).removeMember("prepare");
    equal = tools.getArrayElement(0);
    holds = tools.getArrayElement(1);
    show = tools.getArrayElement(2);
    text = tools.getArrayElement(3);
    describe = tools.getArrayElement(4);
  }

  static Context context(Engine engine, GuestOutput standardOutput, GuestOutput standardError) {
    return Context.newBuilder(PythonSources.LANGUAGE)
        .engine(engine)
        .sandbox(SandboxPolicy.CONSTRAINED)
        .allowIO(IOAccess.NONE)
        .in(InputStream.nullInputStream())
        .out(standardOutput)
        .err(standardError)
        .build();
  }

  /**
   * An exception that reached the top.
   *
   * @param line line of the program's innermost frame
   * @param testsLine line of the tests, if the innermost frame of all is theirs
   */
  record Raised(String type, String message, Optional<Integer> line, Optional<Integer> testsLine) {}

  /** Begins to keep what the program prints. */
  void openOutput(int limit, Consumer<Message> sink) {
    standardOutput.open(limit, piece -> sink.accept(new Output(Stream.STANDARD_OUTPUT, piece)));
    standardError.open(limit, piece -> sink.accept(new Output(Stream.STANDARD_ERROR, piece)));
  }

  void finishOutput() {
    standardOutput.finish();
    standardError.finish();
  }

  /** Parses a program; executing the result runs it as {@code __main__}. */
  Value parse(String program) {
    return context.parse(PythonSources.once(program, PythonSources.PROGRAM));
  }

  /** Runs a piece of the tests where it sees the program's definitions. */
  Value evaluate(String piece) {
    return context.eval(PythonSources.once(piece, PythonSources.TESTS));
  }

  /** Whether {@code left == right}, as an assert sees it; each is a tuple of one. */
  boolean equal(Value left, Value right) {
    return equal.execute(left, right).asBoolean();
  }

  /** Whether an assert of this condition, a tuple of one, holds. */
  boolean holds(Value condition) {
    return holds.execute(condition).asBoolean();
  }

  /** {@code repr} of what a tuple of one holds, cut to a readable length. */
  String show(Value value) {
    return show.execute(value).asString();
  }

  /** {@code str} of what a tuple of one holds, cut to a readable length. */
  String text(Value value) {
    return text.execute(value).asString();
  }

  Raised describe(Value exception) {
    Value description = describe.execute(exception);
    return new Raised(
        description.getArrayElement(0).asString(),
        description.getArrayElement(1).asString(),
        line(description.getArrayElement(2)),
        line(description.getArrayElement(3)));
  }

  private static Optional<Integer> line(Value line) {
    return Optional.of(line.asInt()).filter(number -> number > 0);
  }

  /** Stops what runs in this context, from any thread; returns when it has stopped. */
  void cancel() {
    try {
      context.close(true);
    } catch (PolyglotException e) {
      // Says once more that the program was cancelled or has exited; it is closed all the same.
    }
  }

  /** Ends the context without running what the program has registered with {@code atexit}. */
  @Override
  public void close() {
    cancel();
  }
}
