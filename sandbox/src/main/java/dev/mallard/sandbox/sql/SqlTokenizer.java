package dev.mallard.sandbox.sql;

import java.util.ArrayList;
import java.util.List;

/** Cuts SQL into tokens as SQLite does, without white space and comments. */
final class SqlTokenizer {
  private final String source;
  private int position;

  private SqlTokenizer(String source) {
    this.source = source;
  }

  static List<SqlToken> tokens(String source) {
    return new SqlTokenizer(source).all();
  }

  private List<SqlToken> all() {
    List<SqlToken> tokens = new ArrayList<>();
    skipBlank();
    while (position < source.length()) {
      int start = position;
      SqlToken.Kind kind = next();
      tokens.add(new SqlToken(kind, source.substring(start, position), start));
      skipBlank();
    }
    return tokens;
  }

  private void skipBlank() {
    while (position < source.length()) {
      if (isSpace(source.charAt(position))) {
        position++;
      } else if (source.startsWith("--", position)) {
        skipTo("\n");
      } else if (source.startsWith("/*", position)) {
        position += 2;
        skipTo("*/");
      } else {
        return;
      }
    }
  }

  private void skipTo(String end) {
    int found = source.indexOf(end, position);
    position = found < 0 ? source.length() : found + end.length();
  }

  private SqlToken.Kind next() {
    char first = source.charAt(position++);
    if (first == '\'' || first == '"' || first == '`') {
      skipQuoted(first);
      return SqlToken.Kind.QUOTED;
    }
    if (first == '[') {
      skipTo("]");
      return SqlToken.Kind.QUOTED;
    }
    if (isNamePart(first) && !isDigit(first)) {
      skipName();
      return SqlToken.Kind.WORD;
    }
    if (isDigit(first) || "?:@#".indexOf(first) >= 0) {
      skipName();
    }
    return SqlToken.Kind.OTHER;
  }

  private void skipQuoted(char quote) {
    while (position < source.length()) {
      if (source.charAt(position++) == quote) {
        if (position == source.length() || source.charAt(position) != quote) {
          return;
        }
        position++;
      }
    }
  }

  private void skipName() {
    while (position < source.length() && isNamePart(source.charAt(position))) {
      position++;
    }
  }

  // SQLite skips a byte order mark wherever it stands; a vertical tab is no space to it.
  private static boolean isSpace(char character) {
    return character == ' '
        || character == '\t'
        || character == '\n'
        || character == '\f'
        || character == '\r'
        || character == '\uFEFF';
  }

  private static boolean isDigit(char character) {
    return character >= '0' && character <= '9';
  }

  private static boolean isNamePart(char character) {
    return (character >= 'a' && character <= 'z')
        || (character >= 'A' && character <= 'Z')
        || isDigit(character)
        || character == '_'
        || character == '$'
        || (character >= 0x80 && character != '\uFEFF');
  }
}
