package dev.mallard.lsp.source;

/**
 * A part of a text.
 *
 * @param start in UTF-16 code units, from 0
 * @param end likewise; what stands there is not part of it
 */
public record Span(int start, int end) {
  public Span {
    if (start < 0 || end < start) {
      throw new IllegalArgumentException("no span: %d to %d".formatted(start, end));
    }
  }

  /** What the text has there. */
  public String of(String text) {
    return text.substring(start, end);
  }

  /** Whether a place is in it, or right behind it. */
  public boolean touches(int place) {
    return start <= place && place <= end;
  }
}
