package dev.mallard.benchmarks.dataset;

import java.util.StringJoiner;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.StringNode;

/** Writes JSON's values as Python's. */
final class PythonLiteral {
  private PythonLiteral() {}

  static String of(JsonNode value) {
    if (value.isNull()) {
      return "None";
    }
    if (value.isBoolean()) {
      return value.asBoolean() ? "True" : "False";
    }
    if (value.isArray()) {
      StringJoiner list = new StringJoiner(", ", "[", "]");
      value.forEach(element -> list.add(of(element)));
      return list.toString();
    }
    if (value.isObject()) {
      StringJoiner dictionary = new StringJoiner(", ", "{", "}");
      value
          .properties()
          .forEach(entry ->
              dictionary.add(StringNode.valueOf(entry.getKey()) + ": " + of(entry.getValue())));
      return dictionary.toString();
    }
    return value.toString(); // numbers and texts are written alike
  }
}
