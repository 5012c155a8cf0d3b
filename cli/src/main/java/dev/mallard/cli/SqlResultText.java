package dev.mallard.cli;

import dev.mallard.generator.sql.QueryResult;

/** The result of a query in one line, for people. */
final class SqlResultText {
  private SqlResultText() {}

  static String of(QueryResult result) {
    return switch (result) {
      case QueryResult.Rows rows -> Numbers.count(rows.count(), "row");
      case QueryResult.Failed failed -> VerdictText.of(failed.verdict());
      case QueryResult.Missing missing -> "the answer has no query in it";
    };
  }
}
