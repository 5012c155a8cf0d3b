package dev.mallard.generator.memory;

import java.util.Locale;

/** Texts from outside, made fit to be stored. */
final class Texts {
  /** The longest text that is stored, in UTF-16 units. */
  static final int LONGEST = 100_000;

  private static final String CUT = "\n[... %d characters are cut ...]";

  /** More than the sign of a cut is long. */
  private static final int ROOM_FOR_CUT = 50;

  private static final char REPLACEMENT = '\ufffd';

  private Texts() {}

  /** The text as it can be encoded: a surrogate without its other half becomes U+FFFD. */
  static String wellFormed(String text) {
    StringBuilder result = new StringBuilder(text);
    int i = 0;
    while (i < text.length()) {
      int codePoint = text.codePointAt(i);
      if (Character.getType(codePoint) == Character.SURROGATE) {
        result.setCharAt(i, REPLACEMENT);
      }
      i += Character.charCount(codePoint);
    }
    return result.toString();
  }

  /**
   * The text, well-formed, and if it is longer than is stored its beginning and what is missing.
   */
  static String bounded(String text) {
    if (text.length() <= LONGEST) {
      return wellFormed(text);
    }
    int kept = LONGEST - ROOM_FOR_CUT;
    if (Character.isHighSurrogate(text.charAt(kept - 1))) {
      kept--;
    }
    return wellFormed(text.substring(0, kept)) + CUT.formatted(text.length() - kept);
  }

  static boolean containsIgnoringCase(String text, String part) {
    return text.toLowerCase(Locale.ROOT).contains(part.toLowerCase(Locale.ROOT));
  }
}
