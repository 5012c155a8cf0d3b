package dev.mallard.sandbox.sql;

import java.util.List;
import java.util.OptionalInt;

/**
 * The rows that a query has given.
 *
 * @param columns the names of the columns; how many there are is not known of an empty list that a
 *     test expects: then there are none
 * @param rows the rows, each with a value for every column
 * @param complete whether these are all; if not, there are more
 */
record Rows(List<String> columns, List<List<SqlValue>> rows, boolean complete) {
  Rows {
    columns = List.copyOf(columns);
    rows = List.copyOf(rows);
  }

  /** The number of columns, where it is known. */
  OptionalInt width() {
    if (!columns.isEmpty()) {
      return OptionalInt.of(columns.size());
    }
    return rows.isEmpty() ? OptionalInt.empty() : OptionalInt.of(rows.getFirst().size());
  }
}
