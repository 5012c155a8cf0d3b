package dev.mallard.generator.loop;

/**
 * Tells when a model repeats itself without end, as small ones do when they are greedy ("neural
 * text degeneration", Holtzman et al., arXiv 1904.09751).
 */
final class Repetition {
  /** A text, such as a few lines, of up to so many characters may come again and again. */
  private static final int LONGEST_PERIOD = 160;

  /** How often it has come when a model will write nothing else; tables repeat themselves too. */
  private static final int TIMES = 8;

  /** How long all of it is at least. */
  private static final int SHORTEST = 160;

  private Repetition() {}

  /**
   * Whether an answer ends with one text over and over, so that no more of it need be waited for.
   */
  static boolean isStuck(CharSequence answer) {
    for (int period = 1; period <= LONGEST_PERIOD; period++) {
      int enough = Math.max(TIMES * period, SHORTEST);
      if (answer.length() >= enough && repeats(answer, period, enough)) {
        return true;
      }
    }
    return false;
  }

  private static boolean repeats(CharSequence text, int period, int length) {
    for (int i = text.length() - 1; i >= text.length() - length + period; i--) {
      if (text.charAt(i) != text.charAt(i - period)) {
        return false;
      }
    }
    return true;
  }
}
