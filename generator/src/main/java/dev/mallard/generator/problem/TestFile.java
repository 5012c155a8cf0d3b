package dev.mallard.generator.problem;

import dev.mallard.generator.UserException;
import dev.mallard.sandbox.DataValue;
import dev.mallard.sandbox.TestSuite;
import dev.mallard.sandbox.TestSuite.Call;
import dev.mallard.sandbox.TestSuite.Exchange;
import dev.mallard.sandbox.TestSuite.Expected;
import dev.mallard.sandbox.TestSuite.ResultSet;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads a file of tests: statements in the program's language, or, if its name ends in {@code
 * .json}, a table of calls, runs with standard input, or result sets. {@code docs/test-files.md}
 * describes the format.
 */
public final class TestFile {
  private static final int DEEPEST = 100;

  private static final JsonMapper JSON =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder().maxNestingDepth(DEEPEST).build())
                  .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                  .build())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private final Path file;

  private TestFile(Path file) {
    this.file = file;
  }

  /**
   * The tests in a file.
   *
   * @throws UserException if it cannot be read, or is no JSON of that format
   */
  public static TestSuite read(Path file) {
    String text = TextFile.read(file);
    return file.getFileName().toString().endsWith(".json")
        ? new TestFile(file).suite(text)
        : TestSuite.asserts(text);
  }

  private TestSuite suite(String text) {
    JsonNode root;
    try {
      root = JSON.readTree(text);
    } catch (JacksonException e) {
      throw new UserException(
          "%s:%d: this is no JSON: %s."
              .formatted(file, e.getLocation().getLineNr(), e.getOriginalMessage()),
          e);
    }
    if (root.has("calls")) {
      fields(root, Set.of("function", "tolerance", "calls"), "the file");
      double tolerance = root.has("tolerance") ? number(root, "tolerance") : 0;
      if (tolerance < 0) {
        throw wrong("\"tolerance\" must not be negative");
      }
      return new TestSuite.Calls(
          string(root, "function", "the file"),
          elements(root, "calls").stream().map(this::call).toList(),
          tolerance);
    }
    if (root.has("exchanges")) {
      fields(root, Set.of("exchanges"), "the file");
      return new TestSuite.StandardIo(
          elements(root, "exchanges").stream().map(this::exchange).toList());
    }
    if (root.has("result_sets")) {
      fields(root, Set.of("result_sets"), "the file");
      return new TestSuite.ResultSets(
          elements(root, "result_sets").stream().map(this::resultSet).toList());
    }
    throw wrong("it must have \"calls\", \"exchanges\" or \"result_sets\"");
  }

  private Call call(JsonNode node) {
    fields(node, Set.of("arguments", "expected"), "a call");
    if (!node.has("expected")) {
      throw wrong("a call must have \"expected\"");
    }
    return new Call(
        elements(node, "arguments").stream().map(this::value).toList(),
        value(node.get("expected")));
  }

  private Exchange exchange(JsonNode node) {
    fields(node, Set.of("input", "output"), "an exchange");
    return new Exchange(
        string(node, "input", "an exchange"), string(node, "output", "an exchange"));
  }

  private ResultSet resultSet(JsonNode node) {
    fields(node, Set.of("setup", "query", "rows", "ordered"), "a result set");
    if (node.has("query") == node.has("rows")) {
      throw wrong("a result set must have either \"query\" or \"rows\"");
    }
    Expected expected =
        node.has("query")
            ? new Expected.Query(string(node, "query", "a result set"))
            : new Expected.Rows(
                elements(node, "rows").stream()
                    .map(row -> array(row, "a row").stream().map(this::value).toList())
                    .toList());
    return new ResultSet(
        string(node, "setup", "a result set"), expected, node.path("ordered").asBoolean(false));
  }

  private DataValue value(JsonNode node) {
    return DataValues.of(node);
  }

  private List<JsonNode> elements(JsonNode parent, String field) {
    return array(parent.path(field), "\"" + field + "\"");
  }

  private List<JsonNode> array(JsonNode node, String what) {
    if (!node.isArray()) {
      throw wrong(what + " must be a list");
    }
    return node.valueStream().toList();
  }

  private String string(JsonNode parent, String field, String what) {
    JsonNode node = parent.path(field);
    if (!node.isString()) {
      throw wrong(what + " must have \"" + field + "\", a string");
    }
    return node.asString();
  }

  private double number(JsonNode parent, String field) {
    JsonNode node = parent.path(field);
    if (!node.isNumber()) {
      throw wrong("\"" + field + "\" must be a number");
    }
    return node.asDouble();
  }

  private void fields(JsonNode node, Set<String> known, String what) {
    if (!node.isObject()) {
      throw wrong(what + " must be an object");
    }
    for (String name : node.propertyNames()) {
      if (!known.contains(name)) {
        throw wrong("%s has \"%s\", which is none of %s".formatted(what, name, known));
      }
    }
  }

  private UserException wrong(String what) {
    return new UserException("%s: %s.".formatted(file, what));
  }
}
