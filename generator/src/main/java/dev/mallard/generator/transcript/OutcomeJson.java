package dev.mallard.generator.transcript;

import dev.mallard.generator.loop.Attempt;
import dev.mallard.generator.loop.Ending;
import dev.mallard.generator.loop.Outcome;
import dev.mallard.generator.loop.TokenUsage;
import dev.mallard.generator.loop.Transcript;
import dev.mallard.sandbox.Report;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * How a search ended as JSON, and back. What the events before have told is named and not repeated;
 * where it is not as they have told it, it is there whole.
 */
final class OutcomeJson {
  private OutcomeJson() {}

  static ObjectNode put(ObjectNode node, Outcome outcome, Told told) {
    outcome.best().ifPresent(best -> putBest(node, best, told));
    outcome
        .hiddenTests()
        .ifPresent(report -> {
          node.put("hidden_tests_passed", report.verdict().passed());
          if (told.hiddenTests().filter(report::equals).isEmpty()) {
            ReportJson.put(node.putObject("hidden_tests"), report);
          }
        });
    if (!outcome.transcript().attempts().equals(told.all())) {
      ArrayNode attempts = node.putArray("attempts");
      outcome
          .transcript()
          .attempts()
          .forEach(attempt -> AttemptJson.put(attempts.addObject(), attempt));
    }
    ArrayNode leaders = node.putArray("leaders");
    outcome.leaders().forEach(leader -> putLeader(leaders.addObject(), leader, told));
    node.put("ending", outcome.ending().label())
        .put("proposed_tests", outcome.proposedTests())
        .put("turns", outcome.transcript().turns())
        .put("tokens", outcome.transcript().tokens())
        .put("seconds", Seconds.of(outcome.elapsed()));
    node.putObject("usage")
        .put("prompt_tokens", outcome.usage().prompt())
        .put("completion_tokens", outcome.usage().completion());
    return node;
  }

  private static void putBest(ObjectNode node, Attempt best, Told told) {
    node.put("turn", best.turn())
        .put("candidate", best.candidate())
        .put("program", best.program())
        .put("tests_passed", best.testsPassed());
    if (!told.has(best)) {
      AttemptJson.put(node.putObject("best"), best);
    }
  }

  private static void putLeader(ObjectNode node, Attempt leader, Told told) {
    node.put("turn", leader.turn()).put("candidate", leader.candidate());
    if (!told.has(leader)) {
      AttemptJson.put(node.putObject("attempt"), leader);
    }
  }

  private static Attempt leader(JsonFields fields, Told told) {
    return fields
        .optionalObject("attempt")
        .map(AttemptJson::read)
        .orElseGet(() -> named(fields.integer("turn"), fields.integer("candidate"), told));
  }

  /** The outcome in an object; an {@link IllegalArgumentException} if there is none. */
  static Outcome read(JsonFields fields, Told told) {
    JsonFields usage = fields.object("usage");
    List<Attempt> attempts =
        fields.has("attempts")
            ? fields.objects("attempts").stream().map(AttemptJson::read).toList()
            : told.all();
    return new Outcome(
        best(fields, told),
        hiddenTests(fields, told),
        new Transcript(attempts),
        fields.has("leaders")
            ? fields.objects("leaders").stream().map(leader -> leader(leader, told)).toList()
            : List.of(),
        fields.oneOf("ending", Ending.values()),
        fields.truth("proposed_tests"),
        new TokenUsage(usage.whole("prompt_tokens"), usage.whole("completion_tokens")),
        fields.seconds("seconds"));
  }

  private static Optional<Attempt> best(JsonFields fields, Told told) {
    Optional<JsonFields> whole = fields.optionalObject("best");
    if (whole.isPresent()) {
      return whole.map(AttemptJson::read);
    }
    return fields.has("program")
        ? Optional.of(named(fields.integer("turn"), fields.integer("candidate"), told))
        : Optional.empty();
  }

  /** The attempt that an event names. */
  static Attempt named(int turn, int candidate, Told told) {
    return told.at(turn, candidate)
        .orElseThrow(() ->
            new IllegalArgumentException(
                "no attempt before it has turn %d and candidate %d".formatted(turn, candidate)));
  }

  private static Optional<Report> hiddenTests(JsonFields fields, Told told) {
    Optional<JsonFields> whole = fields.optionalObject("hidden_tests");
    if (whole.isPresent()) {
      return whole.map(ReportJson::read);
    }
    if (!fields.has("hidden_tests_passed")) {
      return Optional.empty();
    }
    if (told.hiddenTests().isEmpty()) {
      throw new IllegalArgumentException("no hidden tests were run before it");
    }
    return told.hiddenTests();
  }
}
