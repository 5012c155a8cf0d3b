package dev.mallard.grammars.notation;

/** Goes through the text of a grammar in GBNF. */
final class GbnfCursor {
  /** After the last character. */
  static final int END = -1;

  private final String text;
  private int at;
  private int line = 1;
  private int lineStart;

  GbnfCursor(String text) {
    this.text = text;
  }

  Position position() {
    return new Position(line, at - lineStart + 1);
  }

  /** The next character, or {@link #END}. */
  int peek() {
    return at < text.length() ? text.codePointAt(at) : END;
  }

  /** Takes the next character. */
  int next() {
    int c = peek();
    at += c == END ? 0 : Character.charCount(c);
    if (c == '\n') {
      line++;
      lineStart = at;
    }
    return c;
  }

  /** Whether a text comes next. */
  boolean isBefore(String sign) {
    return text.startsWith(sign, at);
  }

  /** Takes a text without line breaks, if it comes next. */
  boolean skip(String sign) {
    boolean comes = isBefore(sign);
    at += comes ? sign.length() : 0;
    return comes;
  }

  /** Takes white space and comments. */
  void skipSpace(boolean acrossLines) {
    while (true) {
      int c = peek();
      if (c == '#') {
        while (peek() != END && peek() != '\n' && peek() != '\r') {
          next();
        }
      } else if (c == ' ' || c == '\t' || (acrossLines && (c == '\n' || c == '\r'))) {
        next();
      } else {
        return;
      }
    }
  }

  /** Takes characters as long as they are some of a rule's name; empty if the next is not. */
  String word() {
    int start = at;
    while (isWord(peek())) {
      at++;
    }
    return text.substring(start, at);
  }

  static boolean isWord(int c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || isDigit(c) || c == '-' || c == '_';
  }

  static boolean isDigit(int c) {
    return c >= '0' && c <= '9';
  }

  /** Takes digits; empty if none comes next. */
  String digits() {
    int start = at;
    while (isDigit(peek())) {
      at++;
    }
    return text.substring(start, at);
  }

  /** Takes a character of a literal or of a class, or the escape of one. */
  int character() {
    Position position = position();
    int c = next();
    if (c != '\\') {
      return c;
    }
    int escaped = next();
    return switch (escaped) {
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      case '\\', '"', '[', ']', '-' -> escaped;
      case 'x' -> hexadecimal(2, position);
      case 'u' -> hexadecimal(4, position);
      case 'U' -> hexadecimal(8, position);
      case END -> throw position.error("a character is missing after the backslash");
      default ->
          throw position.error("the escape \\" + Character.toString(escaped) + " is unknown");
    };
  }

  private int hexadecimal(int digits, Position position) {
    long point = 0;
    for (int i = 0; i < digits; i++) {
      int digit = peek() < 0x80 ? Character.digit(peek(), 16) : -1;
      if (digit < 0) {
        throw position.error("%d hexadecimal digits of a character are missing".formatted(digits));
      }
      point = 16 * point + digit;
      next();
    }
    if (point > Character.MAX_CODE_POINT) {
      throw position.error("there is no character U+%X".formatted(point));
    }
    return (int) point;
  }
}
