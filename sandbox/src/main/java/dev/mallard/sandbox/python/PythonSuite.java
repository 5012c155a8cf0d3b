package dev.mallard.sandbox.python;

import java.util.List;
import java.util.Optional;

/**
 * A test suite in Python, split into its statements.
 *
 * @param statements the statements of its top level
 * @param innerAssertions every assert that stands inside another statement
 */
record PythonSuite(List<Statement> statements, List<Assertion> innerAssertions) {
  static final PythonSuite EMPTY = new PythonSuite(List.of(), List.of());

  PythonSuite {
    statements = List.copyOf(statements);
    innerAssertions = List.copyOf(innerAssertions);
  }

  /** The innermost assertion that spans a line of the suite. */
  Optional<Assertion> innerAssertionAt(int line) {
    return innerAssertions.stream()
        .filter(assertion -> assertion.line() <= line && line <= assertion.lastLine())
        .findFirst();
  }

  /**
   * One statement of the top level.
   *
   * @param isTest whether it counts as a test
   * @param text the statement
   * @param operands the two sides of an {@code assert a == b}, or the condition of another assert;
   *     empty if the statement is no assert
   * @param message what follows the assert's comma
   */
  record Statement(
      boolean isTest, Fragment text, List<Fragment> operands, Optional<Fragment> message) {
    Statement {
      operands = List.copyOf(operands);
    }
  }

  /** A piece of the suite's source text and the line where it begins, from 1. */
  record Fragment(int line, String text) {
    /** The text below as many empty lines as stood above it, so that line numbers hold. */
    String inPlace() {
      return "\n".repeat(line - 1) + text;
    }

    /** The text, an expression, as a tuple of one. */
    String inPlaceAsTuple() {
      return "\n".repeat(line - 1) + "(" + text + "\n,)";
    }
  }

  /** An assert, its first and its last line, from 1. */
  record Assertion(int line, int lastLine, String text) {}
}
