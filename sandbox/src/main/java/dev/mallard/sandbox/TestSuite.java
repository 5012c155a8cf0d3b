package dev.mallard.sandbox;

/**
 * The tests of a program: statements in the program's language, most of them {@code assert}s, that
 * run after it and see its definitions.
 *
 * @param source the statements; blank when there is nothing to check
 */
public record TestSuite(String source) {
  public static final TestSuite EMPTY = new TestSuite("");

  public boolean isEmpty() {
    return source.isBlank();
  }
}
