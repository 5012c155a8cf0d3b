package dev.mallard.generator.sql;

import dev.mallard.sandbox.Verdict;

/** What came of a query. */
public sealed interface QueryResult {
  /** Lines of a table that are no rows: the names of the columns, and what underlines them. */
  int HEAD = 2;

  /**
   * It gave rows.
   *
   * @param table the rows under the names of the columns, for a reader; cut where it is long
   */
  record Rows(String table) implements QueryResult {
    /** How many rows the table has. */
    public int count() {
      return (int) Math.max(0, table.lines().count() - HEAD);
    }
  }

  /**
   * It failed.
   *
   * @param verdict why
   */
  record Failed(Verdict verdict) implements QueryResult {}

  /** The answer of the model has no query. */
  record Missing() implements QueryResult {}
}
