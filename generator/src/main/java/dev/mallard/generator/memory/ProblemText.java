package dev.mallard.generator.memory;

import dev.mallard.generator.problem.Problem;
import java.util.Optional;

/**
 * What is kept of a problem.
 *
 * @param title one line
 * @param statement what the program must do; may be empty
 * @param signature the lines that the program must define
 * @param language the label of the language that programs are written in, such as {@code python}
 * @param tests the visible tests, as a reader sees them
 */
public record ProblemText(
    String title, String statement, Optional<String> signature, String language, String tests) {

  /** The texts of a problem; its hidden tests are not among them. */
  public static ProblemText of(Problem problem) {
    return new ProblemText(
        problem.title(),
        problem.statement(),
        problem.signature(),
        problem.language().label(),
        problem.visibleTests().source());
  }
}
