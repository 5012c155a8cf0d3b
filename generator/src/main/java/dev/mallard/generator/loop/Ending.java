package dev.mallard.generator.loop;

import java.util.Locale;

/** Why a search ended. */
public enum Ending {
  /** A program passes. */
  PASSED,
  /** All turns are taken. */
  TURNS,
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
