package dev.mallard.generator.tokenizer;

/** Text to token ids, and token ids to bytes. Safe for use by several threads. */
public interface Tokenizer extends AutoCloseable {

  int vocabularySize();

  /**
   * Token ids of a text that came out of a {@link ChatTemplate}: names of special tokens in it
   * become those tokens.
   */
  int[] encode(String text);

  /**
   * Token ids of a text that is data: what looks like a special token in it is spelled out in
   * ordinary tokens, and no token is added in front.
   */
  int[] encodeOrdinary(String text);

  /**
   * The bytes that a token adds to a running text (UTF-8, perhaps a part of a character); empty for
   * a special token.
   */
  byte[] bytes(int token);

  @Override
  void close();
}
