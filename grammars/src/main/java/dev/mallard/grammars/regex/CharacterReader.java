package dev.mallard.grammars.regex;

import java.util.Set;

/** Reads the characters of a regular expression: single ones, escapes, and classes. */
final class CharacterReader {
  /** Behind the last character. */
  static final int END = -1;

  private final String text;
  private final Set<Character> flags;
  private int at;

  /**
   * Begins to read.
   *
   * @param flags {@code i} for both cases, {@code x} for blanks that say nothing
   */
  CharacterReader(String text, Set<Character> flags) {
    this.text = text;
    this.flags = flags;
  }

  /** Where the next character is. */
  int at() {
    return at;
  }

  /** Goes to another place. */
  void goTo(int place) {
    at = place;
  }

  /** Whether a text comes next, which is read then. */
  boolean skip(String next) {
    boolean found = text.startsWith(next, at);
    at += found ? next.length() : 0;
    return found;
  }

  /** Goes behind the next one of a character; false if there is none. */
  boolean skipTo(char end) {
    int found = text.indexOf(end, at);
    at = found < 0 ? at : found + 1;
    return found >= 0;
  }

  /** The text between two places. */
  String between(int start, int end) {
    return text.substring(start, end);
  }

  /** A class, in both cases if the expression is of both. */
  CharacterClass cased(CharacterClass points) {
    return flags.contains('i') ? points.withBothCases() : points;
  }

  /** The rest of a class in square brackets, behind the first of them. */
  CharacterClass characterClass() {
    boolean negative = peek() == '^';
    if (negative) {
      next();
    }
    CharacterClass points = CharacterClass.none();
    boolean first = true;
    while (first || peek() != ']') {
      first = false;
      int c = next();
      if (c == END) {
        throw error("a ']' is missing");
      }
      CharacterClass part = c == '\\' ? escape() : CharacterClass.range(c, c);
      if (peek() == '-' && at + 1 < text.length() && text.charAt(at + 1) != ']') {
        next();
        int last = next();
        int from = part.only();
        int to = last == '\\' ? escape().only() : last;
        if (from < 0 || to < from) {
          throw error("the range is empty, or its ends are no characters");
        }
        part = CharacterClass.range(from, to);
      }
      points = points.or(part);
    }
    next();
    CharacterClass both = cased(points);
    return negative ? both.complement() : both;
  }

  /** What stands behind a backslash. */
  CharacterClass escape() {
    int c = next();
    return switch (c) {
      case END -> throw error("a character is missing after the backslash");
      case 'n' -> CharacterClass.range('\n', '\n');
      case 'r' -> CharacterClass.range('\r', '\r');
      case 't' -> CharacterClass.range('\t', '\t');
      case 'f' -> CharacterClass.range('\f', '\f');
      case 'v' -> CharacterClass.range(0xb, 0xb);
      case 'a' -> CharacterClass.range(7, 7);
      case '0' -> CharacterClass.range(0, 0);
      case 'x' -> hexadecimal(2);
      case 'u' -> hexadecimal(4);
      case 'U' -> hexadecimal(8);
      case 'd' -> CharacterClass.range('0', '9');
      case 'D' -> CharacterClass.range('0', '9').complement();
      case 's' -> CharacterClass.where(CharacterReader::isSpace);
      case 'S' -> CharacterClass.where(CharacterReader::isSpace).complement();
      case 'w' -> CharacterClass.where(CharacterReader::isWord);
      case 'W' -> CharacterClass.where(CharacterReader::isWord).complement();
      case 'p', 'P' -> {
        CharacterClass property = property();
        yield c == 'p' ? property : property.complement();
      }
      default -> {
        if (Character.isLetterOrDigit(c)) {
          throw error("the escape \\" + Character.toString(c) + " is unknown");
        }
        yield CharacterClass.range(c, c);
      }
    };
  }

  private CharacterClass property() {
    int end = text.indexOf('}', at);
    if (next() != '{' || end < 0) {
      throw error("a property such as {L} is missing");
    }
    String name = text.substring(at, end);
    at = end + 1;
    return switch (name) {
      case "L" -> CharacterClass.where(Character::isLetter);
      case "XID_Start", "ID_Start" -> CharacterClass.where(Character::isUnicodeIdentifierStart);
      case "XID_Continue", "ID_Continue" ->
          CharacterClass.where(point ->
              Character.isUnicodeIdentifierPart(point) && !Character.isIdentifierIgnorable(point));
      case "JavaStart" -> CharacterClass.where(Character::isJavaIdentifierStart);
      case "JavaPart" -> CharacterClass.where(Character::isJavaIdentifierPart);
      default -> throw error("the property '" + name + "' is unknown");
    };
  }

  private CharacterClass hexadecimal(int digits) {
    try {
      int point = Integer.parseInt(text.substring(at, at + digits), 16);
      if (!Character.isValidCodePoint(point)) {
        throw error("there is no such character");
      }
      at += digits;
      return CharacterClass.range(point, point);
    } catch (NumberFormatException | IndexOutOfBoundsException e) {
      throw error("%d hexadecimal digits are missing".formatted(digits));
    }
  }

  private static boolean isSpace(int point) {
    return Character.isWhitespace(point) || Character.isSpaceChar(point);
  }

  private static boolean isWord(int point) {
    return point == '_' || Character.isLetterOrDigit(point);
  }

  /** Skips blanks and comments, where they say nothing. */
  void skipBlanks() {
    while (flags.contains('x') && at < text.length()) {
      if (Character.isWhitespace(text.charAt(at))) {
        at++;
      } else if (text.charAt(at) == '#') {
        int end = text.indexOf('\n', at);
        at = end < 0 ? text.length() : end;
      } else {
        return;
      }
    }
  }

  /** The next character, or {@link #END}. */
  int peek() {
    return at < text.length() ? text.codePointAt(at) : END;
  }

  /** The same, which is read. */
  int next() {
    int c = peek();
    at += c == END ? 0 : Character.charCount(c);
    return c;
  }

  /** What is wrong here. */
  RegexSyntaxException error(String message) {
    return new RegexSyntaxException(message, at);
  }
}
