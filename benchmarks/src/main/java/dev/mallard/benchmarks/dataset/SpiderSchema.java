package dev.mallard.benchmarks.dataset;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/**
 * Writes a database of Spider as statements, from Spider's description of it. A description that is
 * none ends in an exception of Jackson's.
 */
final class SpiderSchema {
  private final JsonNode tables;
  private final JsonNode names;
  private final JsonNode columns;

  private SpiderSchema(JsonNode tables) {
    this.tables = tables;
    names = tables.required("table_names_original");
    columns = tables.required("column_names_original");
  }

  /**
   * The statements that create the tables.
   *
   * @param tables an element of {@code tables.json}
   */
  static String of(JsonNode tables) {
    SpiderSchema schema = new SpiderSchema(tables);
    StringBuilder statements = new StringBuilder();
    for (int table = 0; table < schema.names.size(); table++) {
      statements.append(schema.statement(table));
    }
    return statements.toString();
  }

  private String statement(int table) {
    List<Integer> keys = keys(table);
    List<String> parts = new ArrayList<>();
    for (int column = 0; column < columns.size(); column++) {
      if (table(column) == table) {
        parts.add("  " + column(column, keys.size() == 1 && keys.contains(column)));
      }
    }
    if (keys.size() > 1) {
      parts.add(
          keys.stream().map(this::name).collect(Collectors.joining(", ", "  PRIMARY KEY (", ")")));
    }
    for (JsonNode key : tables.required("foreign_keys")) {
      int from = key.required(0).asInt();
      int to = key.required(1).asInt();
      if (table(from) == table) {
        parts.add(
            "  FOREIGN KEY (%s) REFERENCES %s(%s)"
                .formatted(name(from), tableName(table(to)), name(to)));
      }
    }
    return "CREATE TABLE %s (\n%s\n);\n".formatted(tableName(table), String.join(",\n", parts));
  }

  /** The columns of a table's primary key; one that has several may be a list in the list. */
  private List<Integer> keys(int table) {
    List<Integer> keys = new ArrayList<>();
    for (JsonNode key : tables.required("primary_keys")) {
      for (JsonNode column : key.isArray() ? key : List.of(key)) {
        if (table(column.asInt()) == table) {
          keys.add(column.asInt());
        }
      }
    }
    return keys;
  }

  private String column(int column, boolean key) {
    String type =
        switch (tables.required("column_types").required(column).asString()) {
          case "number" -> key ? "INTEGER" : "NUMERIC";
          case "time" -> "DATETIME";
          case "boolean" -> "BOOLEAN";
          default -> "TEXT";
        };
    return name(column) + " " + type + (key ? " PRIMARY KEY" : "");
  }

  private int table(int column) {
    return columns.required(column).required(0).asInt();
  }

  private String name(int column) {
    return SqlNames.quoted(columns.required(column).required(1).asString());
  }

  private String tableName(int table) {
    return SqlNames.quoted(names.required(table).asString());
  }
}
