package dev.mallard.lsp.document;

import dev.mallard.lsp.source.Span;
import java.util.Optional;

/**
 * A change of a text.
 *
 * @param start where, in UTF-16 code units
 * @param end the end of what was replaced, in the text before
 * @param length of what is there instead
 */
public record Change(int start, int end, int length) {

  /** Where a part of the text before is after it; empty if the change touched it. */
  public Optional<Span> moved(Span span) {
    if (span.end() < start) {
      return Optional.of(span);
    }
    if (span.start() > end || (span.start() == end && start < end)) {
      int shift = length - (end - start);
      return Optional.of(new Span(span.start() + shift, span.end() + shift));
    }
    return Optional.empty();
  }
}
