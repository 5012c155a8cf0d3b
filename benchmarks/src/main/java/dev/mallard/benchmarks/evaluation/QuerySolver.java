package dev.mallard.benchmarks.evaluation;

import dev.mallard.benchmarks.dataset.Task.QueryTask;
import dev.mallard.generator.UserException;
import dev.mallard.generator.sql.FilledDatabase;
import dev.mallard.generator.sql.QueryResult;
import dev.mallard.generator.sql.SqlAnswer;
import dev.mallard.generator.sql.SqlCandidate;
import dev.mallard.generator.sql.SqlDatabase;
import dev.mallard.generator.sql.SqlEvent;
import dev.mallard.generator.sql.SqlSettings;
import dev.mallard.generator.sql.SqlSolver;
import dev.mallard.sandbox.Sandbox;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Has queries written for tasks. A query is right if it gives the rows of the reference query on
 * all databases of the task, in its order if it has one; without such databases on some whose rows
 * are made up, and which the model's vote has not seen.
 */
final class QuerySolver {
  private static final List<Long> MADE_UP = List.of(101L, 102L, 103L);

  private final SqlSolver solver;
  private final Sandbox sandbox;
  private final SqlSettings settings;

  QuerySolver(SqlSolver solver, Sandbox sandbox, SqlSettings settings) {
    this.solver = solver;
    this.sandbox = sandbox;
    this.settings = settings;
  }

  TaskResult solve(QueryTask task, long seed) throws InterruptedException {
    long start = System.nanoTime();
    List<Optional<SqlCandidate>> leaders = new ArrayList<>();
    SqlAnswer answer;
    Decider decider;
    try {
      answer =
          solver.answer(
              task.question(),
              seeded(seed),
              event -> {
                if (event instanceof SqlEvent.Voted voted) {
                  leaders.add(voted.groups().stream().findFirst().map(group -> group.best()));
                }
              });
      decider = new Decider(task);
    } catch (UserException e) {
      return result(
          task,
          List.of(),
          List.of(),
          Optional.empty(),
          0,
          start,
          Optional.of(String.valueOf(e.getMessage())));
    }
    List<SampleResult> samples = new ArrayList<>();
    for (SqlCandidate candidate : answer.candidates()) {
      boolean wanted = candidate.turn() == 1 || leaders.contains(Optional.of(candidate));
      samples.add(
          new SampleResult(
              candidate.turn(),
              candidate.number(),
              candidate.query(),
              Optional.empty(),
              wanted ? Optional.of(decider.verdict(candidate)) : Optional.empty(),
              candidate.completion().tokens()));
    }
    List<Boolean> passedAfterTurn = new ArrayList<>();
    for (Optional<SqlCandidate> leader : leaders) {
      passedAfterTurn.add(
          leader.isPresent() && decider.verdict(leader.get()) == TaskVerdict.PASSED);
    }
    // Where no query runs, the first says how they fail.
    Optional<SqlCandidate> chosen =
        answer.chosen().or(() -> answer.candidates().stream().findFirst());
    Optional<TaskVerdict> verdict = Optional.empty();
    if (chosen.isPresent()) {
      verdict = Optional.of(decider.verdict(chosen.get()));
    }
    return result(
        task, samples, passedAfterTurn, verdict, answer.tokens(), start, Optional.empty());
  }

  private SqlSettings seeded(long seed) {
    return new SqlSettings(
        settings.samples(),
        settings.maxTurns(),
        settings.maxTokens(),
        settings.temperature(),
        seed,
        settings.limits(),
        settings.constrained(),
        settings.explained());
  }

  private static TaskResult result(
      QueryTask task,
      List<SampleResult> samples,
      List<Boolean> passedAfterTurn,
      Optional<TaskVerdict> chosen,
      long tokens,
      long start,
      Optional<String> failure) {
    return new TaskResult(
        task.id(),
        task.level(),
        samples,
        passedAfterTurn,
        chosen,
        false,
        true,
        0,
        tokens,
        ProgramSolver.seconds(start),
        OptionalDouble.empty(),
        failure);
  }

  /** Compares queries with the reference, each once. */
  private final class Decider {
    private final QueryTask task;
    private final List<SqlDatabase> databases = new ArrayList<>();
    private final Map<String, TaskVerdict> known = new HashMap<>();

    Decider(QueryTask task) throws InterruptedException {
      this.task = task;
      for (String script : task.databases()) {
        databases.add(new SqlDatabase(sandbox, script, settings.limits()));
      }
      if (databases.isEmpty()) {
        SqlDatabase empty = new SqlDatabase(sandbox, task.question().schema(), settings.limits());
        // The values that the reference compares with are among the rows.
        String values = task.question().question() + " " + task.query();
        for (long seed : MADE_UP) {
          databases.add(FilledDatabase.of(empty, values, seed).database());
        }
      }
    }

    TaskVerdict verdict(SqlCandidate candidate) throws InterruptedException {
      TaskVerdict verdict = known.get(candidate.query());
      if (verdict == null) {
        verdict =
            switch (candidate.result()) {
              case QueryResult.Missing() -> TaskVerdict.MALFORMED;
              case QueryResult.Failed(var failure) -> TaskVerdict.of(failure);
              case QueryResult.Rows rows -> compared(candidate.query());
            };
        known.put(candidate.query(), verdict);
      }
      return verdict;
    }

    private TaskVerdict compared(String query) throws InterruptedException {
      for (SqlDatabase database : databases) {
        if (!database.matches(query, task.query())) {
          return TaskVerdict.FAILED;
        }
      }
      return TaskVerdict.PASSED;
    }
  }
}
