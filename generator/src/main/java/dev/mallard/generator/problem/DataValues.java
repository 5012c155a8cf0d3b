package dev.mallard.generator.problem;

import dev.mallard.sandbox.DataValue;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The sandbox's values as JSON, and back. */
public final class DataValues {
  private DataValues() {}

  /** The value that a JSON value stands for; a number with a point or an exponent is a real one. */
  public static DataValue of(JsonNode node) {
    return switch (node.getNodeType()) {
      case NULL, MISSING -> new DataValue.Null();
      case BOOLEAN -> new DataValue.Bool(node.asBoolean());
      case NUMBER ->
          node.isIntegralNumber()
              ? new DataValue.Whole(node.bigIntegerValue())
              : new DataValue.Real(node.asDouble());
      case STRING, BINARY, POJO -> new DataValue.Text(node.asString());
      case ARRAY -> new DataValue.Sequence(node.valueStream().map(DataValues::of).toList());
      case OBJECT ->
          new DataValue.Mapping(
              node.propertyStream()
                  .collect(Collectors.toMap(Map.Entry::getKey, e -> of(e.getValue()))));
    };
  }

  /** The JSON value that stands for a value; the entries of a mapping are sorted. */
  public static JsonNode json(DataValue value) {
    JsonNodeFactory nodes = JsonNodeFactory.instance;
    return switch (value) {
      case DataValue.Null() -> nodes.nullNode();
      case DataValue.Bool(var truth) -> nodes.booleanNode(truth);
      case DataValue.Whole(var number) -> nodes.numberNode(number);
      case DataValue.Real(var number) -> nodes.numberNode(number);
      case DataValue.Text(var text) -> nodes.stringNode(text);
      case DataValue.Sequence(var elements) -> {
        ArrayNode array = nodes.arrayNode();
        elements.forEach(element -> array.add(json(element)));
        yield array;
      }
      case DataValue.Mapping(var entries) -> {
        ObjectNode object = nodes.objectNode();
        new TreeMap<>(entries).forEach((key, entry) -> object.set(key, json(entry)));
        yield object;
      }
    };
  }
}
