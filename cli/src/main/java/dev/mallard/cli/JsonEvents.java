package dev.mallard.cli;

import dev.mallard.generator.loop.Attempt;
import dev.mallard.generator.loop.Event;
import dev.mallard.generator.loop.LoopSettings;
import dev.mallard.generator.loop.Outcome;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;
import java.util.function.Consumer;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Prints every event as one line of JSON; {@code docs/command-line.md} documents the fields. */
final class JsonEvents implements Consumer<Event> {
  private final JsonMapper mapper = new JsonMapper();
  private final PrintStream out;

  JsonEvents(PrintStream out) {
    this.out = out;
  }

  @Override
  public void accept(Event event) {
    out.println(mapper.writeValueAsString(json(event)));
    out.flush();
  }

  private ObjectNode json(Event event) {
    return switch (event) {
      case Event.Started started -> started(started);
      case Event.TurnStarted turn ->
          object("turn_started")
              .put("turn", turn.turn())
              .put("kind", name(turn.kind()))
              .put("candidates", turn.candidates())
              .put("temperature", turn.temperature());
      case Event.Asked asked ->
          object("asked").put("turn", asked.turn()).put("purpose", asked.purpose().label());
      case Event.Answered answered ->
          object("answered")
              .put("turn", answered.turn())
              .put("purpose", answered.purpose().label());
      case Event.TestsProposed proposed -> {
        ObjectNode node = object("tests_proposed");
        proposed.kept().forEach(node.putArray("kept")::add);
        proposed.dropped().forEach(node.putArray("dropped")::add);
        yield node;
      }
      case Event.Cancelled cancelled -> object("cancelled");
      case Event.FeedbackGiven given ->
          object("feedback")
              .put("turn", given.turn())
              .put("repairs_turn", given.attempt().turn())
              .put("repairs_candidate", given.attempt().candidate())
              .put("text", given.feedback().text());
      case Event.TextGenerated generated ->
          object("text")
              .put("turn", generated.turn())
              .put("candidate", generated.candidate())
              .put("text", generated.text());
      case Event.AttemptCompleted completed -> attempt(completed.attempt());
      case Event.HiddenTestsRun hidden -> ReportJson.put(object("hidden_tests"), hidden.report());
      case Event.Solved solved -> outcome(object("solved"), solved.outcome());
      case Event.GaveUp gaveUp -> outcome(object("gave_up"), gaveUp.outcome());
    };
  }

  private ObjectNode started(Event.Started started) {
    LoopSettings settings = started.settings();
    return object("started")
        .put("title", started.problem().title())
        .put("language", started.problem().language().label())
        .put("model", started.model())
        .put("samples", settings.samples())
        .put("max_turns", settings.maxTurns())
        .put("max_tokens", settings.maxTokens())
        .put("temperature", settings.temperature())
        .put("seed", settings.seed())
        .put("grammar", settings.grammarMode().label())
        .put("grammar_tokens", settings.grammarTokens())
        .put("timeout_seconds", seconds(settings.limits().wallClock()));
  }

  private ObjectNode attempt(Attempt attempt) {
    ObjectNode node =
        object("attempt")
            .put("turn", attempt.turn())
            .put("candidate", attempt.candidate())
            .put("kind", name(attempt.kind()))
            .put("answer", attempt.completion().text())
            .put("program", attempt.program())
            .put("finish", name(attempt.completion().finish()))
            .put("prompt_tokens", attempt.completion().promptTokens())
            .put("tokens", attempt.completion().tokens())
            .put("generation_seconds", seconds(attempt.generationTime()));
    double logProbability = attempt.completion().logProbability();
    if (Double.isFinite(logProbability)) {
      node.put("log_probability", logProbability);
    }
    attempt.repeats().ifPresent(turn -> node.put("repeats_turn", turn));
    return ReportJson.put(node, attempt.report());
  }

  private ObjectNode outcome(ObjectNode node, Outcome outcome) {
    outcome
        .best()
        .ifPresent(best ->
            node.put("turn", best.turn())
                .put("candidate", best.candidate())
                .put("program", best.program())
                .put("tests_passed", best.testsPassed()));
    outcome
        .hiddenTests()
        .ifPresent(report -> node.put("hidden_tests_passed", report.verdict().passed()));
    return node.put("turns", outcome.transcript().turns())
        .put("tokens", outcome.transcript().tokens())
        .put("seconds", seconds(outcome.elapsed()));
  }

  private ObjectNode object(String event) {
    return mapper.createObjectNode().put("event", event);
  }

  private static String name(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }

  private static double seconds(Duration duration) {
    return duration.toMillis() / 1000.0;
  }
}
