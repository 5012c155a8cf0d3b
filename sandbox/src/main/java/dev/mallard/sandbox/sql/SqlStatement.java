package dev.mallard.sandbox.sql;

import java.util.ArrayList;
import java.util.List;

/**
 * A statement of a source text.
 *
 * @param source the whole source text
 * @param tokens the statement's tokens, without the semicolon; at least one
 */
record SqlStatement(String source, List<SqlToken> tokens) {
  SqlStatement {
    tokens = List.copyOf(tokens);
  }

  /** The statements of a source text; those that are empty are left out. */
  static List<SqlStatement> split(String source) {
    List<SqlStatement> statements = new ArrayList<>();
    List<SqlToken> current = new ArrayList<>();
    for (SqlToken token : SqlTokenizer.tokens(source)) {
      if (token.isMark(';') && !insideTrigger(current)) {
        if (!current.isEmpty()) {
          statements.add(new SqlStatement(source, current));
          current = new ArrayList<>();
        }
      } else {
        current.add(token);
      }
    }
    if (!current.isEmpty()) {
      statements.add(new SqlStatement(source, current));
    }
    return statements;
  }

  /** A trigger holds statements of its own: only the semicolon after "; END" ends it. */
  private static boolean insideTrigger(List<SqlToken> tokens) {
    if (tokens.size() < 2 || !tokens.getFirst().isWord("CREATE")) {
      return false;
    }
    boolean temporary = tokens.get(1).isWord("TEMP") || tokens.get(1).isWord("TEMPORARY");
    int noun = temporary ? 2 : 1;
    if (tokens.size() <= noun || !tokens.get(noun).isWord("TRIGGER")) {
      return false;
    }
    int last = tokens.size() - 1;
    return !(tokens.get(last).isWord("END") && tokens.get(last - 1).isMark(';'));
  }

  /** Its text, from its first token to its last. */
  String text() {
    return source.substring(start(), tokens.getLast().offset() + tokens.getLast().text().length());
  }

  int start() {
    return tokens.getFirst().offset();
  }

  String firstKeyword() {
    return tokens.getFirst().keyword();
  }

  /**
   * The keyword that says what the statement does: its first, or, after a WITH, the first of
   * SELECT, VALUES, INSERT, REPLACE, UPDATE and DELETE that stands outside of all parentheses.
   */
  String verb() {
    if (!tokens.getFirst().isWord("WITH")) {
      return firstKeyword();
    }
    int depth = 0;
    for (SqlToken token : tokens) {
      if (token.isMark('(')) {
        depth++;
      } else if (token.isMark(')')) {
        depth--;
      } else if (depth == 0) {
        switch (token.keyword()) {
          case "SELECT", "VALUES", "INSERT", "REPLACE", "UPDATE", "DELETE" -> {
            return token.keyword();
          }
          default -> {}
        }
      }
    }
    return firstKeyword();
  }

  /** The line, from 1, of an offset into the source text. */
  int line(int offset) {
    return 1 + (int) source.substring(0, offset).chars().filter(each -> each == '\n').count();
  }

  /** The column, from 1, of an offset into the source text. */
  int column(int offset) {
    return offset - source.lastIndexOf('\n', offset - 1);
  }
}
