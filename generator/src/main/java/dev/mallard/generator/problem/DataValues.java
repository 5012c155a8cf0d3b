package dev.mallard.generator.problem;

import dev.mallard.sandbox.DataValue;
import java.util.Map;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/** Reads the sandbox's values from JSON. */
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
}
