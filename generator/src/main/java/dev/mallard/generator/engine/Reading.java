package dev.mallard.generator.engine;

/**
 * What one sequence reads in a step.
 *
 * @param sequence where its keys and values are
 * @param first position of the first new token
 * @param tokens the new tokens, at least one
 * @param wanted after how many of these, the last ones, it is wanted what comes next
 * @param adapter number of the adapter that is added to the weights; -1 for none
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared.
record Reading(CachedSequence sequence, int first, int[] tokens, int wanted, int adapter) {
  /** The sequence's length, with the new tokens. */
  int length() {
    return first + tokens.length;
  }
}
