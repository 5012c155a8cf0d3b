package dev.mallard.sandbox;

import java.time.Duration;
import java.util.Optional;

/** How the run of a program and its tests ended. */
public sealed interface Verdict {

  /** Whether the program ended and every test held. */
  default boolean passed() {
    return this instanceof Passed;
  }

  /**
   * A test statement.
   *
   * @param number its place in the suite, from 1
   * @param source its text
   */
  record Test(int number, String source) {}

  /** Every test held; {@code tests} says how many there were. */
  record Passed(int tests) implements Verdict {}

  /**
   * An assertion did not hold.
   *
   * @param test the assertion
   * @param comparison its two sides, where it has the form {@code assert a == b}
   * @param message what the assertion itself says after its comma, where it says something
   * @param testsPassed how many tests held
   */
  record Failed(
      Test test, Optional<Comparison> comparison, Optional<String> message, int testsPassed)
      implements Verdict {}

  /**
   * The two sides of an equality that did not hold.
   *
   * @param expression source text of the left side
   * @param actual what the left side was, as the language prints it, cut to a readable length
   * @param expected what the right side was, likewise
   */
  record Comparison(String expression, String actual, String expected) {}

  /**
   * The program, or a test, raised an exception or ended the process.
   *
   * @param type name of the exception, such as {@code ValueError}
   * @param message its message, cut to a readable length; empty if it has none
   * @param line line of the user's program at which it happened, from 1; empty if no line of it
   *     took part
   * @param test the test that was running; empty if the program itself was
   * @param testsPassed how many tests held
   */
  record Crashed(
      String type, String message, Optional<Integer> line, Optional<Test> test, int testsPassed)
      implements Verdict {}

  /**
   * The wall-clock limit passed; {@code test} is the test that was running, empty if the program
   * itself was.
   */
  record TimedOut(Duration limit, Optional<Test> test, int testsPassed) implements Verdict {}

  /**
   * The heap limit passed; {@code test} is the test that was running, empty if that is not known.
   */
  record OutOfMemory(int limitMebibytes, Optional<Test> test) implements Verdict {}

  /**
   * The program does not parse.
   *
   * @param message what the language's parser says
   * @param line where, from 1
   * @param column where, from 1
   */
  record Malformed(String message, int line, int column) implements Verdict {}
}
