package dev.mallard.benchmarks.dataset;

import dev.mallard.generator.problem.Language;
import dev.mallard.generator.problem.Problem;
import dev.mallard.generator.sql.SqlQuestion;
import dev.mallard.sandbox.TestSuite;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/**
 * The fields of a task. What is wrong with them is an {@link IllegalArgumentException} that says it
 * in a part of a sentence.
 */
final class TaskFields {
  /** Those of a program task, in the order in which they are described. */
  static final List<String> OF_PROGRAMS =
      List.of(
          "id",
          "level",
          "language",
          "title",
          "statement",
          "signature",
          "visible_tests",
          "hidden_tests",
          "reference");

  /** Those of a query task. */
  static final List<String> OF_QUERIES =
      List.of("id", "level", "language", "title", "statement", "schema", "databases", "reference");

  /** How hard a task may be, the easiest first. */
  static final List<String> LEVELS = List.of("easy", "medium", "hard");

  private static final List<Language> LANGUAGES =
      List.of(Language.PYTHON, Language.JAVA, Language.JAVASCRIPT, Language.SQL);

  private final JsonNode node;

  /** The fields of a JSON value, which should be an object. */
  TaskFields(JsonNode node) {
    this.node = node;
  }

  /** The task that they describe. */
  Task task() {
    if (!node.isObject()) {
      throw wrong("a task must be a JSON object");
    }
    String label = text("language");
    Language language =
        LANGUAGES.stream()
            .filter(known -> known.label().equals(label))
            .findFirst()
            .orElseThrow(() ->
                wrong(
                    "\"language\" must be one of %s, and is \"%s\""
                        .formatted(
                            LANGUAGES.stream()
                                .map(Language::label)
                                .collect(Collectors.joining(", ")),
                            label)));
    return language.equals(Language.SQL) ? query() : program(language);
  }

  private Task program(Language language) {
    refuseUnknown(OF_PROGRAMS, "a program task");
    String id = text("id");
    Problem problem =
        new Problem(
            title(text("title")),
            text("statement"),
            optional("signature"),
            language,
            TestSuite.asserts(text("visible_tests")),
            optional("hidden_tests").map(TestSuite::asserts).orElse(TestSuite.EMPTY));
    return new Task.ProgramTask(id, problem, optional("reference"), level());
  }

  private Task query() {
    refuseUnknown(OF_QUERIES, "a query task");
    String id = text("id");
    optional("title").ifPresent(TaskFields::title);
    SqlQuestion question = new SqlQuestion(text("statement"), text("schema"));
    return new Task.QueryTask(id, question, text("reference"), databases(), level());
  }

  private void refuseUnknown(List<String> known, String what) {
    for (String name : node.propertyNames()) {
      if (!known.contains(name)) {
        throw wrong(
            "\"%s\" is no field of %s, which has %s"
                .formatted(name, what, String.join(", ", known)));
      }
    }
  }

  private static String title(String title) {
    if (title.lines().count() != 1) {
      throw wrong("\"title\" must be one line");
    }
    return title;
  }

  private String level() {
    String level = optional("level").orElse("");
    if (!level.isEmpty() && !LEVELS.contains(level)) {
      throw wrong(
          "\"level\" must be one of %s, and is \"%s\"".formatted(String.join(", ", LEVELS), level));
    }
    return level;
  }

  private List<String> databases() {
    JsonNode value = node.path("databases");
    if (value.isMissingNode()) {
      return List.of();
    }
    List<JsonNode> elements = value.isArray() ? value.valueStream().toList() : List.of();
    if (elements.isEmpty()
        || !elements.stream().allMatch(e -> e.isString() && !e.asString().isBlank())) {
      throw wrong("\"databases\" must be a list of strings, at least one and none of them blank");
    }
    return elements.stream().map(JsonNode::asString).toList();
  }

  private String text(String name) {
    return optional(name).orElseThrow(() -> wrong("the field \"%s\" is missing".formatted(name)));
  }

  private Optional<String> optional(String name) {
    JsonNode value = node.path(name);
    if (value.isMissingNode()) {
      return Optional.empty();
    }
    if (!value.isString()) {
      throw wrong("\"%s\" must be a string".formatted(name));
    }
    if (value.asString().isBlank()) {
      throw wrong("\"%s\" must not be blank".formatted(name));
    }
    return Optional.of(value.asString());
  }

  private static IllegalArgumentException wrong(String what) {
    return new IllegalArgumentException(what);
  }
}
