package dev.mallard.cli;

import dev.mallard.generator.sql.QueryResult;
import dev.mallard.generator.sql.SqlAnswer;
import dev.mallard.generator.sql.SqlCandidate;
import dev.mallard.generator.sql.SqlEvent;
import dev.mallard.generator.sql.SqlGroup;
import dev.mallard.generator.sql.SqlSettings;
import java.io.PrintStream;
import java.util.List;
import java.util.function.Consumer;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Prints every event as one line of JSON; {@code docs/text-to-sql.md} documents the fields. */
final class SqlJson implements Consumer<SqlEvent> {
  private final JsonMapper mapper = new JsonMapper();
  private final PrintStream out;

  SqlJson(PrintStream out) {
    this.out = out;
  }

  @Override
  public void accept(SqlEvent event) {
    out.println(mapper.writeValueAsString(json(event)));
    out.flush();
  }

  private ObjectNode json(SqlEvent event) {
    return switch (event) {
      case SqlEvent.Started started -> started(started);
      case SqlEvent.TurnStarted turn ->
          object("turn_started")
              .put("turn", turn.turn())
              .put("feedback", turn.feedback())
              .put("candidates", turn.candidates())
              .put("temperature", turn.temperature());
      case SqlEvent.TextGenerated generated ->
          object("text")
              .put("turn", generated.turn())
              .put("candidate", generated.candidate())
              .put("text", generated.text());
      case SqlEvent.QueryRun run -> query(run.candidate());
      case SqlEvent.Voted voted -> {
        ObjectNode node = object("voted").put("turn", voted.turn()).put("failed", voted.failed());
        yield groups(node, voted.groups());
      }
      case SqlEvent.Explained explained -> {
        ObjectNode node =
            object("explained")
                .put("turn", explained.turn())
                .put("query", explained.candidate().query())
                .put("text", explained.explanation().text());
        explained.explanation().answers().ifPresent(answers -> node.put("answers", answers));
        yield node;
      }
      case SqlEvent.Answered answered -> answer(answered.answer());
    };
  }

  private ObjectNode started(SqlEvent.Started started) {
    SqlSettings settings = started.settings();
    return object("started")
        .put("question", started.question().question())
        .put("model", started.model())
        .put("samples", settings.samples())
        .put("max_turns", settings.maxTurns())
        .put("max_tokens", settings.maxTokens())
        .put("temperature", settings.temperature())
        .put("seed", settings.seed())
        .put("constrained", settings.constrained())
        .put("timeout_seconds", settings.limits().wallClock().toMillis() / 1000.0)
        .put("made_up_rows", started.madeUpRows());
  }

  private ObjectNode query(SqlCandidate candidate) {
    ObjectNode node =
        object("query")
            .put("turn", candidate.turn())
            .put("candidate", candidate.number())
            .put("answer", candidate.completion().text())
            .put("query", candidate.query())
            .put("tokens", candidate.completion().tokens());
    if (Double.isFinite(candidate.score())) {
      node.put("score", candidate.score());
    }
    return result(node, candidate.result());
  }

  private static ObjectNode result(ObjectNode node, QueryResult result) {
    return switch (result) {
      case QueryResult.Rows rows -> node.put("rows", rows.count()).put("table", rows.table());
      case QueryResult.Failed failed -> node.put("error", VerdictText.of(failed.verdict()));
      case QueryResult.Missing missing -> node;
    };
  }

  private static ObjectNode groups(ObjectNode node, List<SqlGroup> groups) {
    ArrayNode array = node.putArray("groups");
    for (SqlGroup group : groups) {
      array.addObject().put("votes", group.votes()).put("query", group.best().query());
    }
    return node;
  }

  private ObjectNode answer(SqlAnswer answer) {
    ObjectNode node = object("answered").put("accepted", answer.accepted());
    answer.chosen().ifPresent(chosen -> result(node.put("query", chosen.query()), chosen.result()));
    groups(node, answer.groups());
    return node.put("queries", answer.candidates().size())
        .put("made_up_rows", answer.madeUpRows())
        .put("turns", answer.turns())
        .put("tokens", answer.tokens())
        .put("seconds", answer.elapsed().toMillis() / 1000.0);
  }

  private ObjectNode object(String event) {
    return mapper.createObjectNode().put("event", event);
  }
}
