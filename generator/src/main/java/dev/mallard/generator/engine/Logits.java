package dev.mallard.generator.engine;

import java.nio.FloatBuffer;

/**
 * Scores of every token as the next one, for each sequence of a batch.
 *
 * @param values {@code [rows, vocabularySize]}, row by row
 * @param vocabularySize scores in a row
 * @param logSumExp by row, the logarithm of the sum of the exponentials: a logit less this is a
 *     log-probability
 */
record Logits(FloatBuffer values, int vocabularySize, FloatBuffer logSumExp) {

  int rows() {
    return logSumExp.limit();
  }

  /** The log-probability of a token in one row. */
  double logProbability(int row, int token) {
    return values.get(row * vocabularySize + token) - logSumExp.get(row);
  }

  /** The scores of one row. */
  float[] row(int row) {
    float[] scores = new float[vocabularySize];
    values.get(row * vocabularySize, scores);
    return scores;
  }
}
