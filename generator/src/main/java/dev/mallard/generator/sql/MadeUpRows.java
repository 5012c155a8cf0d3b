package dev.mallard.generator.sql;

import dev.mallard.generator.sql.Tables.Column;
import dev.mallard.generator.sql.Tables.Reference;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Rows for a database that has none, so that queries which mean different things differ in their
 * results: few different values, those that the question names among them, and keys that refer to
 * rows that are there. A value depends on the seed and on its place alone.
 */
final class MadeUpRows {
  /** Rows of each table; fewer are left where a constraint refuses some. */
  static final int COUNT = 20;

  /** References to references that are followed. */
  private static final int DEEPEST = 8;

  /** One value in so many is NULL, where it may be. */
  private static final int ONE_NULL_IN = 15;

  private final Map<String, List<Column>> tables;
  private final QuestionValues values;
  private final long seed;

  /**
   * Makes up rows.
   *
   * @param question whose names and numbers are among the values
   */
  MadeUpRows(Map<String, List<Column>> tables, String question, long seed) {
    this.tables = tables;
    this.seed = seed;
    values = new QuestionValues(question);
  }

  /** The statements that insert them; rows that a constraint refuses are left out by SQLite. */
  String statements() {
    StringBuilder statements = new StringBuilder("PRAGMA foreign_keys = OFF;\n");
    tables.forEach((table, columns) ->
        statements.append(
            "INSERT OR IGNORE INTO %s (%s) VALUES\n%s;\n"
                .formatted(
                    Tables.quoted(table),
                    columns.stream()
                        .map(column -> Tables.quoted(column.name()))
                        .collect(Collectors.joining(", ")),
                    IntStream.range(0, COUNT)
                        .mapToObj(row -> row(table, columns, row))
                        .collect(Collectors.joining(",\n")))));
    return statements.toString();
  }

  private String row(String table, List<Column> columns, int row) {
    List<String> cells = new ArrayList<>();
    for (Column column : columns) {
      cells.add(value(table, column, row, 0));
    }
    return "(" + String.join(", ", cells) + ")";
  }

  private String value(String table, Column column, int row, int depth) {
    boolean only = isOnlyKey(table, column);
    Optional<Reference> reference = column.reference().filter(_ -> depth < DEEPEST);
    if (reference.isPresent()) {
      Optional<Column> target = target(reference.get());
      if (target.isPresent()) {
        // The columns of one foreign key are from one row.
        SplittableRandom random = random(table, "#" + reference.get().number(), row);
        int other = only ? row : random.nextInt(COUNT);
        return value(tableNamed(reference.get().table()), target.get(), other, depth + 1);
      }
    }
    SplittableRandom random = random(table, column.name(), row);
    if (!only && !column.required() && column.key() == 0 && random.nextInt(ONE_NULL_IN) == 0) {
      return "NULL";
    }
    return only ? key(column, row) : ofType(column, random);
  }

  private boolean isOnlyKey(String table, Column column) {
    return column.key() > 0
        && tables.getOrDefault(table, List.of()).stream().filter(other -> other.key() > 0).count()
            == 1;
  }

  private Optional<Column> target(Reference reference) {
    return tables.getOrDefault(tableNamed(reference.table()), List.of()).stream()
        .filter(column ->
            reference.column().isEmpty()
                ? column.key() == 1
                : column.name().equalsIgnoreCase(reference.column()))
        .findFirst();
  }

  /** Names of tables are the same in any case. */
  private String tableNamed(String name) {
    return tables.keySet().stream().filter(name::equalsIgnoreCase).findFirst().orElse(name);
  }

  private SplittableRandom random(String table, String column, int row) {
    long place = 31L * (31L * seed + table.hashCode()) + column.hashCode();
    return new SplittableRandom(1_000_003L * place + row);
  }

  private String key(Column column, int row) {
    return isText(column)
        ? text(values.words().get(row % values.words().size()) + row)
        : "" + (row + 1);
  }

  private String ofType(Column column, SplittableRandom random) {
    String type = column.type().toUpperCase(Locale.ROOT);
    String name = column.name().toLowerCase(Locale.ROOT);
    String date =
        "20%02d-%02d-%02d"
            .formatted(10 + random.nextInt(12), 1 + random.nextInt(12), 1 + random.nextInt(28));
    String time = "%02d:%02d:00".formatted(random.nextInt(24), 15 * random.nextInt(4));
    if (type.contains("DATETIME") || type.contains("TIMESTAMP")) {
      return text(date + " " + time);
    }
    if (type.contains("DATE") || (isText(column) && name.contains("date"))) {
      return text(date);
    }
    if (type.equals("TIME") || (isText(column) && name.endsWith("time"))) {
      return text(time);
    }
    if (type.contains("BOOL")) {
      return "" + random.nextInt(2);
    }
    if (type.contains("BLOB")) {
      return "x'%02x'".formatted(random.nextInt(4));
    }
    if (isText(column)) {
      boolean named = !values.names().isEmpty() && random.nextInt(2) == 0;
      List<String> words = named ? values.names() : values.words();
      return text(words.get(random.nextInt(words.size())));
    }
    boolean whole = type.contains("INT") || name.contains("year") || random.nextInt(3) > 0;
    if (!whole) {
      return "%d.%d".formatted(random.nextInt(100), 1 + random.nextInt(9));
    }
    if (!values.numbers().isEmpty() && random.nextInt(2) == 0) {
      // Beside a number that the question names, too: more than 5 is not 5 or more.
      long number = values.numbers().get(random.nextInt(values.numbers().size()));
      return "" + (number - 1 + random.nextInt(3));
    }
    return name.contains("year") ? "" + (2010 + random.nextInt(12)) : "" + (1 + random.nextInt(10));
  }

  /** By the rules of SQLite, but that a column without a type is one of texts. */
  private static boolean isText(Column column) {
    String type = column.type().toUpperCase(Locale.ROOT);
    return !type.contains("INT")
        && (type.isEmpty()
            || type.contains("CHAR")
            || type.contains("CLOB")
            || type.contains("TEXT")
            || type.contains("STRING"));
  }

  private static String text(String text) {
    return "'" + text.replace("'", "''") + "'";
  }
}
