package dev.mallard.generator.transcript;

import dev.mallard.generator.loop.Event;
import dev.mallard.generator.loop.Feedback;
import dev.mallard.generator.loop.TurnKind;
import dev.mallard.generator.problem.Language;
import dev.mallard.generator.problem.Languages;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** Makes events of JSON objects, one search's in order. */
final class EventReader {
  private final Languages languages;
  private final Told told = new Told();
  private Optional<Language> language = Optional.empty();

  EventReader(Languages languages) {
    this.languages = languages;
  }

  /**
   * The next event; empty if it is more of what a model writes, which the answers tell again.
   *
   * @throws IllegalArgumentException if the object is none, or none that may come here; it says why
   */
  Optional<Event> read(JsonNode node) {
    JsonFields fields = new JsonFields(node);
    String name = fields.text("event");
    if (name.equals("started") != language.isEmpty()) {
      throw new IllegalArgumentException(
          name.equals("started")
              ? "a transcript is of one search, and here another starts"
              : "a transcript begins with the event \"started\"");
    }
    return name.equals("text") ? Optional.empty() : Optional.of(event(name, fields));
  }

  private Event event(String name, JsonFields fields) {
    return switch (name) {
      case "started" -> {
        Event.Started started = StartedJson.read(fields, languages);
        language = Optional.of(started.problem().language());
        yield started;
      }
      case "turn_started" ->
          new Event.TurnStarted(
              fields.integer("turn"),
              fields.oneOf("kind", TurnKind.values()),
              fields.integer("candidates"),
              fields.number("temperature"));
      case "asked" -> RequestJson.asked(fields, language.orElseThrow());
      case "answered" -> RequestJson.answered(fields);
      case "feedback" -> feedback(fields);
      case "attempt" -> {
        Event.AttemptCompleted completed = new Event.AttemptCompleted(AttemptJson.read(fields));
        told.add(completed.attempt());
        yield completed;
      }
      case "tests_proposed" ->
          new Event.TestsProposed(fields.texts("kept"), fields.texts("dropped"));
      case "hidden_tests" -> {
        Event.HiddenTestsRun run = new Event.HiddenTestsRun(ReportJson.read(fields));
        told.add(run.report());
        yield run;
      }
      case "solved" -> new Event.Solved(OutcomeJson.read(fields, told));
      case "gave_up" -> new Event.GaveUp(OutcomeJson.read(fields, told));
      case "cancelled" -> new Event.Cancelled();
      default -> throw new IllegalArgumentException("there is no such \"event\"");
    };
  }

  private Event feedback(JsonFields fields) {
    return new Event.FeedbackGiven(
        fields.integer("turn"),
        fields
            .optionalObject("repairs")
            .map(AttemptJson::read)
            .orElseGet(() ->
                OutcomeJson.named(
                    fields.integer("repairs_turn"), fields.integer("repairs_candidate"), told)),
        new Feedback(fields.text("text")),
        fields.integer("first_candidate"),
        fields.integer("candidates"));
  }
}
