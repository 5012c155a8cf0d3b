package dev.mallard.generator.sql;

import dev.mallard.generator.loop.CodeExtractor;
import dev.mallard.generator.model.Completion;
import dev.mallard.generator.model.FencedProgram;
import dev.mallard.generator.model.GenerationListener;
import dev.mallard.generator.model.GenerationRequest;
import dev.mallard.generator.model.LanguageModel;
import dev.mallard.generator.model.Sampling;
import dev.mallard.generator.problem.Language;
import dev.mallard.sandbox.Sandbox;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Consumer;

/**
 * Answers a question about a database. There are no tests: the model writes several queries, each
 * is run, and the result that most of them agree on wins; then the model explains the query that
 * has it, and if it objects, or if all queries fail, writes more, and the vote is repeated
 * ("Teaching Large Language Models to Self-Debug", Chen et al., arXiv 2304.05128, on text-to-SQL).
 *
 * <p>All randomness comes from the settings' seed.
 */
public final class SqlSolver {
  private final LanguageModel model;
  private final Sandbox sandbox;
  private final InstantSource clock;

  /**
   * Puts a solver together; it closes neither the model nor the sandbox.
   *
   * @param clock measures times, and decides nothing
   */
  public SqlSolver(LanguageModel model, Sandbox sandbox, InstantSource clock) {
    this.model = model;
    this.sandbox = sandbox;
    this.clock = clock;
  }

  /**
   * Answers a question. Where the database has tables but no rows, some are made up, since queries
   * that mean different things would agree without.
   *
   * @param events told of what happens, on the calling thread
   * @throws dev.mallard.generator.UserException if the schema does not build a database, or is too
   *     long for the model
   * @throws dev.mallard.sandbox.SandboxException if the sandbox is broken
   * @throws InterruptedException if the calling thread is interrupted
   */
  public SqlAnswer answer(SqlQuestion question, SqlSettings settings, Consumer<SqlEvent> events)
      throws InterruptedException {
    SqlDatabase.check(sandbox, "schema", question.schema());
    FilledDatabase database =
        FilledDatabase.of(
            new SqlDatabase(sandbox, question.schema(), settings.limits()),
            question.question(),
            settings.seed());
    return new Search(question, settings, database, events).run();
  }

  /** What is wrong with a query that is to be repaired. */
  private record Complaint(String query, String feedback) {}

  /** The search for the query of one question. */
  private final class Search {
    private final SqlQuestion question;
    private final SqlSettings settings;
    private final FilledDatabase database;
    private final Consumer<SqlEvent> events;
    private final SqlPrompts prompts;
    private final CodeExtractor extractor = CodeExtractor.of(Language.SQL);
    private final Random seeds;
    private final List<SqlCandidate> candidates = new ArrayList<>();
    private final Map<String, QueryResult> results = new HashMap<>();
    private final Map<String, Explanation> explanations = new HashMap<>();
    private final Vote vote;
    private int tokens;

    Search(
        SqlQuestion question,
        SqlSettings settings,
        FilledDatabase database,
        Consumer<SqlEvent> events) {
      this.question = question;
      this.settings = settings;
      this.database = database;
      this.events = events;
      prompts = new SqlPrompts(model, question, settings.maxTokens());
      seeds = new Random(settings.seed());
      vote = new Vote(database.database()::agree);
    }

    SqlAnswer run() throws InterruptedException {
      Instant start = clock.instant();
      events.accept(
          new SqlEvent.Started(question, model.description(), settings, database.madeUpRows()));
      Optional<Complaint> complaint = Optional.empty();
      int turns = settings.explained() ? settings.maxTurns() : 1;
      int turn = 0;
      do {
        turn++;
        turn(turn, complaint);
        complaint = settings.explained() ? complaint(turn) : Optional.empty();
      } while (turn < turns && (complaint.isPresent() || vote.winner().isEmpty()));
      SqlAnswer answer =
          new SqlAnswer(
              vote.groups(),
              candidates,
              vote.winner().flatMap(best -> Optional.ofNullable(explanations.get(best.query()))),
              database.madeUpRows(),
              turn,
              tokens,
              Duration.between(start, clock.instant()));
      events.accept(new SqlEvent.Answered(answer));
      return answer;
    }

    /** Has queries written, runs them, and lets them vote. */
    private void turn(int turn, Optional<Complaint> complaint) throws InterruptedException {
      Optional<SqlPrompts.Prompt> repair =
          complaint.flatMap(what -> prompts.repair(what.query(), what.feedback()));
      SqlPrompts.Prompt prompt = repair.orElseGet(prompts::fresh);
      boolean greedy = settings.samples() == 1 && turn == 1;
      Sampling sampling = greedy ? Sampling.GREEDY : Sampling.temperature(settings.temperature());
      String feedback = repair.isPresent() ? complaint.map(Complaint::feedback).orElse("") : "";
      events.accept(
          new SqlEvent.TurnStarted(turn, feedback, settings.samples(), sampling.temperature()));
      GenerationRequest request =
          new GenerationRequest(
              prompt.conversation(),
              settings.samples(),
              prompt.maxTokens(),
              sampling,
              seeds.nextLong(),
              List.of());
      List<Completion> completions =
          model.generate(
              settings.constrained() ? request.in(form()) : request,
              new QueryWatcher(turn, extractor, events));
      for (int number = 0; number < completions.size(); number++) {
        SqlCandidate candidate = candidate(turn, number, completions.get(number));
        candidates.add(candidate);
        events.accept(new SqlEvent.QueryRun(candidate));
        vote.add(candidate);
      }
      List<SqlGroup> groups = vote.groups();
      int voted = groups.stream().mapToInt(SqlGroup::votes).sum();
      events.accept(new SqlEvent.Voted(turn, groups, candidates.size() - voted));
    }

    private static FencedProgram form() {
      return new FencedProgram(Language.SQL.label(), Language.SQL.grammar().orElseThrow());
    }

    private SqlCandidate candidate(int turn, int number, Completion completion)
        throws InterruptedException {
      tokens += completion.tokens();
      String query = extractor.extract(completion.text()).map(String::strip).orElse("");
      QueryResult result = results.get(query);
      if (result == null) {
        result = query.isEmpty() ? new QueryResult.Missing() : database.database().run(query);
        results.put(query, result);
      }
      return new SqlCandidate(turn, number, completion, query, result);
    }

    /** What is wrong with the query that has won, or with the likeliest if all have failed. */
    private Optional<Complaint> complaint(int turn) throws InterruptedException {
      Optional<SqlCandidate> winner = vote.winner();
      if (winner.isEmpty()) {
        return candidates.stream()
            .filter(candidate -> candidate.result() instanceof QueryResult.Failed)
            .max(
                Comparator.comparingInt(SqlCandidate::turn)
                    .thenComparingDouble(SqlCandidate::score))
            .map(candidate -> new Complaint(candidate.query(), failure(candidate)));
      }
      Optional<Explanation> explanation = explanation(turn, winner.get());
      return explanation
          .filter(Explanation::objects)
          .map(objection -> new Complaint(winner.get().query(), objection.text()));
    }

    private static String failure(SqlCandidate candidate) {
      return switch (candidate.result()) {
        case QueryResult.Failed failed -> FailureText.of(failed.verdict(), candidate.query());
        case QueryResult.Rows rows -> "";
        case QueryResult.Missing missing -> "";
      };
    }

    /** A query is explained once; empty if that is too long for the model. */
    private Optional<Explanation> explanation(int turn, SqlCandidate candidate)
        throws InterruptedException {
      Explanation earlier = explanations.get(candidate.query());
      if (earlier != null) {
        return Optional.of(earlier);
      }
      String rows = candidate.result() instanceof QueryResult.Rows(String table) ? table : "";
      Optional<SqlPrompts.Prompt> prompt = prompts.explain(candidate.query(), rows);
      if (prompt.isEmpty()) {
        return Optional.empty();
      }
      GenerationRequest request =
          new GenerationRequest(
              prompt.get().conversation(),
              1,
              prompt.get().maxTokens(),
              Sampling.GREEDY,
              seeds.nextLong(),
              List.of());
      Completion completion = model.generate(request, GenerationListener.SILENT).getFirst();
      tokens += completion.tokens();
      Explanation explanation = Explanation.of(completion.text());
      explanations.put(candidate.query(), explanation);
      events.accept(new SqlEvent.Explained(turn, candidate, explanation));
      return Optional.of(explanation);
    }
  }
}
