package dev.mallard.sandbox.jvm;

import com.github.javaparser.ast.CompilationUnit;
import java.util.List;
import java.util.Optional;

/** A test suite in Java, parsed. */
sealed interface JavaSuite {
  /**
   * A compilation unit with a {@code main}.
   *
   * @param mainClass the class that has it
   */
  record Unit(String source, CompilationUnit tree, String mainClass) implements JavaSuite {}

  /**
   * Statements.
   *
   * @param imports import declarations before them, without semicolons
   * @param statements in order
   */
  record Statements(String imports, String body, List<Part> statements) implements JavaSuite {
    public Statements {
      statements = List.copyOf(statements);
    }
  }

  /** A statement. */
  sealed interface Part {
    /** Its text. */
    String text();
  }

  /** A statement that is no test. */
  record SetUp(String text) implements Part {}

  /** A statement with assertions in it, such as a loop. */
  record Compound(String text) implements Part {}

  /**
   * An assertion.
   *
   * @param condition its condition
   * @param equality how the condition says that two things are equal, if it does
   * @param message what it says when it does not hold
   */
  record Assertion(
      String text, String condition, Optional<Equality> equality, Optional<String> message)
      implements Part {}

  /**
   * A condition that two things are equal.
   *
   * @param left the one, which is the actual one
   * @param right the other
   * @param comparison the condition, with {@code %1$s} and {@code %2$s} for the two
   */
  record Equality(String left, String right, String comparison) {}
}
