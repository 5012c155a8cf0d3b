package dev.mallard.generator.engine;

import java.nio.FloatBuffer;

/**
 * Scores of every token as the next one, for each wanted position of a batch.
 *
 * @param values {@code [rows, vocabularySize]}, row by row; empty where nobody wants to see them
 * @param vocabularySize scores in a row
 * @param logSumExp by row, the logarithm of the sum of the exponentials: a logit less this is a
 *     log-probability
 * @param likeliest by row, the first token with the highest score
 * @param highest by row, that score
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared.
record Logits(
    FloatBuffer values, int vocabularySize, float[] logSumExp, long[] likeliest, float[] highest) {

  int rows() {
    return logSumExp.length;
  }

  /** The log-probability of a token in one row. */
  double logProbability(int row, int token) {
    float score = token == likeliest[row] ? highest[row] : values.get(row * vocabularySize + token);
    return (double) score - logSumExp[row];
  }

  /** The scores of one row. */
  float[] row(int row) {
    float[] scores = new float[vocabularySize];
    values.get(row * vocabularySize, scores);
    return scores;
  }

  /** One row alone. */
  Logits only(int row) {
    return new Logits(
        values.hasRemaining() ? FloatBuffer.wrap(row(row)) : values,
        vocabularySize,
        new float[] {logSumExp[row]},
        new long[] {likeliest[row]},
        new float[] {highest[row]});
  }
}
