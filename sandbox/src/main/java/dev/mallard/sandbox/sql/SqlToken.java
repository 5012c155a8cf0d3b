package dev.mallard.sandbox.sql;

import java.util.Locale;

/**
 * A token of SQL.
 *
 * @param kind what it is
 * @param text its text, with its quotes
 * @param offset where it begins in the source text
 */
record SqlToken(Kind kind, String text, int offset) {
  /** What tokens are told apart. */
  enum Kind {
    /** A keyword or a name, not quoted. */
    WORD,
    /** A name or a string between quotes of whatever kind; SQLite takes one for the other. */
    QUOTED,
    /** A number, a variable, an operator or a mark. */
    OTHER
  }

  boolean isWord(String keyword) {
    return kind == Kind.WORD && text.equalsIgnoreCase(keyword);
  }

  boolean isMark(char mark) {
    return kind == Kind.OTHER && text.length() == 1 && text.charAt(0) == mark;
  }

  /** The keyword in upper case, if it is one. */
  String keyword() {
    return kind == Kind.WORD ? text.toUpperCase(Locale.ROOT) : "";
  }

  /** The name that it may stand for, in lower case, without quotes; empty if it is no name. */
  String name() {
    return switch (kind) {
      case WORD -> text.toLowerCase(Locale.ROOT);
      case QUOTED -> unquoted().toLowerCase(Locale.ROOT);
      case OTHER -> "";
    };
  }

  private String unquoted() {
    if (text.length() < 2) {
      return "";
    }
    char quote = text.charAt(0);
    String inner = text.substring(1, text.length() - 1);
    String mark = String.valueOf(quote);
    return quote == '[' ? inner : inner.replace(mark + mark, mark);
  }
}
