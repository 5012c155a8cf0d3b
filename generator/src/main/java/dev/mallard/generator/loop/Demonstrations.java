package dev.mallard.generator.loop;

import dev.mallard.generator.problem.Problem;
import java.util.List;

/** Where problems and programs come from that are shown to the model before its own. */
@FunctionalInterface
public interface Demonstrations {
  /** None. */
  Demonstrations NONE = problem -> List.of();

  /**
   * A problem of another time, and a program that solves it.
   *
   * @param task title and statement
   */
  record Demonstration(String task, String program) {}

  /** Those that are of use for a problem, the best first. */
  List<Demonstration> of(Problem problem);
}
