package dev.mallard.sandbox.sql;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;

/**
 * A database of Spider, with rows made up: few different values, most of which the queries ask for,
 * so that many queries give rows.
 */
record SpiderDatabase(String name, String setup, List<String> queries) {
  private static final int ROWS = 30;
  private static final Pattern CONSTANT = Pattern.compile("'([^']*)'|\"([^\"]*)\"");

  /** The database of a schema, as Spider describes it, for these queries. */
  static SpiderDatabase of(JsonNode schema, List<String> queries) {
    List<String> words = new ArrayList<>(List.of("Ann", "Bob", "zoë", "", "it's"));
    for (String query : queries) {
      Matcher constants = CONSTANT.matcher(query);
      while (constants.find()) {
        words.add(constants.group(1) == null ? constants.group(2) : constants.group(1));
      }
    }
    String name = schema.get("db_id").asString();
    Random random = new Random(name.hashCode());
    StringBuilder setup = new StringBuilder();
    for (int table = 0; table < schema.get("table_names_original").size(); table++) {
      String tableName = quoted(schema.get("table_names_original").get(table).asString());
      List<String> types = new ArrayList<>();
      List<String> columns = new ArrayList<>();
      for (int column = 0; column < schema.get("column_names_original").size(); column++) {
        JsonNode described = schema.get("column_names_original").get(column);
        if (described.get(0).asInt() == table) {
          String type = schema.get("column_types").get(column).asString();
          types.add(type);
          columns.add(
              quoted(described.get(1).asString()) + (type.equals("number") ? " NUMERIC" : " TEXT"));
        }
      }
      setup.append("CREATE TABLE %s (%s);\n".formatted(tableName, String.join(", ", columns)));
      String rows =
          IntStream.range(0, ROWS)
              .mapToObj(row -> row(types, words, random))
              .collect(Collectors.joining(",\n  "));
      setup.append("INSERT INTO %s VALUES\n  %s;\n".formatted(tableName, rows));
    }
    return new SpiderDatabase(name, setup.toString(), List.copyOf(queries));
  }

  private static String row(List<String> types, List<String> words, Random random) {
    return types.stream()
        .map(type -> value(type, words, random))
        .collect(Collectors.joining(", ", "(", ")"));
  }

  private static String value(String type, List<String> words, Random random) {
    if (random.nextInt(20) == 0) {
      return "NULL";
    }
    if (type.equals("number")) {
      return switch (random.nextInt(4)) {
        case 0 -> Integer.toString(1970 + random.nextInt(50));
        case 1 -> random.nextInt(1000) + "." + random.nextInt(100);
        default -> Integer.toString(1 + random.nextInt(8));
      };
    }
    return random.nextInt(3) == 0
        ? "'" + (1 + random.nextInt(8)) + "'"
        : "'" + words.get(random.nextInt(words.size())).replace("'", "''") + "'";
  }

  private static String quoted(String name) {
    return "\"" + name + "\"";
  }
}
