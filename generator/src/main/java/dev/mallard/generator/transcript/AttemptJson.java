package dev.mallard.generator.transcript;

import dev.mallard.generator.loop.Attempt;
import dev.mallard.generator.loop.TurnKind;
import dev.mallard.generator.model.Completion;
import java.util.Optional;
import java.util.OptionalInt;
import tools.jackson.databind.node.ObjectNode;

/** Attempts, and what models write, as JSON, and back. */
final class AttemptJson {
  private AttemptJson() {}

  static ObjectNode put(ObjectNode node, Attempt attempt) {
    node.put("turn", attempt.turn())
        .put("candidate", attempt.candidate())
        .put("kind", Labels.of(attempt.kind()))
        .put("answer", attempt.completion().text())
        .put("program", attempt.program());
    putCost(node, attempt.completion());
    node.put("generation_seconds", Seconds.of(attempt.generationTime()));
    attempt.repeats().ifPresent(turn -> node.put("repeats_turn", turn));
    return ReportJson.put(node, attempt.report());
  }

  static void put(ObjectNode node, Completion completion) {
    putCost(node.put("text", completion.text()), completion);
  }

  private static void putCost(ObjectNode node, Completion completion) {
    node.put("finish", Labels.of(completion.finish()))
        .put("prompt_tokens", completion.promptTokens())
        .put("tokens", completion.tokens());
    // JSON has no other numbers.
    if (Double.isFinite(completion.logProbability())) {
      node.put("log_probability", completion.logProbability());
    }
  }

  static Attempt read(JsonFields fields) {
    Optional<Integer> repeats = fields.optionalInteger("repeats_turn");
    return new Attempt(
        fields.integer("turn"),
        fields.integer("candidate"),
        fields.oneOf("kind", TurnKind.values()),
        completion(fields, "answer"),
        fields.text("program"),
        ReportJson.read(fields),
        repeats.map(OptionalInt::of).orElseGet(OptionalInt::empty),
        fields.seconds("generation_seconds"));
  }

  static Completion completion(JsonFields fields) {
    return completion(fields, "text");
  }

  private static Completion completion(JsonFields fields, String text) {
    return new Completion(
        fields.text(text),
        fields.oneOf("finish", Completion.Finish.values()),
        fields.integer("prompt_tokens"),
        fields.integer("tokens"),
        fields.has("log_probability") ? fields.number("log_probability") : Double.NaN);
  }
}
