package dev.mallard.benchmarks.sql;

import dev.mallard.generator.sql.SqlQuestion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A question of Spider (Yu et al., arXiv 1809.08887), with a schema and without rows.
 *
 * @param reference the query that answers it
 */
record SpiderQuestion(SqlQuestion question, String reference) {

  /**
   * The questions of some databases of the development set.
   *
   * @param data the folder with the data sets
   */
  static List<SpiderQuestion> read(Path data) throws IOException {
    Path folder = data.resolve("spider");
    Map<String, String> schemas = new HashMap<>();
    for (JsonNode tables : json(folder.resolve("tables-4db.json"))) {
      schemas.put(tables.get("db_id").asString(), schema(tables));
    }
    List<SpiderQuestion> questions = new ArrayList<>();
    for (JsonNode question : json(folder.resolve("dev-4db.json"))) {
      String schema = schemas.getOrDefault(question.get("db_id").asString(), "");
      questions.add(
          new SpiderQuestion(
              new SqlQuestion(question.get("question").asString(), schema),
              question.get("query").asString()));
    }
    return questions;
  }

  private static JsonNode json(Path file) throws IOException {
    return JsonMapper.shared().readTree(Files.readString(file));
  }

  /** The statements that create the tables, from Spider's description of them. */
  static String schema(JsonNode tables) {
    JsonNode names = tables.get("table_names_original");
    JsonNode columns = tables.get("column_names_original");
    StringBuilder schema = new StringBuilder();
    for (int table = 0; table < names.size(); table++) {
      List<String> parts = new ArrayList<>();
      for (int column = 0; column < columns.size(); column++) {
        if (columns.get(column).get(0).asInt() == table) {
          parts.add("  " + column(column, tables));
        }
      }
      for (JsonNode key : tables.get("foreign_keys")) {
        JsonNode from = columns.get(key.get(0).asInt());
        JsonNode to = columns.get(key.get(1).asInt());
        if (from.get(0).asInt() == table) {
          parts.add(
              "  FOREIGN KEY (%s) REFERENCES %s(%s)"
                  .formatted(
                      quoted(from.get(1)),
                      quoted(names.get(to.get(0).asInt())),
                      quoted(to.get(1))));
        }
      }
      schema.append(
          "CREATE TABLE %s (\n%s\n);\n"
              .formatted(quoted(names.get(table)), String.join(",\n", parts)));
    }
    return schema.toString();
  }

  private static String column(int column, JsonNode tables) {
    boolean key = false;
    for (JsonNode each : tables.get("primary_keys")) {
      key |= each.asInt() == column;
    }
    String type =
        switch (tables.get("column_types").get(column).asString()) {
          case "number" -> key ? "INTEGER" : "NUMERIC";
          case "time" -> "DATETIME";
          case "boolean" -> "BOOLEAN";
          default -> "TEXT";
        };
    String name = quoted(tables.get("column_names_original").get(column).get(1));
    return name + " " + type + (key ? " PRIMARY KEY" : "");
  }

  private static String quoted(JsonNode name) {
    String text = name.asString();
    return text.matches("[A-Za-z_][A-Za-z0-9_]*") ? text : "\"" + text.replace("\"", "\"\"") + "\"";
  }
}
