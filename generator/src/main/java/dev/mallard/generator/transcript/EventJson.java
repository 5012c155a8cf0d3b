package dev.mallard.generator.transcript;

import dev.mallard.generator.loop.Event;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The events of one search as JSON objects; {@code docs/transcripts.md} documents the fields. It
 * must be given all events in order, since later ones name what earlier ones tell.
 */
public final class EventJson {
  private final Told told = new Told();

  /** An event as an object. */
  public ObjectNode json(Event event) {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    return switch (event) {
      case Event.Started started -> StartedJson.put(named(node, "started"), started);
      case Event.TurnStarted turn ->
          named(node, "turn_started")
              .put("turn", turn.turn())
              .put("kind", Labels.of(turn.kind()))
              .put("candidates", turn.candidates())
              .put("temperature", turn.temperature());
      case Event.Asked asked -> RequestJson.put(named(node, "asked"), asked);
      case Event.Answered answered -> RequestJson.put(named(node, "answered"), answered);
      case Event.FeedbackGiven given -> feedback(named(node, "feedback"), given);
      case Event.TextGenerated generated ->
          named(node, "text")
              .put("turn", generated.turn())
              .put("candidate", generated.candidate())
              .put("text", generated.text());
      case Event.AttemptCompleted completed -> {
        told.add(completed.attempt());
        yield AttemptJson.put(named(node, "attempt"), completed.attempt());
      }
      case Event.TestsProposed proposed -> {
        named(node, "tests_proposed");
        proposed.kept().forEach(node.putArray("kept")::add);
        proposed.dropped().forEach(node.putArray("dropped")::add);
        yield node;
      }
      case Event.HiddenTestsRun hidden -> {
        told.add(hidden.report());
        yield ReportJson.put(named(node, "hidden_tests"), hidden.report());
      }
      case Event.Solved solved -> OutcomeJson.put(named(node, "solved"), solved.outcome(), told);
      case Event.GaveUp gaveUp -> OutcomeJson.put(named(node, "gave_up"), gaveUp.outcome(), told);
      case Event.Cancelled cancelled -> named(node, "cancelled");
    };
  }

  private ObjectNode feedback(ObjectNode node, Event.FeedbackGiven given) {
    node.put("turn", given.turn())
        .put("repairs_turn", given.attempt().turn())
        .put("repairs_candidate", given.attempt().candidate())
        .put("first_candidate", given.firstCandidate())
        .put("candidates", given.candidates())
        .put("text", given.feedback().text());
    if (!told.has(given.attempt())) {
      AttemptJson.put(node.putObject("repairs"), given.attempt());
    }
    return node;
  }

  private static ObjectNode named(ObjectNode node, String event) {
    return node.put("event", event);
  }
}
