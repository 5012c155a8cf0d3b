package dev.mallard.sandbox.python;

import dev.mallard.sandbox.MalformedTestsException;
import dev.mallard.sandbox.Verdict.Malformed;
import dev.mallard.sandbox.Verdict.Test;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.graalvm.polyglot.Value;

/**
 * A test suite in Python, split into the statements of its top level and ready to run.
 *
 * @param statements the statements, in order
 * @param assertions every assert that is a test, in order: that at index 0 is test 1
 */
record PythonSuite(List<Statement> statements, List<Assertion> assertions) {
  /** The longest source text of a test that a verdict quotes, in characters. */
  private static final int LONGEST_TEST = 4000;

  static final PythonSuite EMPTY = new PythonSuite(List.of(), List.of());

  PythonSuite {
    statements = List.copyOf(statements);
    assertions = List.copyOf(assertions);
  }

  /**
   * One statement of the top level.
   *
   * @param function runs it
   * @param text its source text
   * @param must numbers of the tests that run whenever the statement runs to its end
   * @param may numbers of the tests that may run in it as well
   * @param raises whether its asserts are not recorded one by one but raise as they are
   */
  record Statement(
      Value function, String text, List<Integer> must, List<Integer> may, boolean raises) {
    Statement {
      must = List.copyOf(must);
      may = List.copyOf(may);
    }

    boolean isTest() {
      return !must.isEmpty() || !may.isEmpty();
    }

    List<Integer> numbers() {
      List<Integer> numbers = new ArrayList<>(must);
      numbers.addAll(may);
      numbers.sort(null);
      return numbers;
    }
  }

  /**
   * An assert.
   *
   * @param test its number and text
   * @param line first line in the suite, from 1
   * @param lastLine last line
   * @param left text of the left side, if it is an equality
   */
  record Assertion(Test test, int line, int lastLine, Optional<String> left) {}

  Test test(int number) {
    return assertions.get(number - 1).test();
  }

  List<Test> tests() {
    return assertions.stream().map(Assertion::test).toList();
  }

  /** The first assertion that spans a line of the suite. */
  Optional<Assertion> assertionAt(int line) {
    return assertions.stream()
        .filter(assertion -> assertion.line() <= line && line <= assertion.lastLine())
        .findFirst();
  }

  /** What is wrong with a suite, from what {@code check} of {@code suite.py} has answered. */
  static Optional<Malformed> problem(Value answer) {
    return answer.getArrayElement(0).asString().equals("malformed")
        ? Optional.of(
            new Malformed(
                answer.getArrayElement(1).asString(), integer(answer, 2), integer(answer, 3)))
        : Optional.empty();
  }

  /**
   * Reads what {@code split} of {@code suite.py} has answered.
   *
   * @throws MalformedTestsException if the suite does not parse
   */
  static PythonSuite of(Value answer) {
    Optional<Malformed> problem = problem(answer);
    if (problem.isPresent()) {
      throw new MalformedTestsException(problem.get());
    }
    List<Assertion> assertions = new ArrayList<>();
    Value tests = answer.getArrayElement(2);
    for (int number = 1; number <= tests.getArraySize(); number++) {
      Value test = tests.getArrayElement(number - 1);
      assertions.add(
          new Assertion(
              new Test(number, cut(test.getArrayElement(0).asString())),
              integer(test, 1),
              integer(test, 2),
              Optional.of(test.getArrayElement(3).asString()).filter(text -> !text.isEmpty())));
    }
    return new PythonSuite(list(answer.getArrayElement(1), PythonSuite::statement), assertions);
  }

  private static Statement statement(Value value) {
    return new Statement(
        value.getArrayElement(0),
        value.getArrayElement(1).asString(),
        list(value.getArrayElement(2), Value::asInt),
        list(value.getArrayElement(3), Value::asInt),
        value.getArrayElement(4).asBoolean());
  }

  static String cut(String source) {
    return source.length() <= LONGEST_TEST ? source : source.substring(0, LONGEST_TEST) + " ...";
  }

  private static int integer(Value tuple, int index) {
    return tuple.getArrayElement(index).asInt();
  }

  private static <T> List<T> list(Value values, Function<Value, T> element) {
    List<T> result = new ArrayList<>();
    for (long index = 0; index < values.getArraySize(); index++) {
      result.add(element.apply(values.getArrayElement(index)));
    }
    return result;
  }
}
