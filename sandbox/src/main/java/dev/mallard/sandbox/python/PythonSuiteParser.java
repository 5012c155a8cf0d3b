package dev.mallard.sandbox.python;

import dev.mallard.sandbox.PythonSuite.Assertion;
import dev.mallard.sandbox.PythonSuite.Fragment;
import dev.mallard.sandbox.PythonSuite.Statement;
import dev.mallard.sandbox.Verdict.Malformed;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.graalvm.polyglot.Context;
import org.graalvm.polyglot.Value;

/**
 * Splits test suites with Python's own {@code ast}, in a context that runs nothing else. Suites are
 * parsed there, never executed.
 */
final class PythonSuiteParser {
  private final Value split;

  /**
   * Creates a parser.
   *
   * @param context for this parser alone
   */
  PythonSuiteParser(Context context) {
    split = context.eval(PythonSources.resource("split_tests.py"));
  }

  /** What parsing came to: a suite, or what is wrong with it. */
  sealed interface Result {
    /** The suite parses. */
    record Parsed(PythonSuite suite) implements Result {}

    /** It does not. */
    record Rejected(Malformed problem) implements Result {}
  }

  Result parse(String source) {
    if (source.isBlank()) {
      return new Result.Parsed(PythonSuite.EMPTY);
    }
    Value result = split.execute(source);
    if (result.getArrayElement(0).asString().equals("malformed")) {
      return new Result.Rejected(
          new Malformed(
              result.getArrayElement(1).asString(), integer(result, 2), integer(result, 3)));
    }
    return new Result.Parsed(
        new PythonSuite(
            list(result.getArrayElement(1), PythonSuiteParser::statement),
            list(result.getArrayElement(2), PythonSuiteParser::assertion)));
  }

  private static Statement statement(Value value) {
    return new Statement(
        value.getArrayElement(0).asBoolean(),
        new Fragment(integer(value, 1), value.getArrayElement(2).asString()),
        list(value.getArrayElement(3), PythonSuiteParser::fragment),
        optional(list(value.getArrayElement(4), PythonSuiteParser::fragment)));
  }

  private static Fragment fragment(Value value) {
    return new Fragment(integer(value, 0), value.getArrayElement(1).asString());
  }

  private static Assertion assertion(Value value) {
    return new Assertion(integer(value, 0), integer(value, 1), value.getArrayElement(2).asString());
  }

  private static int integer(Value tuple, int index) {
    return tuple.getArrayElement(index).asInt();
  }

  private static <T> Optional<T> optional(List<T> atMostOne) {
    return atMostOne.stream().findFirst();
  }

  private static <T> List<T> list(Value values, Function<Value, T> element) {
    List<T> result = new ArrayList<>();
    for (long index = 0; index < values.getArraySize(); index++) {
      result.add(element.apply(values.getArrayElement(index)));
    }
    return result;
  }
}
