package dev.mallard.benchmarks.report;

import dev.mallard.generator.prompt.VisibleText;

/**
 * Texts as the page shows them: without characters that hide or reorder others, and without halves
 * of surrogate pairs, which are written as escapes.
 */
final class PageText {
  /** Longest text that is shown, in characters. */
  private static final int LONGEST = 100_000;

  private PageText() {}

  /** On one line. */
  static String line(String text) {
    return visible(text.replaceAll("\\R", " "));
  }

  /** On as many lines as there are; what is too long is cut. */
  static String block(String text) {
    String cut =
        text.length() <= LONGEST
            ? text
            : "%s\n… (%d more characters)"
                .formatted(text.substring(0, LONGEST), text.length() - LONGEST);
    return visible(cut.replace("\r\n", "\n"));
  }

  private static String visible(String text) {
    StringBuilder whole = new StringBuilder(text.length());
    VisibleText.of(text)
        .codePoints()
        .forEach(c -> {
          if (c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE) {
            whole.append("\\u%04x".formatted(c));
          } else {
            whole.appendCodePoint(c);
          }
        });
    return whole.toString();
  }
}
