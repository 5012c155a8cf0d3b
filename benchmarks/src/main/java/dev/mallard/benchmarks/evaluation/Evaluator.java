package dev.mallard.benchmarks.evaluation;

import dev.mallard.benchmarks.dataset.Task;
import dev.mallard.benchmarks.dataset.Task.ProgramTask;
import dev.mallard.benchmarks.dataset.Task.QueryTask;
import dev.mallard.generator.feedback.FeedbackKind;
import dev.mallard.generator.loop.FeedbackStrategy;
import dev.mallard.generator.loop.GrammarMode;
import dev.mallard.generator.loop.LoopSettings;
import dev.mallard.generator.loop.SelfDebugger;
import dev.mallard.generator.loop.SpendingLimit;
import dev.mallard.generator.model.LanguageModel;
import dev.mallard.generator.sql.SqlSettings;
import dev.mallard.generator.sql.SqlSolver;
import dev.mallard.sandbox.Limits;
import dev.mallard.sandbox.MalformedTestsException;
import dev.mallard.sandbox.Sandbox;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.UUID;

/** Solves tasks as a run's configuration says. */
public final class Evaluator implements TaskSolver {
  private static final int GRAMMAR_TOKENS = LoopSettings.DEFAULT.grammarTokens();

  private final ProgramSolver programs;
  private final QuerySolver queries;
  private final long seed;

  /**
   * Makes one; it closes neither the model nor the sandbox.
   *
   * @param transcripts an existing folder that gets a transcript for each task
   */
  public Evaluator(LanguageModel model, Sandbox sandbox, RunConfig config, Path transcripts) {
    Limits limits =
        new Limits(
            Duration.ofMillis(Math.round(config.timeoutSeconds() * 1000)),
            (int) config.memoryMebibytes(),
            Limits.DEFAULT.outputCharacters());
    GrammarMode grammar =
        GrammarMode.valueOf(config.grammar().toUpperCase(Locale.ROOT).replace('-', '_'));
    LoopSettings settings =
        new LoopSettings(
            config.samples(),
            config.repairs(),
            config.maxTurns(),
            config.maxTokens(),
            config.temperature(),
            config.seed(),
            limits,
            grammar,
            GRAMMAR_TOKENS,
            SpendingLimit.NONE,
            false);
    SelfDebugger debugger =
        new SelfDebugger(model, sandbox, feedback(config.feedback()), InstantSource.system());
    programs = new ProgramSolver(debugger, sandbox, settings, transcripts);
    SqlSettings sql =
        new SqlSettings(
            config.samples(),
            config.maxTurns(),
            config.maxTokens(),
            config.temperature(),
            config.seed(),
            limits,
            grammar.constrains(),
            config.maxTurns() > 1);
    queries = new QuerySolver(new SqlSolver(model, sandbox, InstantSource.system()), sandbox, sql);
    seed = config.seed();
  }

  private static FeedbackStrategy feedback(List<String> labels) {
    return labels.isEmpty()
        ? FeedbackKind.UNIT_TEST.strategy()
        : FeedbackKind.combined(labels.stream().map(FeedbackKind::ofLabel).toList());
  }

  @Override
  public TaskResult solve(Task task) throws InterruptedException {
    return switch (task) {
      case ProgramTask program -> solve(program);
      case QueryTask query -> queries.solve(query, seedOf(task.id()));
    };
  }

  private TaskResult solve(ProgramTask task) throws InterruptedException {
    long start = System.nanoTime();
    try {
      return programs.solve(task, seedOf(task.id()));
    } catch (MalformedTestsException e) {
      // Some published tests do not parse: that is no reason to end a run.
      return ProgramSolver.failed(
          task, String.valueOf(e.getMessage()), ProgramSolver.seconds(start));
    }
  }

  /** The same for a task wherever and after whatever it is solved. */
  private long seedOf(String id) {
    return UUID.nameUUIDFromBytes((seed + " " + id).getBytes(StandardCharsets.UTF_8))
        .getMostSignificantBits();
  }
}
