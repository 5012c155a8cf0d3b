package dev.mallard.sandbox.sql;

import dev.mallard.sandbox.TestSuite.Expected;
import java.sql.SQLException;
import java.util.List;
import org.sqlite.SQLiteErrorCode;

/** The rows that a test expects. */
final class ExpectedRows {
  private ExpectedRows() {}

  /**
   * The rows; none, where any rows will do.
   *
   * @throws SQLException if they are those of a query that does not run, or no rows at all
   */
  static Rows of(Expected expected, Database database, long mostBytes) throws SQLException {
    return switch (expected) {
      case Expected.Query(String sql) -> {
        List<SqlStatement> statements = SqlStatement.split(sql);
        if (statements.size() != 1) {
          throw SqlErrors.error(
              SQLiteErrorCode.SQLITE_ERROR,
              "%d statements instead of one query".formatted(statements.size()));
        }
        yield database.query(statements.getFirst(), Integer.MAX_VALUE - 1, mostBytes);
      }
      case Expected.Anything() -> new Rows(List.of(), List.of(), true);
      case Expected.Rows(var rows) -> {
        if (rows.stream().mapToInt(List::size).distinct().count() > 1) {
          throw SqlErrors.error(
              SQLiteErrorCode.SQLITE_ERROR, "the rows have different numbers of columns");
        }
        try {
          yield new Rows(
              List.of(),
              rows.stream().map(row -> row.stream().map(SqlValue::of).toList()).toList(),
              true);
        } catch (IllegalArgumentException e) {
          throw SqlErrors.error(SQLiteErrorCode.SQLITE_ERROR, String.valueOf(e.getMessage()));
        }
      }
    };
  }
}
