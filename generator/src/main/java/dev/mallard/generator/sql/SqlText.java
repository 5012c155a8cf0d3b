package dev.mallard.generator.sql;

import java.util.ArrayList;
import java.util.List;

/** What can be said of SQL without parsing it: SQLite itself decides what it means. */
final class SqlText {
  /** A word, a quoted text, or a character; where it begins in the source text. */
  private record Token(String text, int start) {
    boolean is(String word) {
      return text.equalsIgnoreCase(word);
    }
  }

  private final String source;
  private int position;

  private SqlText(String source) {
    this.source = source;
  }

  /**
   * Whether the order of a query's rows is asked for: it has an ORDER BY outside of parentheses.
   */
  static boolean isOrdered(String query) {
    List<Token> tokens = new SqlText(query).tokens();
    int depth = 0;
    for (int i = 0; i < tokens.size(); i++) {
      Token token = tokens.get(i);
      if (token.is("(")) {
        depth++;
      } else if (token.is(")")) {
        depth--;
      } else if (depth == 0 && token.is("order") && i + 1 < tokens.size()) {
        if (tokens.get(i + 1).is("by")) {
          return true;
        }
      }
    }
    return false;
  }

  /**
   * Statements that build a database, without most of the rows.
   *
   * @param inserts statements in a row that insert rows and are kept, each of them cut
   * @param length longest of them, in characters
   */
  static String withFewRows(String schema, int inserts, int length) {
    StringBuilder kept = new StringBuilder();
    int inARow = 0;
    for (Statement statement : statements(schema)) {
      boolean inserting = statement.verb().is("insert") || statement.verb().is("replace");
      inARow = inserting ? inARow + 1 : 0;
      if (inARow <= inserts) {
        String text = statement.text().strip();
        kept.append(
                !inserting || text.length() <= length ? text : text.substring(0, length) + "...")
            .append(";\n");
      }
    }
    return kept.toString();
  }

  private record Statement(Token verb, String text) {}

  /** The body of a trigger comes apart, which does no harm to a reader. */
  private static List<Statement> statements(String text) {
    List<Statement> statements = new ArrayList<>();
    List<Token> current = new ArrayList<>();
    int start = 0;
    for (Token token : new SqlText(text).tokens()) {
      if (!token.is(";")) {
        current.add(token);
        continue;
      }
      if (!current.isEmpty()) {
        statements.add(new Statement(current.getFirst(), text.substring(start, token.start())));
        current.clear();
      }
      start = token.start() + 1;
    }
    if (!current.isEmpty()) {
      statements.add(new Statement(current.getFirst(), text.substring(start)));
    }
    return statements;
  }

  private List<Token> tokens() {
    List<Token> tokens = new ArrayList<>();
    while (position < source.length()) {
      int start = position;
      char first = source.charAt(position++);
      if (Character.isWhitespace(first)) {
        continue;
      }
      if (source.startsWith("--", start)) {
        skipPast("\n");
      } else if (source.startsWith("/*", start)) {
        position++;
        skipPast("*/");
      } else {
        if ("'\"`".indexOf(first) >= 0) {
          // A doubled quote inside comes out as two texts, one after the other.
          skipPast(String.valueOf(first));
        } else if (first == '[') {
          skipPast("]");
        } else if (isWord(first)) {
          while (position < source.length() && isWord(source.charAt(position))) {
            position++;
          }
        }
        tokens.add(new Token(source.substring(start, position), start));
      }
    }
    return tokens;
  }

  private static boolean isWord(char character) {
    return character == '_' || character == '$' || Character.isLetterOrDigit(character);
  }

  private void skipPast(String end) {
    int found = source.indexOf(end, position);
    position = found < 0 ? source.length() : found + end.length();
  }
}
