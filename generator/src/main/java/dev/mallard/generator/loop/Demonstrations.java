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

  /**
   * A repair of another time.
   *
   * @param task title and statement
   * @param failing the program that failed
   * @param feedback what the model was told of it
   * @param program what it then wrote, which passed
   */
  record RepairDemonstration(String task, String failing, String feedback, String program) {}

  /** Those that are of use for a problem, the best first. */
  List<Demonstration> of(Problem problem);

  /** Those that are of use for the repair of a program. */
  default List<RepairDemonstration> ofRepair(Problem problem, String program, String feedback) {
    return List.of();
  }
}
