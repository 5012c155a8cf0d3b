package dev.mallard.generator.transcript;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * The fields of a JSON object that nobody vouches for. What is not there, or is something else than
 * it must be, is an {@link IllegalArgumentException} that names the field.
 */
record JsonFields(JsonNode node) {

  JsonFields {
    if (!node.isObject()) {
      throw new IllegalArgumentException("it must be a JSON object");
    }
  }

  boolean has(String name) {
    return node.has(name);
  }

  String text(String name) {
    return optionalText(name).orElseThrow(() -> mustBe(name, "a string"));
  }

  Optional<String> optionalText(String name) {
    JsonNode value = node.path(name);
    if (value.isMissingNode()) {
      return Optional.empty();
    }
    if (!value.isString()) {
      throw mustBe(name, "a string");
    }
    return Optional.of(value.asString());
  }

  int integer(String name) {
    JsonNode value = node.path(name);
    if (!value.isIntegralNumber() || !value.canConvertToInt()) {
      throw mustBe(name, "a whole number of 32 bits");
    }
    return value.intValue();
  }

  Optional<Integer> optionalInteger(String name) {
    return has(name) ? Optional.of(integer(name)) : Optional.empty();
  }

  long whole(String name) {
    JsonNode value = node.path(name);
    if (!value.isIntegralNumber() || !value.canConvertToLong()) {
      throw mustBe(name, "a whole number of 64 bits");
    }
    return value.longValue();
  }

  double number(String name) {
    JsonNode value = node.path(name);
    if (!value.isNumber()) {
      throw mustBe(name, "a number");
    }
    return value.asDouble();
  }

  boolean truth(String name) {
    JsonNode value = node.path(name);
    if (!value.isBoolean()) {
      throw mustBe(name, "true or false");
    }
    return value.asBoolean();
  }

  Duration seconds(String name) {
    return Seconds.duration(number(name))
        .orElseThrow(() -> mustBe(name, "a number of seconds that a search may take"));
  }

  /** One of the values of an enumeration, which are written in small letters. */
  <E extends Enum<E>> E oneOf(String name, E[] values) {
    String wanted = text(name);
    for (E value : values) {
      if (Labels.of(value).equals(wanted)) {
        return value;
      }
    }
    throw mustBe(name, "one of " + Labels.all(values));
  }

  JsonFields object(String name) {
    return optionalObject(name).orElseThrow(() -> mustBe(name, "an object"));
  }

  Optional<JsonFields> optionalObject(String name) {
    JsonNode value = node.path(name);
    if (value.isMissingNode()) {
      return Optional.empty();
    }
    if (!value.isObject()) {
      throw mustBe(name, "an object");
    }
    return Optional.of(new JsonFields(value));
  }

  List<JsonFields> objects(String name) {
    return elements(name).stream().map(JsonFields::new).toList();
  }

  List<String> texts(String name) {
    List<JsonNode> elements = elements(name);
    if (!elements.stream().allMatch(JsonNode::isString)) {
      throw mustBe(name, "a list of strings");
    }
    return elements.stream().map(JsonNode::asString).toList();
  }

  List<Integer> integers(String name) {
    List<JsonNode> elements = elements(name);
    if (!elements.stream().allMatch(e -> e.isIntegralNumber() && e.canConvertToInt())) {
      throw mustBe(name, "a list of whole numbers");
    }
    return elements.stream().map(JsonNode::intValue).toList();
  }

  private List<JsonNode> elements(String name) {
    JsonNode value = node.path(name);
    if (!value.isArray()) {
      throw mustBe(name, "a list");
    }
    return value.valueStream().toList();
  }

  private static IllegalArgumentException mustBe(String name, String what) {
    return new IllegalArgumentException("\"%s\" must be %s".formatted(name, what));
  }
}
