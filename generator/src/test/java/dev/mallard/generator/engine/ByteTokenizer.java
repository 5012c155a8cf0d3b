package dev.mallard.generator.engine;

import dev.mallard.generator.tokenizer.Tokenizer;
import java.nio.charset.StandardCharsets;

/**
 * A token for each byte, shown as a printable character, so that every text is valid, or as the end
 * of a line.
 */
final class ByteTokenizer implements Tokenizer {
  @Override
  public int vocabularySize() {
    return 256;
  }

  @Override
  public int[] encode(String text) {
    return text.chars().map(c -> c & 0xff).toArray();
  }

  @Override
  public int[] encodeOrdinary(String text) {
    return encode(text);
  }

  @Override
  public byte[] bytes(int token) {
    return String.valueOf(token == '\n' ? '\n' : (char) (0x100 + token))
        .getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public void close() {}
}
