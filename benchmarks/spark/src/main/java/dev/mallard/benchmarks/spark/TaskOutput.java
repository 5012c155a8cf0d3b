package dev.mallard.benchmarks.spark;

import java.io.Serializable;

/** What an executor sends back. */
sealed interface TaskOutput extends Serializable {
  /**
   * A task was solved, or not.
   *
   * @param result a line of the run's results
   * @param transcript the text of its transcript; empty if there is none
   */
  record Solved(String result, String transcript) implements TaskOutput {}

  /**
   * What the executor's model is.
   *
   * @param facts all that it says of itself
   */
  record Described(ModelFacts facts) implements TaskOutput {}

  /**
   * The machine cannot take part in the run, and to try again is no use.
   *
   * @param message one sentence for the user
   */
  record Refused(String message) implements TaskOutput {}
}
