package dev.mallard.generator.tokenizer;

/** A part of a text to encode. */
sealed interface Piece {

  /** An added token. */
  record Marker(AddedToken token) implements Piece {}

  /** Ordinary text, in which no markup is recognised. */
  record Plain(String text) implements Piece {}
}
