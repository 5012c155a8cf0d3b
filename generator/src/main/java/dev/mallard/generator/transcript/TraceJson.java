package dev.mallard.generator.transcript;

import dev.mallard.sandbox.Trace;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** A trace as JSON, and back. */
final class TraceJson {
  private TraceJson() {}

  static void put(ObjectNode node, Trace trace) {
    VerdictJson.putTest(node, Optional.of(trace.test()));
    ArrayNode steps = node.putArray("steps");
    trace.steps().forEach(step -> putStep(steps.addObject(), step));
  }

  private static void putStep(ObjectNode node, Trace.Step step) {
    switch (step) {
      case Trace.Called(var function, var line, var arguments) -> {
        node.put("kind", "called").put("function", function).put("line", line);
        putVariables(node, "arguments", arguments);
      }
      case Trace.Line(var line, var changes, var branch) -> {
        node.put("kind", "line").put("line", line);
        putVariables(node, "changes", changes);
        branch.ifPresent(next -> node.put("branch", next));
      }
      case Trace.Returned(var function, var value) ->
          node.put("kind", "returned").put("function", function).put("value", value);
      case Trace.Raised(var function, var exception) ->
          node.put("kind", "raised").put("function", function).put("exception", exception);
      case Trace.Omitted(var count) -> node.put("kind", "omitted").put("steps", count);
    }
  }

  /**
   * An object of values by name; a list where two have one name, as in nested scopes, or a name is
   * no Unicode text, which parsers refuse as the name of a field.
   */
  private static void putVariables(ObjectNode node, String field, List<Trace.Variable> variables) {
    List<String> names = variables.stream().map(Trace.Variable::name).distinct().toList();
    if (names.size() == variables.size()
        && names.stream().allMatch(StandardCharsets.UTF_8.newEncoder()::canEncode)) {
      ObjectNode byName = node.putObject(field);
      variables.forEach(variable -> byName.put(variable.name(), variable.value()));
    } else {
      ArrayNode list = node.putArray(field);
      variables.forEach(
          variable -> list.addObject().put("name", variable.name()).put("value", variable.value()));
    }
  }

  /** The trace of an object; an {@link IllegalArgumentException} if there is none. */
  static Trace read(JsonFields fields) {
    return new Trace(
        VerdictJson.test(fields.object("test")),
        fields.objects("steps").stream().map(TraceJson::step).toList());
  }

  private static Trace.Step step(JsonFields fields) {
    return switch (fields.text("kind")) {
      case "called" ->
          new Trace.Called(
              fields.text("function"), fields.integer("line"), variables(fields, "arguments"));
      case "line" ->
          new Trace.Line(
              fields.integer("line"),
              variables(fields, "changes"),
              fields.optionalInteger("branch"));
      case "returned" -> new Trace.Returned(fields.text("function"), fields.text("value"));
      case "raised" -> new Trace.Raised(fields.text("function"), fields.text("exception"));
      case "omitted" -> new Trace.Omitted(fields.whole("steps"));
      default -> throw new IllegalArgumentException("there is no such \"kind\" of step");
    };
  }

  private static List<Trace.Variable> variables(JsonFields fields, String field) {
    JsonNode node = fields.node().path(field);
    if (node.isArray()) {
      return fields.objects(field).stream()
          .map(variable -> new Trace.Variable(variable.text("name"), variable.text("value")))
          .toList();
    }
    JsonFields byName = fields.object(field);
    return node.propertyNames().stream()
        .map(name -> new Trace.Variable(name, byName.text(name)))
        .toList();
  }
}
