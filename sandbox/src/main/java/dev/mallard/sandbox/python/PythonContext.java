package dev.mallard.sandbox.python;

import dev.mallard.sandbox.Observation;
import dev.mallard.sandbox.executor.GuestInput;
import dev.mallard.sandbox.executor.GuestOutput;
import dev.mallard.sandbox.executor.OutputStreamKind;
import dev.mallard.sandbox.polyglot.ObservedProgram;
import dev.mallard.sandbox.polyglot.Observer;
import dev.mallard.sandbox.polyglot.PythonObservation;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import org.graalvm.polyglot.Context;
import org.graalvm.polyglot.Engine;
import org.graalvm.polyglot.PolyglotException;
import org.graalvm.polyglot.SandboxPolicy;
import org.graalvm.polyglot.Value;
import org.graalvm.polyglot.io.IOAccess;

/**
 * A fresh Python for one program, confined by {@link SandboxPolicy#CONSTRAINED}: no files, network,
 * processes, threads, native code, environment or Java classes.
 */
final class PythonContext implements AutoCloseable {
  /** Values and messages longer than this are cut, in characters. */
  private static final int LONGEST_TEXT = 1000;

  /** Longer programs and tests, in characters, are run as they are. */
  private static final int LONGEST_PROGRAM = 50_000;

  private final GuestOutput standardOutput = new GuestOutput();
  private final GuestOutput standardError = new GuestOutput();
  private final GuestInput standardInput = new GuestInput();
  private final Context context;
  private final Value holds;
  private final Value same;
  private final Value show;
  private final Value text;
  private final Value describe;
  private final Value loads;
  private final Value find;
  private final Value checkSuite;
  private final Value splitSuite;
  private Optional<Value> setOrder = Optional.empty();
  private boolean observed;

  PythonContext(Engine engine) {
    context =
        Context.newBuilder(PythonSources.LANGUAGE)
            .engine(engine)
            .sandbox(SandboxPolicy.CONSTRAINED)
            .allowIO(IOAccess.NONE)
            .in(standardInput)
            .out(standardOutput)
            .err(standardError)
            .build();
    Value tools = tools("harness", PythonSources.PROGRAM, PythonSources.TESTS, LONGEST_TEXT);
    holds = tools.getArrayElement(0);
    same = tools.getArrayElement(1);
    show = tools.getArrayElement(2);
    text = tools.getArrayElement(3);
    describe = tools.getArrayElement(4);
    loads = tools.getArrayElement(5);
    find = tools.getArrayElement(6);
    Value suite = tools("suite", PythonSources.TESTS);
    checkSuite = suite.getArrayElement(0);
    splitSuite = suite.getArrayElement(1);
  }

  /** The functions of a part of the sandbox that is written in Python; before a program has run. */
  Value tools(String name, Object... arguments) {
    Value tools = context.eval(PythonSources.resource(name)).execute(arguments);
    context.getBindings(PythonSources.LANGUAGE).removeMember(name + "_tools");
    return tools;
  }

  /**
   * An exception that reached the top.
   *
   * @param line line of the program's innermost frame
   * @param testsLine line of the tests, if the innermost frame of all is theirs
   */
  record Raised(String type, String message, Optional<Integer> line, Optional<Integer> testsLine) {}

  /** Begins to keep what the program prints. */
  void openOutput(int limit, BiConsumer<OutputStreamKind, String> sink) {
    standardOutput.open(limit, piece -> sink.accept(OutputStreamKind.STANDARD_OUTPUT, piece));
    standardError.open(limit, piece -> sink.accept(OutputStreamKind.STANDARD_ERROR, piece));
  }

  void finishOutput() {
    standardOutput.finish();
    standardError.finish();
  }

  /** Sets what the program reads on standard input. */
  void openInput(String input) {
    standardInput.open(input.getBytes(StandardCharsets.UTF_8));
  }

  /** Observes the program, which is to be parsed after this, with that text. */
  Observer observe(ObservedProgram program, Set<Observation> observations) {
    observed = true;
    return Observer.attach(
        context, PythonSources.LANGUAGE, PythonSources.PROGRAM, program, observations);
  }

  /** Makes programs ready to be observed, in a context in which none ever runs. */
  PythonObservation observation() {
    return new PythonObservation(context);
  }

  /** Parses a program; executing the result runs it as {@code __main__}. */
  Value parse(String program) {
    return parse(program, "");
  }

  /** Parses a program that tests call, which may give it sets. */
  Value parse(String program, String tests) {
    boolean plain = observed || !(maySpeakOfSets(program) || maySpeakOfSets(tests));
    String text = plain ? program : setOrder().execute(program, tests).asString();
    return context.parse(PythonSources.once(text, PythonSources.PROGRAM));
  }

  private static boolean maySpeakOfSets(String text) {
    return text.length() <= LONGEST_PROGRAM && (text.contains("set") || text.contains("{"));
  }

  /** See {@code setorder.py}. */
  private Value setOrder() {
    Value function = setOrder.orElseGet(() -> tools("setorder"));
    setOrder = Optional.of(function);
    return function;
  }

  /** What {@code suite.py} says of a suite's syntax. */
  Value checkSuite(String source) {
    return checkSuite.execute(source);
  }

  /** Makes a suite ready to run, before the program has run; see {@code suite.py}. */
  Value splitSuite(String source, Object... callbacks) {
    Object[] arguments = new Object[callbacks.length + 1];
    arguments[0] = source;
    System.arraycopy(callbacks, 0, arguments, 1, callbacks.length);
    return splitSuite.execute(arguments);
  }

  /**
   * Whether an assert of a condition holds.
   *
   * @param tests source text of the tests
   */
  boolean holds(String tests, Value condition) {
    return holds.execute("", tests, condition).asBoolean();
  }

  /** Whether an assert of a comparison holds. */
  boolean holds(String tests, String operator, Value left, Value right) {
    return holds.execute(operator, tests, left, right).asBoolean();
  }

  /** Whether a value is structurally equal to one that {@link #load} made. */
  boolean same(Value actual, Value expected, double tolerance) {
    return same.execute(actual, expected, tolerance).asBoolean();
  }

  /** {@code repr} of a value, cut to a readable length. */
  String show(Object value) {
    return show.execute(value).asString();
  }

  /** {@code str} of a value, cut to a readable length. */
  String text(Object value) {
    return text.execute(value).asString();
  }

  /** A Python object from JSON text; to be called before the program has run. */
  Value load(String json) {
    return loads.execute(json);
  }

  /** What a dotted name means in the program. */
  Value find(String name) {
    return find.execute(name);
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
