package dev.mallard.generator.loop;

import java.util.Locale;

/** Why a search ended. */
public enum Ending {
  /** A program passes. */
  PASSED,
  /**
   * A program passes, but gives the same result for all other inputs that were tried, and no better
   * one was found with what may be spent.
   */
  DOUBTFUL,
  /** All turns are taken. */
  TURNS,
  /** The model writes nothing but what it has written before. */
  REPEATS,
  /** There are not enough tokens left for another answer. */
  TOKENS,
  /** The time is up. */
  TIME,
  /** There are no tests to tell by, and none that the model proposed was agreed on. */
  NO_TESTS;

  /** The name in lower case, such as {@code no_tests}. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
