package dev.mallard.benchmarks.selfdebug;

import dev.mallard.benchmarks.experiment.Experiments;
import dev.mallard.generator.CacheDirectory;
import dev.mallard.generator.feedback.FeedbackKind;
import dev.mallard.generator.loop.Attempt;
import dev.mallard.generator.loop.GrammarMode;
import dev.mallard.generator.loop.LoopSettings;
import dev.mallard.generator.loop.Outcome;
import dev.mallard.generator.loop.SelfDebugger;
import dev.mallard.generator.loop.SpendingLimit;
import dev.mallard.generator.model.LanguageModel;
import dev.mallard.generator.problem.Problem;
import dev.mallard.sandbox.Limits;
import dev.mallard.sandbox.Sandbox;
import dev.mallard.sandbox.pool.PoolOptions;
import dev.mallard.sandbox.pool.WorkerPool;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;

/**
 * Solves problems of MBPP, with one visible test each, at the same number of tokens in all: by
 * sampling alone, of which the most probable program is taken; by sampling, of which one that
 * passes the visible test is taken; and by the whole loop. The hidden tests decide.
 */
public final class LoopExperiment {
  private static final int MOST_TOKENS = 300;
  private static final double TEMPERATURE = 0.8;
  private static final int SAMPLES_OF_A_TURN = 4;
  private static final int REPAIRS_OF_A_TURN = 2;

  private final LanguageModel model;
  private final Sandbox sandbox;
  private final int atOnce;

  private LoopExperiment(LanguageModel model, Sandbox sandbox, int atOnce) {
    this.model = model;
    this.sandbox = sandbox;
    this.atOnce = atOnce;
  }

  /**
   * Runs it.
   *
   * @param arguments the model's name or path; the folder with the data sets; how many problems,
   *     spread evenly; how many samples of each; how many problems at once
   */
  public static void main(String[] arguments) throws Exception {
    if (arguments.length != 5) {
      throw new IllegalArgumentException("usage: MODEL DATA PROBLEMS SAMPLES AT-ONCE");
    }
    Path cache = CacheDirectory.locate(System.getenv());
    List<Problem> problems =
        Experiments.some(SeedProgram.all(Path.of(arguments[1])), Integer.parseInt(arguments[2]))
            .stream()
            .map(SeedProgram::problem)
            .toList();
    try (Sandbox sandbox = WorkerPool.start(PoolOptions.DEFAULT.withCache(cache));
        LanguageModel model = Experiments.open(arguments[0], cache)) {
      new LoopExperiment(model, sandbox, Integer.parseInt(arguments[4]))
          .run(problems, Integer.parseInt(arguments[3]));
    }
  }

  private void run(List<Problem> problems, int samples) throws Exception {
    System.out.println(
        "| method | solved | visible test passes | tokens read | written | seconds |");
    System.out.println("|---|---|---|---|---|---|");
    long start = System.nanoTime();
    List<Outcome> sampled = sample(problems, samples);
    double seconds = (System.nanoTime() - start) / 1e9;
    int alone = 0;
    for (int i = 0; i < problems.size(); i++) {
      alone += mostProbablePasses(problems.get(i), sampled.get(i)) ? 1 : 0;
    }
    row("sampling alone", alone, sampled, seconds);
    row("sampling, ranked by the visible test", solved(sampled), sampled, seconds);
    long tokens = sampled.stream().mapToLong(outcome -> outcome.usage().total()).sum();
    start = System.nanoTime();
    List<Outcome> loop = loop(problems, tokens);
    reportFalsePositives(problems, loop);
    row("the whole loop", solved(loop), loop, (System.nanoTime() - start) / 1e9);
  }

  /** Says on standard error which programs pass the visible test and not the hidden ones. */
  private static void reportFalsePositives(List<Problem> problems, List<Outcome> outcomes) {
    for (int i = 0; i < problems.size(); i++) {
      Outcome outcome = outcomes.get(i);
      if (outcome.solved() && !StrategyResult.passesHidden(outcome)) {
        System.err.printf(
            "%s: %s%n%s%s%n",
            problems.get(i).title(),
            problems.get(i).statement(),
            problems.get(i).visibleTests().source(),
            outcome.best().orElseThrow().program());
      }
    }
  }

  private static int solved(List<Outcome> outcomes) {
    return (int) outcomes.stream().filter(StrategyResult::passesHidden).count();
  }

  private static void row(String method, int solved, List<Outcome> outcomes, double seconds) {
    System.out.printf(
        "| %s | %d of %d | %d | %,d | %,d | %.0f |%n",
        method,
        solved,
        outcomes.size(),
        outcomes.stream().filter(Outcome::solved).count(),
        outcomes.stream().mapToLong(outcome -> outcome.usage().prompt()).sum(),
        outcomes.stream().mapToLong(outcome -> outcome.usage().completion()).sum(),
        seconds);
  }

  private List<Outcome> sample(List<Problem> problems, int samples) throws Exception {
    LoopSettings settings = settings(samples, 1);
    List<Callable<Outcome>> tasks = new ArrayList<>();
    for (Problem problem : problems) {
      tasks.add(() -> debugger().solve(problem, settings, event -> {}));
    }
    return Experiments.run(tasks, atOnce);
  }

  private boolean mostProbablePasses(Problem problem, Outcome outcome) throws InterruptedException {
    Optional<Attempt> chosen =
        outcome.transcript().attempts().stream()
            .filter(attempt -> !attempt.program().isEmpty())
            .max(Comparator.comparingDouble(Attempt::probability));
    return chosen.isPresent()
        && Experiments.passes(sandbox, problem, chosen.get().program(), problem.hiddenTests());
  }

  /** Each problem may spend its part of what is left; what it saves is for those after it. */
  private List<Outcome> loop(List<Problem> problems, long tokens) throws Exception {
    Purse purse = new Purse(tokens, problems.size());
    List<Callable<Outcome>> tasks = new ArrayList<>();
    for (Problem problem : problems) {
      tasks.add(() -> {
        long share = purse.take();
        Outcome outcome =
            debugger()
                .solve(
                    problem,
                    settings(SAMPLES_OF_A_TURN, 100)
                        .withRepairs(REPAIRS_OF_A_TURN)
                        .withSpending(SpendingLimit.NONE.withTokens(share)),
                    event -> {});
        purse.putBack(share - outcome.usage().total());
        return outcome;
      });
    }
    return Experiments.run(tasks, atOnce);
  }

  private SelfDebugger debugger() {
    return new SelfDebugger(
        model, sandbox, FeedbackKind.UNIT_TEST.strategy(), InstantSource.system());
  }

  private static LoopSettings settings(int samples, int turns) {
    return new LoopSettings(samples, turns, MOST_TOKENS, TEMPERATURE, 0, Limits.DEFAULT)
        .withGrammar(GrammarMode.CONSTRAIN, LoopSettings.DEFAULT.grammarTokens());
  }
}
