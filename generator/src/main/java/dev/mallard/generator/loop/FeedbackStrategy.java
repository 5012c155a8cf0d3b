package dev.mallard.generator.loop;

import dev.mallard.generator.problem.Problem;

/** Turns what happened to a program into words for the model. */
@FunctionalInterface
public interface FeedbackStrategy {

  /**
   * Says what is wrong with a program.
   *
   * @param attempt one that did not pass
   */
  Feedback explain(Problem problem, Attempt attempt);
}
