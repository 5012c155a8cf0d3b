package dev.mallard.generator.sql;

import dev.mallard.generator.UserException;
import dev.mallard.sandbox.Limits;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The tables of a database, as SQLite itself describes them. */
final class Tables {
  /** Longer names, in bytes, are not looked at. */
  private static final int LONGEST_NAME = 80;

  private static final int LONGEST_DESCRIPTION = 1 << 22;

  /** Of every column; names in hexadecimal digits, so that whatever is in them is read back. */
  private static final String COLUMNS =
      """
      SELECT 'x' || hex(s.name), 'x' || hex(c.name), 'x' || hex(substr(c.type, 1, 20)),
        c."notnull", c.pk
      FROM sqlite_schema s JOIN pragma_table_info(s.name) c
      WHERE s.type = 'table' AND s.name NOT LIKE 'sqlite\\_%%' ESCAPE '\\'
        AND length(hex(s.name)) <= %1$d AND length(hex(c.name)) <= %1$d
      ORDER BY s.rowid, c.cid
      """
          .formatted(2 * LONGEST_NAME);

  private static final String REFERENCES =
      """
      SELECT 'x' || hex(s.name), f.id, 'x' || hex(f."from"), 'x' || hex(f."table"),
        'x' || hex(coalesce(f."to", ''))
      FROM sqlite_schema s JOIN pragma_foreign_key_list(s.name) f
      WHERE s.type = 'table' AND length(hex(s.name)) <= %1$d AND length(hex(f."from")) <= %1$d
        AND length(hex(f."table")) <= %1$d AND length(hex(coalesce(f."to", ''))) <= %1$d
      ORDER BY s.rowid, f.id, f.seq
      """
          .formatted(2 * LONGEST_NAME);

  /**
   * A column.
   *
   * @param type as it is declared, in part; empty if it is not
   * @param required whether it may not be NULL
   * @param key its place in the primary key, from 1; 0 if it is not in it
   * @param reference what it refers to
   */
  record Column(
      String name, String type, boolean required, int key, Optional<Reference> reference) {}

  /**
   * A reference to a column of another table, or of the same one.
   *
   * @param number of the foreign key in its table; several columns may be one
   * @param column empty for the primary key
   */
  record Reference(int number, String table, String column) {}

  private Tables() {}

  /** The tables and their columns, in the order in which they were created. */
  static Map<String, List<Column>> of(SqlDatabase database) throws InterruptedException {
    Map<List<String>, Reference> references = new LinkedHashMap<>();
    for (List<String> row : rows(REFERENCES, database)) {
      references.putIfAbsent(
          List.of(name(row.get(0)), name(row.get(2))),
          new Reference(Integer.parseInt(row.get(1)), name(row.get(3)), name(row.get(4))));
    }
    Map<String, List<Column>> tables = new LinkedHashMap<>();
    for (List<String> row : rows(COLUMNS, database)) {
      String table = name(row.get(0));
      String column = name(row.get(1));
      tables
          .computeIfAbsent(table, _ -> new ArrayList<>())
          .add(
              new Column(
                  column,
                  name(row.get(2)),
                  !row.get(3).equals("0"),
                  Integer.parseInt(row.get(4)),
                  Optional.ofNullable(references.get(List.of(table, column)))));
    }
    return tables;
  }

  /** Whether none of some tables has a row. */
  static boolean areEmpty(Set<String> tables, SqlDatabase database) throws InterruptedException {
    if (tables.isEmpty()) {
      return true;
    }
    List<String> values = new ArrayList<>();
    for (String table : tables) {
      values.add("(EXISTS(SELECT 1 FROM %s))".formatted(quoted(table)));
    }
    return rows("VALUES " + String.join(", ", values), database).stream()
        .allMatch(row -> row.equals(List.of("0")));
  }

  /** A name as SQL has it. */
  static String quoted(String name) {
    return "\"" + name.replace("\"", "\"\"") + "\"";
  }

  /** The cells of a table in which none is empty or has white space in it. */
  private static List<List<String>> rows(String query, SqlDatabase database)
      throws InterruptedException {
    Limits limits = database.limits();
    Limits wide = new Limits(limits.wallClock(), limits.heapMebibytes(), LONGEST_DESCRIPTION);
    return switch (database.within(wide).run(query)) {
      case QueryResult.Rows(String table) ->
          table
              .lines()
              .skip(QueryResult.HEAD)
              .map(line -> List.of(line.strip().split("\\s+")))
              .collect(Collectors.toList());
      case QueryResult.Failed failed ->
          throw new UserException(
              "The tables of the schema cannot be read: make it smaller. "
                  + FailureText.of(failed.verdict(), query));
      case QueryResult.Missing missing -> List.of();
    };
  }

  private static String name(String hexadecimal) {
    return new String(HexFormat.of().parseHex(hexadecimal.substring(1)), StandardCharsets.UTF_8);
  }
}
