package dev.mallard.grammars.notation;

import java.util.HexFormat;

/** The escapes of texts between quotes. */
final class Escapes {
  private Escapes() {}

  /** What a text stands for. */
  static String resolve(String text, Position position) {
    StringBuilder resolved = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c != '\\') {
        resolved.append(c);
        continue;
      }
      if (++i == text.length()) {
        throw position.error("a character is missing after the backslash");
      }
      switch (text.charAt(i)) {
        case 'n' -> resolved.append('\n');
        case 'r' -> resolved.append('\r');
        case 't' -> resolved.append('\t');
        case 'f' -> resolved.append('\f');
        case 'x' -> i = hexadecimal(text, i, 2, resolved, position);
        case 'u' -> i = hexadecimal(text, i, 4, resolved, position);
        case 'U' -> i = hexadecimal(text, i, 8, resolved, position);
        default -> {
          if (Character.isLetterOrDigit(text.charAt(i))) {
            throw position.error("the escape \\" + text.charAt(i) + " is unknown");
          }
          resolved.append(text.charAt(i));
        }
      }
    }
    return resolved.toString();
  }

  /** A text as it could stand between quotes, on one line. */
  static String show(String text) {
    StringBuilder shown = new StringBuilder();
    text.codePoints()
        .forEach(point -> {
          switch (point) {
            case '\n' -> shown.append("\\n");
            case '\r' -> shown.append("\\r");
            case '\t' -> shown.append("\\t");
            case '\\', '"' -> shown.append('\\').appendCodePoint(point);
            default -> {
              if (Character.isISOControl(point)) {
                shown.append("\\x%02x".formatted(point));
              } else {
                shown.appendCodePoint(point);
              }
            }
          }
        });
    return shown.toString();
  }

  private static int hexadecimal(
      String text, int at, int digits, StringBuilder resolved, Position position) {
    int end = at + 1 + digits;
    try {
      int point = HexFormat.fromHexDigits(text, at + 1, end);
      if (point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE) {
        throw position.error("U+%X is half of a character".formatted(point));
      }
      resolved.appendCodePoint(point);
    } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
      throw position.error("%d hexadecimal digits of a character are missing".formatted(digits));
    }
    return end - 1;
  }
}
