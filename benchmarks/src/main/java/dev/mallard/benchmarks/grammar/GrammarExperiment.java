package dev.mallard.benchmarks.grammar;

import dev.mallard.benchmarks.dataset.Task;
import dev.mallard.benchmarks.experiment.Experiments;
import dev.mallard.generator.CacheDirectory;
import dev.mallard.generator.feedback.UnitTestFeedback;
import dev.mallard.generator.loop.Attempt;
import dev.mallard.generator.loop.GrammarMode;
import dev.mallard.generator.loop.LoopSettings;
import dev.mallard.generator.loop.Outcome;
import dev.mallard.generator.loop.SelfDebugger;
import dev.mallard.generator.model.LanguageModel;
import dev.mallard.generator.problem.Problem;
import dev.mallard.sandbox.Limits;
import dev.mallard.sandbox.Sandbox;
import dev.mallard.sandbox.TestSuite;
import dev.mallard.sandbox.Verdict;
import dev.mallard.sandbox.pool.PoolOptions;
import dev.mallard.sandbox.pool.WorkerPool;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;

/**
 * Asks a model for the programs of HumanEval and MBPP, once each, greedily and without examples,
 * with the grammar off, in the prompt, as a constraint, and as both, and prints a table.
 */
public final class GrammarExperiment {
  private static final int MOST_TOKENS = 400;

  private final String name;
  private final Path cache;
  private final Sandbox sandbox;
  private final int atOnce;
  private final PrintStream out;

  private GrammarExperiment(String name, Path cache, Sandbox sandbox, int atOnce, PrintStream out) {
    this.name = name;
    this.cache = cache;
    this.sandbox = sandbox;
    this.atOnce = atOnce;
    this.out = out;
  }

  /**
   * Runs it.
   *
   * @param arguments the model's name or path; the folder with the data sets; how many problems of
   *     HumanEval and of MBPP, spread evenly; how many at once
   */
  public static void main(String[] arguments) throws Exception {
    if (arguments.length != 5) {
      throw new IllegalArgumentException("usage: MODEL DATA HUMANEVAL MBPP AT-ONCE");
    }
    Path data = Path.of(arguments[1]);
    List<Problem> humanEval =
        Experiments.some(problems("humaneval", data), Integer.parseInt(arguments[2]));
    List<Problem> mbpp = Experiments.some(problems("mbpp", data), Integer.parseInt(arguments[3]));
    Path cache = CacheDirectory.locate(System.getenv());
    try (Sandbox sandbox = WorkerPool.start(PoolOptions.DEFAULT.withCache(cache))) {
      GrammarExperiment experiment =
          new GrammarExperiment(
              arguments[0], cache, sandbox, Integer.parseInt(arguments[4]), System.out);
      System.out.println(ModeResult.header());
      if (!mbpp.isEmpty()) {
        experiment.run("MBPP", mbpp);
      }
      if (!humanEval.isEmpty()) {
        experiment.run("HumanEval", humanEval);
      }
    }
  }

  private static List<Problem> problems(String dataSet, Path data) {
    return Experiments.tasks(dataSet, data, Task.ProgramTask.class).stream()
        .map(task -> withTests(task.problem()))
        .toList();
  }

  /** Without examples the test is that there is such a function. */
  private static Problem withTests(Problem problem) {
    if (!problem.visibleTests().isEmpty()) {
      return problem;
    }
    String name = problem.signature().orElseThrow().replaceFirst("(?s)^def (\\w+).*", "$1");
    return problem.withVisibleTests(TestSuite.asserts("assert callable(" + name + ")\n"));
  }

  private void run(String benchmark, List<Problem> problems) throws Exception {
    for (GrammarMode mode : GrammarMode.values()) {
      LoopSettings settings =
          new LoopSettings(1, 1, MOST_TOKENS, 0, 0, Limits.DEFAULT)
              .withGrammar(mode, LoopSettings.DEFAULT.grammarTokens());
      List<Outcome> outcomes;
      Duration elapsed;
      // Another model for each mode: one that is kept has read the problems before.
      try (LanguageModel model = Experiments.open(name, cache)) {
        System.err.println(model.description());
        // What the first one does for all, such as reading the grammar, is not of one problem.
        solve(model, problems.subList(0, 1), settings);
        long start = System.nanoTime();
        outcomes = solve(model, problems, settings);
        elapsed = Duration.ofNanos(System.nanoTime() - start);
      }
      out.println(ModeResult.of(benchmark, mode, outcomes, elapsed).row());
      if (mode.constrains()) {
        outcomes.forEach(GrammarExperiment::reportMalformed);
      }
    }
  }

  /** Says on standard error what does not parse although nothing else could be written. */
  private static void reportMalformed(Outcome outcome) {
    Attempt attempt = outcome.transcript().attempts().getFirst();
    if (!attempt.wasCut()
        && attempt.report().verdict() instanceof Verdict.Malformed malformed
        && !attempt.program().isEmpty()) {
      System.err.println(malformed + "\n" + attempt.completion().text());
    }
  }

  private List<Outcome> solve(LanguageModel model, List<Problem> problems, LoopSettings settings)
      throws Exception {
    List<Callable<Outcome>> tasks = new ArrayList<>();
    for (Problem problem : problems) {
      SelfDebugger debugger =
          new SelfDebugger(model, sandbox, new UnitTestFeedback(), InstantSource.system());
      tasks.add(() -> debugger.solve(problem, settings, event -> {}));
    }
    return Experiments.run(tasks, atOnce);
  }
}
