package dev.mallard.generator.constraint;

import java.util.Set;

/**
 * The tokens that may come next.
 *
 * @param bits one bit for each ordinary token of the vocabulary, the first in the lowest; not to be
 *     changed
 * @param mayEnd whether an end token may
 */
@SuppressWarnings("ArrayRecordComponent") // Too long to be copied for each token of a text.
public record AllowedTokens(long[] bits, boolean mayEnd) {

  /**
   * Whether a token may come next.
   *
   * @param ends the end tokens
   */
  public boolean allows(int token, Set<Integer> ends) {
    if (ends.contains(token)) {
      return mayEnd;
    }
    return has(token);
  }

  /** Whether an ordinary token may come next. */
  boolean has(int token) {
    return token >> 6 < bits.length && (bits[token >> 6] >>> token & 1) != 0;
  }

  /** Makes the scores of all other tokens negative infinity. */
  public void restrict(float[] scores, Set<Integer> ends) {
    for (int token = 0; token < scores.length; token++) {
      if (!has(token) && !(mayEnd && ends.contains(token))) {
        scores[token] = Float.NEGATIVE_INFINITY;
      }
    }
  }

  /** The only token that may come next, or -1 if there are several. */
  public int only() {
    int only = -1;
    for (int i = 0; i < bits.length; i++) {
      if (bits[i] != 0) {
        if (only >= 0 || Long.bitCount(bits[i]) > 1) {
          return -1;
        }
        only = 64 * i + Long.numberOfTrailingZeros(bits[i]);
      }
    }
    return mayEnd ? -1 : only;
  }
}
