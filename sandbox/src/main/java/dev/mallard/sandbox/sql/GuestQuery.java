package dev.mallard.sandbox.sql;

import dev.mallard.sandbox.Verdict;
import dev.mallard.sandbox.Verdict.Crashed;
import dev.mallard.sandbox.Verdict.Malformed;
import dev.mallard.sandbox.executor.SourceText;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.sqlite.SQLiteErrorCode;

/** A program in SQL: what its text says, before there is a database for it. */
sealed interface GuestQuery {
  /** One query that parses. */
  record Ready(SqlStatement statement) implements GuestQuery {}

  /** A text that SQLite's parser refuses, or that it is not given. */
  record Unparsed(Malformed verdict) implements GuestQuery {}

  /** One or several statements, of which one is no query. */
  record Refused(Crashed verdict) implements GuestQuery {}

  /**
   * Reads a program.
   *
   * @param scratch an empty database, to parse it with
   */
  static GuestQuery of(String program, Database scratch) {
    Optional<Malformed> problem = SourceText.problem(program);
    if (problem.isPresent()) {
      return new Unparsed(problem.get());
    }
    if (program.length() > Database.LONGEST_QUERY) {
      return new Unparsed(
          new Malformed(
              "the query has %,d characters; at most %,d can be run"
                  .formatted(program.length(), Database.LONGEST_QUERY),
              1,
              1));
    }
    List<SqlStatement> statements = SqlStatement.split(program);
    if (statements.isEmpty()) {
      return new Unparsed(new Malformed("there is no query", 1, 1));
    }
    SqlStatement first = statements.getFirst();
    try {
      StatementRules.checkQuery(first);
      scratch.compile(first.text());
    } catch (SQLException e) {
      String message = SqlErrors.message(e);
      if (SqlErrors.isSyntaxError(e)) {
        int offset = SyntaxErrors.offset(e, first, scratch);
        return new Unparsed(new Malformed(message, first.line(offset), first.column(offset)));
      }
      if (e.getErrorCode() == SQLiteErrorCode.SQLITE_READONLY.code) {
        return refused("ReadOnlyError", message, first);
      }
      // It parses: what is wrong with it depends on the database.
    }
    if (statements.size() > 1) {
      String message = "You can only execute one statement at a time.";
      return refused("ProgrammingError", message, statements.get(1));
    }
    return new Ready(first);
  }

  private static Refused refused(String type, String message, SqlStatement statement) {
    Optional<Integer> line = Optional.of(statement.line(statement.start()));
    return new Refused(new Verdict.Crashed(type, message, line, Optional.empty(), 0));
  }
}
