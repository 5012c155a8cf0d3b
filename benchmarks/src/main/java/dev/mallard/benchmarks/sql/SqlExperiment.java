package dev.mallard.benchmarks.sql;

import dev.mallard.benchmarks.dataset.Task.QueryTask;
import dev.mallard.benchmarks.experiment.Experiments;
import dev.mallard.generator.CacheDirectory;
import dev.mallard.generator.model.LanguageModel;
import dev.mallard.generator.sql.FilledDatabase;
import dev.mallard.generator.sql.SqlAnswer;
import dev.mallard.generator.sql.SqlDatabase;
import dev.mallard.generator.sql.SqlSettings;
import dev.mallard.generator.sql.SqlSolver;
import dev.mallard.sandbox.Limits;
import dev.mallard.sandbox.Sandbox;
import dev.mallard.sandbox.pool.PoolOptions;
import dev.mallard.sandbox.pool.WorkerPool;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;

/**
 * Asks a model questions of Spider in three ways (one greedy query, the majority of several, and
 * the majority with explanations) and prints a table of how many are answered rightly. There are no
 * rows, so they are made up. A query is right if it gives the rows of the reference query on
 * several databases, none of which the vote has seen.
 */
public final class SqlExperiment {
  private static final int MOST_TOKENS = 128;
  private static final int TURNS = 3;
  private static final double TEMPERATURE = 0.7;
  private static final List<Long> UNSEEN_SEEDS = List.of(101L, 102L, 103L);

  private final LanguageModel model;
  private final Sandbox sandbox;
  private final PrintStream out;

  private SqlExperiment(LanguageModel model, Sandbox sandbox, PrintStream out) {
    this.model = model;
    this.sandbox = sandbox;
    this.out = out;
  }

  /**
   * Runs it.
   *
   * @param arguments the model's name or path; the folder with the data sets; how many questions,
   *     spread evenly; how many queries vote
   */
  public static void main(String[] arguments) throws Exception {
    if (arguments.length != 4) {
      throw new IllegalArgumentException("usage: MODEL DATA QUESTIONS SAMPLES");
    }
    List<QueryTask> questions =
        Experiments.some(
            Experiments.tasks("spider", Path.of(arguments[1]), QueryTask.class),
            Integer.parseInt(arguments[2]));
    int samples = Integer.parseInt(arguments[3]);
    Path cache = CacheDirectory.locate(System.getenv());
    try (Sandbox sandbox = WorkerPool.start(PoolOptions.DEFAULT.withCache(cache));
        LanguageModel model = Experiments.open(arguments[0], cache)) {
      System.err.println(model.description());
      SqlExperiment experiment = new SqlExperiment(model, sandbox, System.out);
      System.out.println(
          "| queries | right | a query runs | model objects | turns | tokens | seconds |");
      System.out.println("|---|---|---|---|---|---|---|");
      experiment.run("one, greedy", questions, settings(1, 1, 0, false));
      experiment.run("majority of " + samples, questions, settings(samples, 1, TEMPERATURE, false));
      experiment.run(
          "majority of %d, explained".formatted(samples),
          questions,
          settings(samples, TURNS, TEMPERATURE, true));
    }
  }

  private static SqlSettings settings(
      int samples, int turns, double temperature, boolean explained) {
    return new SqlSettings(
        samples, turns, MOST_TOKENS, temperature, 0, Limits.DEFAULT, true, explained);
  }

  /** Prints a row of the table; turns, tokens and seconds are of one question. */
  private void run(String name, List<QueryTask> questions, SqlSettings settings)
      throws InterruptedException {
    int right = 0;
    int answered = 0;
    int objections = 0;
    int turns = 0;
    long tokens = 0;
    long start = System.nanoTime();
    for (QueryTask question : questions) {
      SqlAnswer answer =
          new SqlSolver(model, sandbox, InstantSource.system())
              .answer(question.question(), settings, event -> {});
      answered += answer.chosen().isPresent() ? 1 : 0;
      objections += answer.chosen().isPresent() && !answer.accepted() ? 1 : 0;
      right += isRight(question, answer) ? 1 : 0;
      turns += answer.turns();
      tokens += answer.tokens();
    }
    double seconds = (System.nanoTime() - start) / 1e9;
    int number = questions.size();
    out.println(
        "| %s | %d of %d | %d | %d | %.1f | %d | %.1f |"
            .formatted(
                name,
                right,
                number,
                answered,
                objections,
                (double) turns / number,
                tokens / number,
                seconds / number));
  }

  private boolean isRight(QueryTask question, SqlAnswer answer) throws InterruptedException {
    if (answer.chosen().isEmpty()) {
      return false;
    }
    String query = answer.chosen().get().query();
    SqlDatabase empty = new SqlDatabase(sandbox, question.question().schema(), Limits.DEFAULT);
    // The values that the reference compares with are among the rows.
    String values = question.question().question() + " " + question.query();
    for (long seed : UNSEEN_SEEDS) {
      SqlDatabase database = FilledDatabase.of(empty, values, seed).database();
      if (!database.matches(query, question.query())) {
        return false;
      }
    }
    return true;
  }
}
