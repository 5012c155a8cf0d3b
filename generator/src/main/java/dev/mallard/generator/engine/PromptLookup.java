package dev.mallard.generator.engine;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * Guesses how a text goes on by where its last tokens stood before (prompt lookup decoding; the
 * draft of Leviathan et al., arXiv 2211.17192, from the text itself): a repair mostly repeats the
 * program that it repairs.
 *
 * <p>How much is guessed follows what came of earlier guesses, so that a text which repeats nothing
 * is not slowed down.
 */
final class PromptLookup {
  /** Tokens that must have stood there before. */
  private static final int LENGTH = 3;

  private static final int MOST = 8;
  private static final int FIRST_GUESS = 4;

  /** By the last tokens, where the next one stood when they were last met, and the time before. */
  private final Map<Long, int[]> seen = new HashMap<>();

  private int noted;
  private int most = FIRST_GUESS;
  private int pause;
  private int misses;

  /**
   * A guess at what follows.
   *
   * @param tokens the text
   * @param length how many of them there are
   * @param limit longest guess
   * @return perhaps none
   */
  int[] guess(int[] tokens, int length, int limit) {
    note(tokens, length);
    if (pause > 0) {
      pause--;
      return new int[0];
    }
    int[] places = length < LENGTH ? null : seen.get(key(tokens, length));
    if (places == null) {
      return new int[0];
    }
    // The last place is the end itself.
    int start = places[0] == length ? places[1] : places[0];
    if (start == 0) {
      return new int[0];
    }
    return Arrays.copyOfRange(
        tokens, start, Math.min(length, start + Math.min(Math.min(most, MOST), limit)));
  }

  /** Says how much of a guess was right. */
  void learn(int guessed, int right) {
    if (guessed == 0) {
      return;
    }
    if (right == guessed) {
      most = Math.min(MOST, most + 2);
      misses = 0;
    } else if (right == 0) {
      most = Math.max(1, most / 2);
      misses = Math.min(misses + 1, 5);
      pause = 1 << misses;
    } else {
      most = Math.max(1, right);
      misses = 0;
    }
  }

  private void note(int[] tokens, int length) {
    for (int end = Math.max(noted + 1, LENGTH); end <= length; end++) {
      int place = end;
      seen.compute(
          key(tokens, end), (key, before) -> new int[] {place, before == null ? 0 : before[0]});
    }
    noted = Math.max(noted, length);
  }

  /** The last tokens in one number; a rare clash costs a wrong guess. */
  private static long key(int[] tokens, int end) {
    long key = 0;
    for (int i = end - LENGTH; i < end; i++) {
      key = key * 0x1000003L + tokens[i] + 1;
    }
    return key;
  }
}
