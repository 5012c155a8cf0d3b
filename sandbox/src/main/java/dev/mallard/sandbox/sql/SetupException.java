package dev.mallard.sandbox.sql;

import java.sql.SQLException;

/** A statement that builds a test's database does not run. */
final class SetupException extends Exception {
  private static final long serialVersionUID = 1L;

  private final SQLException error;
  private final int line;
  private final int column;

  SetupException(SQLException error, SqlStatement statement) {
    super(SqlErrors.message(error), error);
    this.error = error;
    line = statement.line(statement.start());
    column = statement.column(statement.start());
  }

  SQLException error() {
    return error;
  }

  /** The line of the statement in the setup, from 1. */
  int line() {
    return line;
  }

  int column() {
    return column;
  }
}
