package dev.mallard.lsp.splice;

import dev.mallard.lsp.source.Span;

/**
 * A part of a text and what comes in its place.
 *
 * @param span in the text before
 * @param text what stands there after
 */
public record Replacement(Span span, String text) {}
