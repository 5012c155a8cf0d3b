package dev.mallard.sandbox;

/**
 * The tests of a program: statements in the program's language, most of them {@code assert}s, that
 * run after it and see its definitions.
 *
 * <p>The statements at the top level of the suite run one after the other. A test is
 *
 * <ul>
 *   <li>an {@code assert};
 *   <li>a call of, or a compound statement ({@code for}, {@code if}, {@code with}, {@code try} ...)
 *       that calls, a function which the suite itself defines and which asserts something, such as
 *       {@code check(candidate)};
 *   <li>a compound statement with an {@code assert} in it.
 * </ul>
 *
 * <p>Tests are numbered from 1. All other statements (imports, assignments, definitions, other
 * calls) are set-up: they run in their place and are not counted. Set-up that goes wrong is
 * reported with the number of the test that it comes before.
 *
 * <p>Each test is compiled by itself, so {@code from __future__} imports have no effect here.
 *
 * @param source the statements; blank when there is nothing to check
 */
public record TestSuite(String source) {
  public static final TestSuite EMPTY = new TestSuite("");

  public boolean isEmpty() {
    return source.isBlank();
  }
}
