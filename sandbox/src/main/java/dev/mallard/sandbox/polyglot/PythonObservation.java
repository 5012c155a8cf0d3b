package dev.mallard.sandbox.polyglot;

import dev.mallard.sandbox.polyglot.ObservedProgram.Function;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.graalvm.polyglot.Context;
import org.graalvm.polyglot.PolyglotException;
import org.graalvm.polyglot.Source;
import org.graalvm.polyglot.Value;

/**
 * Makes Python programs ready to be observed, with Python's own parser.
 *
 * <p>What the compiler adds at the end of a suite counts as part of the suite's last line, which
 * would seem to run when it does not. So each suite gets a {@code pass} on a line of its own.
 */
public final class PythonObservation {
  private static final String SCRIPT = "observed_program.py";

  private final Value transform;

  /**
   * Prepares the parser.
   *
   * @param context a context of Python in which no program ever runs
   */
  public PythonObservation(Context context) {
    transform = context.eval(Source.newBuilder("python", script(), SCRIPT).buildLiteral());
  }

  private static String script() {
    try (InputStream in = PythonObservation.class.getResourceAsStream(SCRIPT)) {
      if (in == null) {
        throw new IllegalStateException("Missing resource " + SCRIPT);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The program as it is to be run; empty if it does not parse. */
  public Optional<ObservedProgram> observed(String program) {
    try {
      Value parts = transform.execute(program);
      List<Function> functions = new ArrayList<>();
      Value found = parts.getArrayElement(3);
      for (long index = 0; index < found.getArraySize(); index++) {
        functions.add(function(found.getArrayElement(index)));
      }
      return Optional.of(
          new ObservedProgram(
              parts.getArrayElement(0).asString(),
              numbers(parts.getArrayElement(1)),
              Set.copyOf(new HashSet<>(numbers(parts.getArrayElement(2)))),
              functions));
    } catch (PolyglotException e) {
      return Optional.empty();
    }
  }

  private static Function function(Value parts) {
    List<String> parameters = new ArrayList<>();
    Value names = parts.getArrayElement(4);
    for (long index = 0; index < names.getArraySize(); index++) {
      parameters.add(names.getArrayElement(index).asString());
    }
    return new Function(
        parts.getArrayElement(0).asString(),
        parts.getArrayElement(1).asInt(),
        parts.getArrayElement(2).asInt(),
        parts.getArrayElement(3).asInt(),
        parameters,
        parts.getArrayElement(5).asBoolean());
  }

  private static List<Integer> numbers(Value list) {
    List<Integer> numbers = new ArrayList<>();
    for (long index = 0; index < list.getArraySize(); index++) {
      numbers.add(list.getArrayElement(index).asInt());
    }
    return numbers;
  }
}
