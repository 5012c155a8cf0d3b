package dev.mallard.benchmarks.grammar;

import dev.mallard.generator.CacheDirectory;
import dev.mallard.generator.catalogue.Confirmation;
import dev.mallard.generator.catalogue.DeviceMemory;
import dev.mallard.generator.catalogue.DownloadProgress;
import dev.mallard.generator.catalogue.ModelChoice;
import dev.mallard.generator.catalogue.ModelLibrary;
import dev.mallard.generator.engine.Device;
import dev.mallard.generator.engine.Gpu;
import dev.mallard.generator.engine.LoadListener;
import dev.mallard.generator.engine.LocalModel;
import dev.mallard.generator.engine.LocalModelOptions;
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
import dev.mallard.sandbox.Verdict;
import dev.mallard.sandbox.pool.PoolOptions;
import dev.mallard.sandbox.pool.WorkerPool;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

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
        some(BenchmarkProblems.humanEval(data), Integer.parseInt(arguments[2]));
    List<Problem> mbpp = some(BenchmarkProblems.mbpp(data), Integer.parseInt(arguments[3]));
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

  private LanguageModel open() throws InterruptedException {
    ModelChoice choice =
        ModelLibrary.open(System.getenv(), DeviceMemory.ofProcessor())
            .choose(Optional.of(name), Confirmation.YES, DownloadProgress.SILENT);
    LocalModelOptions options =
        new LocalModelOptions(
            Optional.empty(),
            Device.choose("auto", Gpu.all()),
            0,
            0,
            true,
            cache.resolve("weights"));
    return LocalModel.open(choice.name(), choice.checkpoint(), options, LoadListener.SILENT);
  }

  /** So many of them, spread evenly. */
  private static List<Problem> some(List<Problem> all, int most) {
    int number = Math.min(most, all.size());
    return IntStream.range(0, number)
        .mapToObj(index -> all.get((int) ((long) index * all.size() / number)))
        .toList();
  }

  private void run(String benchmark, List<Problem> problems) throws Exception {
    for (GrammarMode mode : GrammarMode.values()) {
      LoopSettings settings =
          new LoopSettings(1, 1, MOST_TOKENS, 0, 0, Limits.DEFAULT)
              .withGrammar(mode, LoopSettings.DEFAULT.grammarTokens());
      List<Outcome> outcomes;
      Duration elapsed;
      // Another model for each mode: one that is kept has read the problems before.
      try (LanguageModel model = open()) {
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
    List<Outcome> outcomes = new ArrayList<>();
    try (ExecutorService threads = Executors.newFixedThreadPool(atOnce)) {
      List<Future<Outcome>> running = new ArrayList<>();
      for (Problem problem : problems) {
        SelfDebugger debugger =
            new SelfDebugger(model, sandbox, new UnitTestFeedback(), InstantSource.system());
        running.add(threads.submit(() -> debugger.solve(problem, settings, event -> {})));
      }
      for (Future<Outcome> outcome : running) {
        outcomes.add(outcome.get());
      }
    }
    return outcomes;
  }
}
