package dev.mallard.generator.transcript;

import dev.mallard.generator.loop.Event;
import dev.mallard.generator.loop.GrammarMode;
import dev.mallard.generator.loop.LoopSettings;
import dev.mallard.generator.loop.SpendingLimit;
import dev.mallard.generator.problem.Language;
import dev.mallard.generator.problem.Languages;
import dev.mallard.generator.problem.Problem;
import dev.mallard.generator.problem.TestTables;
import dev.mallard.sandbox.Limits;
import dev.mallard.sandbox.TestSuite;
import tools.jackson.databind.node.ObjectNode;

/** The beginning of a search as JSON, and back: its problem, model and settings. */
final class StartedJson {
  private StartedJson() {}

  static ObjectNode put(ObjectNode node, Event.Started started) {
    Problem problem = started.problem();
    node.put("schema", Transcripts.SCHEMA)
        .put("title", problem.title())
        .put("language", problem.language().label())
        .put("model", started.model())
        .put("model_hash", started.modelHash());
    putSettings(node, started.settings());
    node.put("statement", problem.statement());
    problem.signature().ifPresent(lines -> node.put("signature", lines));
    putTests(node.putObject("tests"), problem.visibleTests());
    putTests(node.putObject("hidden_tests"), problem.hiddenTests());
    return node;
  }

  private static void putSettings(ObjectNode node, LoopSettings settings) {
    node.put("samples", settings.samples())
        .put("repairs", settings.repairs())
        .put("max_turns", settings.maxTurns())
        .put("max_tokens", settings.maxTokens())
        .put("temperature", settings.temperature())
        .put("seed", settings.seed())
        .put("grammar", settings.grammarMode().label())
        .put("grammar_tokens", settings.grammarTokens())
        .put("timeout_seconds", Seconds.of(settings.limits().wallClock()))
        .put("heap_mebibytes", settings.limits().heapMebibytes())
        .put("output_characters", settings.limits().outputCharacters());
    if (!settings.proposals()) {
      node.put("proposals", false);
    }
    SpendingLimit spending = settings.spending();
    if (spending.tokens() != SpendingLimit.NONE.tokens()) {
      node.put("max_total_tokens", spending.tokens());
    }
    if (!spending.time().equals(SpendingLimit.NONE.time())) {
      node.put("max_seconds", Seconds.of(spending.time()));
    }
  }

  private static void putTests(ObjectNode node, TestSuite suite) {
    if (suite instanceof TestSuite.Asserts(String source)) {
      node.put("statements", source);
    } else {
      TestTables.put(node, suite);
    }
  }

  /** Where the search begins; an {@link IllegalArgumentException} if it does not. */
  static Event.Started read(JsonFields fields, Languages languages) {
    if (fields.integer("schema") != Transcripts.SCHEMA) {
      throw new IllegalArgumentException(
          "it has schema %d, and this version of Mallard reads %d: use the version that wrote it"
              .formatted(fields.integer("schema"), Transcripts.SCHEMA));
    }
    String label = fields.text("language");
    Language language =
        languages
            .byLabel(label)
            .orElseThrow(() ->
                new IllegalArgumentException(
                    "the language \"%s\" is not known: name its folder with --language-dir"
                        .formatted(label)));
    return new Event.Started(
        new Problem(
            fields.text("title"),
            fields.text("statement"),
            fields.optionalText("signature"),
            language,
            tests(fields.object("tests")),
            tests(fields.object("hidden_tests"))),
        fields.text("model"),
        fields.text("model_hash"),
        settings(fields));
  }

  private static LoopSettings settings(JsonFields fields) {
    SpendingLimit spending = SpendingLimit.NONE;
    if (fields.has("max_total_tokens")) {
      spending = spending.withTokens(fields.whole("max_total_tokens"));
    }
    if (fields.has("max_seconds")) {
      spending = spending.withTime(fields.seconds("max_seconds"));
    }
    return new LoopSettings(
        fields.integer("samples"),
        fields.integer("repairs"),
        fields.integer("max_turns"),
        fields.integer("max_tokens"),
        fields.number("temperature"),
        fields.whole("seed"),
        new Limits(
            fields.seconds("timeout_seconds"),
            fields.integer("heap_mebibytes"),
            fields.integer("output_characters")),
        fields.oneOf("grammar", GrammarMode.values()),
        fields.integer("grammar_tokens"),
        spending,
        !fields.has("proposals") || fields.truth("proposals"));
  }

  private static TestSuite tests(JsonFields fields) {
    return fields.has("statements")
        ? TestSuite.asserts(fields.text("statements"))
        : TestTables.read(fields.node(), "the tests");
  }
}
