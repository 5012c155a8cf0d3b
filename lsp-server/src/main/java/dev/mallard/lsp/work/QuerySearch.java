package dev.mallard.lsp.work;

import dev.mallard.generator.loop.GrammarMode;
import dev.mallard.generator.loop.LoopSettings;
import dev.mallard.generator.sql.SqlAnswer;
import dev.mallard.generator.sql.SqlCandidate;
import dev.mallard.generator.sql.SqlEvent;
import dev.mallard.generator.sql.SqlQuestion;
import dev.mallard.generator.sql.SqlSettings;
import dev.mallard.generator.sql.SqlSolver;
import dev.mallard.lsp.source.Span;
import dev.mallard.lsp.splice.Replacement;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Has the query of a question in an SQL file written, by the vote of several, and proposes it. */
public final class QuerySearch {
  private final Services services;

  public QuerySearch(Services services) {
    this.services = services;
  }

  /**
   * Searches.
   *
   * @param name the question
   * @throws dev.mallard.generator.UserException if the schema builds no database
   * @throws InterruptedException if the calling thread is interrupted
   */
  public ProgramSearch.Result run(String uri, String name, Progress progress)
      throws InterruptedException {
    Target target = services.target(uri, name);
    SqlSettings settings = settings();
    SqlQuestion question = new SqlQuestion(target.definition().name(), schema(target));
    SqlAnswer answer =
        services
            .model()
            .use(
                services.wish(),
                progress::report,
                model ->
                    new SqlSolver(model, services.sandbox().get(), InstantSource.system())
                        .answer(question, settings, event -> tell(event, progress)));
    Optional<SqlCandidate> chosen = answer.chosen();
    if (chosen.isEmpty()) {
      services.editor().warn("No query that the model wrote runs; nothing was changed.");
      return new ProgramSearch.Result(false, false, answer.turns());
    }
    Target now = services.target(uri, name);
    Span body = now.definition().body();
    String query = chosen.get().query().strip();
    String ended = query.endsWith(";") ? query : query + ";";
    String text = body.start() == body.end() ? "\n" + ended : ended;
    String label =
        "Write the query (%d of %d agree on its result%s)"
            .formatted(
                answer.groups().getFirst().votes(),
                answer.candidates().size(),
                answer.accepted() ? "" : "; the model itself objects to it");
    Editor.Answer received =
        services
            .editor()
            .propose(
                new Editor.Proposal(
                    now.analysis().document(), label, List.of(new Replacement(body, text))));
    return new ProgramSearch.Result(
        answer.accepted(), received == Editor.Answer.APPLIED, answer.turns());
  }

  private static void tell(SqlEvent event, Progress progress) {
    if (event instanceof SqlEvent.TurnStarted turn) {
      progress.report("turn %d: the model writes".formatted(turn.turn()));
    }
  }

  private static String schema(Target target) {
    String text = target.analysis().document().text();
    return target.analysis().outline().imports().stream()
        .map(span -> span.of(text).strip())
        .map(statement -> statement.endsWith(";") ? statement : statement + ";")
        .collect(Collectors.joining("\n"));
  }

  /** The editor's, but for the number of queries: one cannot be voted on. */
  private SqlSettings settings() {
    LoopSettings loop = services.loop();
    SqlSettings standard = SqlSettings.DEFAULT;
    return new SqlSettings(
        Math.max(loop.samples(), standard.samples()),
        standard.maxTurns(),
        Math.min(loop.maxTokens(), standard.maxTokens()),
        loop.temperature(),
        loop.seed(),
        loop.limits(),
        loop.grammarMode() == GrammarMode.CONSTRAIN,
        true);
  }
}
