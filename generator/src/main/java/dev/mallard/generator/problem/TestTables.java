package dev.mallard.generator.problem;

import dev.mallard.sandbox.TestSuite;
import dev.mallard.sandbox.TestSuite.Call;
import dev.mallard.sandbox.TestSuite.Exchange;
import dev.mallard.sandbox.TestSuite.Expected;
import dev.mallard.sandbox.TestSuite.ResultSet;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Tests as JSON, and back: a table of calls, runs with standard input, or result sets. {@code
 * docs/test-files.md} describes the format.
 */
public final class TestTables {
  private TestTables() {}

  /**
   * The tests in an object.
   *
   * @param what it is, for messages
   * @throws IllegalArgumentException if it is none of that format; it says in a part of a sentence
   *     what is wrong
   */
  public static TestSuite read(JsonNode root, String what) {
    if (root.has("calls")) {
      fields(root, Set.of("function", "tolerance", "calls"), what);
      double tolerance = root.has("tolerance") ? number(root, "tolerance") : 0;
      if (tolerance < 0) {
        throw wrong("\"tolerance\" must not be negative");
      }
      return new TestSuite.Calls(
          string(root, "function", what),
          elements(root, "calls").stream().map(TestTables::call).toList(),
          tolerance);
    }
    if (root.has("exchanges")) {
      fields(root, Set.of("exchanges"), what);
      return new TestSuite.StandardIo(
          elements(root, "exchanges").stream().map(TestTables::exchange).toList());
    }
    if (root.has("result_sets")) {
      fields(root, Set.of("result_sets"), what);
      return new TestSuite.ResultSets(
          elements(root, "result_sets").stream().map(TestTables::resultSet).toList());
    }
    throw wrong("it must have \"calls\", \"exchanges\" or \"result_sets\"");
  }

  /**
   * Adds a table to an object.
   *
   * @throws IllegalArgumentException if the tests are statements, and no table
   */
  public static void put(ObjectNode node, TestSuite suite) {
    switch (suite) {
      case TestSuite.Calls(var function, var calls, var tolerance) -> {
        node.put("function", function).put("tolerance", tolerance);
        ArrayNode rows = node.putArray("calls");
        for (Call call : calls) {
          ObjectNode row = rows.addObject();
          ArrayNode arguments = row.putArray("arguments");
          call.arguments().forEach(argument -> arguments.add(DataValues.json(argument)));
          row.set("expected", DataValues.json(call.expected()));
        }
      }
      case TestSuite.StandardIo(var exchanges) -> {
        ArrayNode rows = node.putArray("exchanges");
        exchanges.forEach(exchange ->
            rows.addObject().put("input", exchange.input()).put("output", exchange.output()));
      }
      case TestSuite.ResultSets(var queries) -> {
        ArrayNode rows = node.putArray("result_sets");
        queries.forEach(query -> putResultSet(rows.addObject(), query));
      }
      case TestSuite.Asserts asserts ->
          throw new IllegalArgumentException("statements are no table");
    }
  }

  private static void putResultSet(ObjectNode node, ResultSet query) {
    node.put("setup", query.setup());
    switch (query.expected()) {
      case Expected.Anything() ->
          throw new IllegalArgumentException("a query of which anything is expected is no test");
      case Expected.Query(var sql) -> node.put("query", sql);
      case Expected.Rows(var rows) -> {
        ArrayNode list = node.putArray("rows");
        for (var row : rows) {
          ArrayNode values = list.addArray();
          row.forEach(value -> values.add(DataValues.json(value)));
        }
      }
    }
    node.put("ordered", query.ordered());
  }

  private static Call call(JsonNode node) {
    fields(node, Set.of("arguments", "expected"), "a call");
    if (!node.has("expected")) {
      throw wrong("a call must have \"expected\"");
    }
    return new Call(
        elements(node, "arguments").stream().map(DataValues::of).toList(),
        DataValues.of(node.path("expected")));
  }

  private static Exchange exchange(JsonNode node) {
    fields(node, Set.of("input", "output"), "an exchange");
    return new Exchange(
        string(node, "input", "an exchange"), string(node, "output", "an exchange"));
  }

  private static ResultSet resultSet(JsonNode node) {
    fields(node, Set.of("setup", "query", "rows", "ordered"), "a result set");
    if (node.has("query") == node.has("rows")) {
      throw wrong("a result set must have either \"query\" or \"rows\"");
    }
    Expected expected =
        node.has("query")
            ? new Expected.Query(string(node, "query", "a result set"))
            : new Expected.Rows(
                elements(node, "rows").stream()
                    .map(row -> array(row, "a row").stream().map(DataValues::of).toList())
                    .toList());
    return new ResultSet(
        string(node, "setup", "a result set"), expected, node.path("ordered").asBoolean(false));
  }

  private static List<JsonNode> elements(JsonNode parent, String field) {
    return array(parent.path(field), "\"" + field + "\"");
  }

  private static List<JsonNode> array(JsonNode node, String what) {
    if (!node.isArray()) {
      throw wrong(what + " must be a list");
    }
    return node.valueStream().toList();
  }

  private static String string(JsonNode parent, String field, String what) {
    JsonNode node = parent.path(field);
    if (!node.isString()) {
      throw wrong(what + " must have \"" + field + "\", a string");
    }
    return node.asString();
  }

  private static double number(JsonNode parent, String field) {
    JsonNode node = parent.path(field);
    if (!node.isNumber()) {
      throw wrong("\"" + field + "\" must be a number");
    }
    return node.asDouble();
  }

  private static void fields(JsonNode node, Set<String> known, String what) {
    if (!node.isObject()) {
      throw wrong(what + " must be an object");
    }
    for (String name : node.propertyNames()) {
      if (!known.contains(name)) {
        throw wrong("%s has \"%s\", which is none of %s".formatted(what, name, known));
      }
    }
  }

  private static IllegalArgumentException wrong(String what) {
    return new IllegalArgumentException(what);
  }
}
