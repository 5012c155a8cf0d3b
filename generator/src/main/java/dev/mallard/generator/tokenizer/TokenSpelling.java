package dev.mallard.generator.tokenizer;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How a vocabulary writes bytes: what each entry adds to a text. */
enum TokenSpelling {

  /**
   * Every byte is a printable character, as GPT-2 does it: those of Latin-1 that print stand for
   * themselves, the rest for U+0100 and on.
   */
  BYTE_LEVEL {
    @Override
    byte[] bytes(String token) {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream(token.length());
      for (int i = 0; i < token.length(); i++) {
        int value = BYTE_OF.indexOf(token.charAt(i));
        if (value < 0) {
          return token.getBytes(StandardCharsets.UTF_8);
        }
        bytes.write(value);
      }
      return bytes.toByteArray();
    }
  },

  /**
   * Plain text, with U+2581 for a space, and {@code <0x0A>} for bytes that have no entry, as
   * SentencePiece does it.
   */
  SENTENCE_PIECE {
    @Override
    byte[] bytes(String token) {
      Matcher matcher = BYTE.matcher(token);
      return matcher.matches()
          ? HexFormat.of().parseHex(matcher.group(1))
          : token.replace(SPACE, ' ').getBytes(StandardCharsets.UTF_8);
    }
  };

  /** What SentencePiece writes for a space. */
  static final char SPACE = '\u2581';

  private static final Pattern BYTE = Pattern.compile("<0x([0-9A-Fa-f]{2})>");

  /** The character of each byte, by the byte's value. */
  private static final String BYTE_OF = byteLevelAlphabet();

  /** The bytes that an entry of the ordinary vocabulary adds to a text. */
  abstract byte[] bytes(String token);

  /** The 256 characters of the byte-level alphabet, by the byte that each stands for. */
  static String byteLevelAlphabet() {
    StringBuilder alphabet = new StringBuilder();
    int next = 0x100;
    for (int value = 0; value < 256; value++) {
      boolean prints =
          (value >= '!' && value <= '~')
              || (value >= 0xA1 && value <= 0xAC)
              || (value >= 0xAE && value <= 0xFF);
      alphabet.append((char) (prints ? value : next++));
    }
    return alphabet.toString();
  }
}
