package dev.mallard.sandbox.sql;

import java.sql.SQLException;
import java.util.Optional;

/** Finds where a syntax error is: SQLite names the token, and the driver drops its place. */
final class SyntaxErrors {
  /** After so many tokens of the same text the last one is said to be the place. */
  private static final int MOST_TRIES = 200;

  private SyntaxErrors() {}

  /** The offset of the misplaced token, or of the text's end, where it ends too early. */
  static int offset(SQLException error, SqlStatement statement, Database scratch) {
    SqlToken last = statement.tokens().getLast();
    int end = last.offset() + last.text().length();
    Optional<String> misplaced = SqlErrors.misplaced(error);
    if (misplaced.isEmpty()) {
      return end;
    }
    int found = statement.start();
    int tries = 0;
    for (SqlToken token : statement.tokens()) {
      if (token.text().equals(misplaced.get())) {
        found = token.offset();
        int tokenEnd = found + token.text().length();
        String beginning = statement.source().substring(statement.start(), tokenEnd);
        if (++tries == MOST_TRIES || refusedAt(misplaced.get(), beginning, scratch)) {
          return found;
        }
      }
    }
    return found;
  }

  /** The parser reads no further than the token that it refuses. */
  private static boolean refusedAt(String token, String beginning, Database scratch) {
    try {
      scratch.compile(beginning);
      return false;
    } catch (SQLException e) {
      return SqlErrors.misplaced(e).filter(token::equals).isPresent();
    }
  }
}
