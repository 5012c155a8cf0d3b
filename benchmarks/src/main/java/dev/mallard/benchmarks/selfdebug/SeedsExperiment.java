package dev.mallard.benchmarks.selfdebug;

import dev.mallard.benchmarks.experiment.Experiments;
import dev.mallard.generator.CacheDirectory;
import dev.mallard.generator.feedback.FeedbackKind;
import dev.mallard.generator.loop.GrammarMode;
import dev.mallard.generator.loop.LoopSettings;
import dev.mallard.generator.loop.Outcome;
import dev.mallard.generator.loop.SelfDebugger;
import dev.mallard.generator.model.LanguageModel;
import dev.mallard.sandbox.Limits;
import dev.mallard.sandbox.Sandbox;
import dev.mallard.sandbox.TestSuite;
import dev.mallard.sandbox.pool.PoolOptions;
import dev.mallard.sandbox.pool.WorkerPool;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;

/**
 * Has a model repair programs that StarCoder wrote and that fail their one visible test, with each
 * kind of feedback, and prints what the hidden tests say before and after.
 */
public final class SeedsExperiment {
  private static final int MOST_TOKENS = 300;

  private final Sandbox sandbox;
  private final int atOnce;

  private SeedsExperiment(Sandbox sandbox, int atOnce) {
    this.sandbox = sandbox;
    this.atOnce = atOnce;
  }

  /**
   * Runs it.
   *
   * @param arguments the model's name or path; the folder with the data sets; how many of the
   *     failing programs, spread evenly; turns of repair; how many at once; what kinds of feedback,
   *     each a list joined by plus signs, separated by commas
   */
  public static void main(String[] arguments) throws Exception {
    if (arguments.length != 6) {
      throw new IllegalArgumentException("usage: MODEL DATA PROGRAMS TURNS AT-ONCE FEEDBACK,...");
    }
    Path cache = CacheDirectory.locate(System.getenv());
    try (Sandbox sandbox = WorkerPool.start(PoolOptions.DEFAULT.withCache(cache))) {
      SeedsExperiment experiment = new SeedsExperiment(sandbox, Integer.parseInt(arguments[4]));
      List<SeedProgram> failing = experiment.failing(SeedProgram.all(Path.of(arguments[1])));
      List<SeedProgram> programs = Experiments.some(failing, Integer.parseInt(arguments[2]));
      System.out.println(StrategyResult.header());
      for (String feedback : arguments[5].split(",", -1)) {
        try (LanguageModel model = Experiments.open(arguments[0], cache)) {
          System.out.println(
              experiment.repair(model, programs, feedback, Integer.parseInt(arguments[3])).row());
        }
      }
    }
  }

  /** Those that fail their visible test; also says how many of all pass what. */
  private List<SeedProgram> failing(List<SeedProgram> all) throws Exception {
    List<SeedProgram> failing = new ArrayList<>();
    int solved = 0;
    int falsePositives = 0;
    for (SeedProgram seed : all) {
      boolean visible = passes(seed, seed.problem().visibleTests());
      boolean hidden = passes(seed, seed.problem().hiddenTests());
      solved += hidden ? 1 : 0;
      falsePositives += visible && !hidden ? 1 : 0;
      if (!visible) {
        failing.add(seed);
      }
    }
    System.out.printf(
        "%d programs: %d pass the hidden tests, %d only the visible one, %d fail that%n%n",
        all.size(), solved, falsePositives, failing.size());
    return failing;
  }

  private boolean passes(SeedProgram seed, TestSuite tests) throws InterruptedException {
    return Experiments.passes(sandbox, seed.problem(), seed.program(), tests);
  }

  private StrategyResult repair(
      LanguageModel model, List<SeedProgram> programs, String feedback, int turns)
      throws Exception {
    List<FeedbackKind> kinds =
        Arrays.stream(feedback.split("\\+", -1)).map(FeedbackKind::ofLabel).toList();
    LoopSettings settings =
        new LoopSettings(1, turns, MOST_TOKENS, 0.8, 0, Limits.DEFAULT)
            .withGrammar(GrammarMode.CONSTRAIN, LoopSettings.DEFAULT.grammarTokens());
    SelfDebugger debugger =
        new SelfDebugger(model, sandbox, FeedbackKind.combined(kinds), InstantSource.system());
    List<Callable<Outcome>> tasks = new ArrayList<>();
    int solvedBefore = 0;
    for (SeedProgram seed : programs) {
      solvedBefore += passes(seed, seed.problem().hiddenTests()) ? 1 : 0;
      tasks.add(() -> debugger.debug(seed.problem(), seed.program(), settings, event -> {}));
    }
    long start = System.nanoTime();
    List<Outcome> outcomes = Experiments.run(tasks, atOnce);
    return StrategyResult.of(
        feedback, outcomes, solvedBefore, Duration.ofNanos(System.nanoTime() - start));
  }
}
