package dev.mallard.generator.sql;

import dev.mallard.generator.model.Completion;

/**
 * A query that the model wrote.
 *
 * @param turn in which it was written, from 1
 * @param number its place in the batch, from 0
 * @param completion what the model wrote
 * @param query the query in it; empty if there is none
 * @param result what came of it
 */
public record SqlCandidate(
    int turn, int number, Completion completion, String query, QueryResult result) {

  /** Whether the query ran to its end. */
  public boolean ran() {
    return result instanceof QueryResult.Rows;
  }

  /**
   * The mean of the natural logarithms of its tokens' probabilities; minus infinity where that is
   * not known.
   */
  public double score() {
    double mean = completion.logProbability() / Math.max(1, completion.tokens());
    return Double.isNaN(mean) ? Double.NEGATIVE_INFINITY : mean;
  }
}
