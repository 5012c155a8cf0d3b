package dev.mallard.cli;

import dev.mallard.benchmarks.dataset.Task;
import dev.mallard.benchmarks.evaluation.RunConfig;
import dev.mallard.generator.feedback.FeedbackKind;
import dev.mallard.generator.loop.GrammarMode;
import dev.mallard.generator.loop.LoopSettings;
import dev.mallard.sandbox.Limits;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options that say how tasks are solved. */
final class BenchProtocolOptions {
  private static final int MOST_SAMPLES = 1024;
  private static final int TURNS_WITH_FEEDBACK = 4;

  @Option(
      names = "--samples",
      paramLabel = "N",
      description = "Programs of a turn; one is greedy, more are sampled, for pass@k.")
  private int samples = 1;

  @Option(
      names = "--repairs",
      paramLabel = "N",
      description = "How many of the best programs are repaired in a turn; they share its samples.")
  private int repairs = LoopSettings.DEFAULT.repairs();

  @Option(
      names = "--feedback",
      paramLabel = "KIND",
      split = ",",
      showDefaultValue = CommandLine.Help.Visibility.NEVER,
      description =
          "Debug the programs: what the model is told of one that fails, one or several of"
              + " ${COMPLETION-CANDIDATES}. By default nothing is debugged.")
  private List<FeedbackKind> feedback = List.of();

  @Option(
      names = "--max-turns",
      paramLabel = "N",
      showDefaultValue = CommandLine.Help.Visibility.NEVER,
      description = "Turns of a task, the first included; by default 1, and 4 with --feedback.")
  private Optional<Integer> maxTurns = Optional.empty();

  @Option(
      names = "--max-tokens",
      paramLabel = "N",
      description = "Longest answer of the model, in tokens.")
  private int maxTokens = LoopSettings.DEFAULT.maxTokens();

  @Option(names = "--temperature", paramLabel = "T", description = "Of what is sampled.")
  private double temperature = LoopSettings.DEFAULT.temperature();

  @Option(names = "--seed", paramLabel = "N", description = "Of all randomness.")
  private long seed = LoopSettings.DEFAULT.seed();

  @Option(
      names = "--grammar",
      paramLabel = "MODE",
      showDefaultValue = CommandLine.Help.Visibility.NEVER,
      description =
          "What the language's grammar is used for: ${COMPLETION-CANDIDATES}; by default CONSTRAIN,"
              + " and OFF with --endpoint.")
  private Optional<GrammarMode> grammar = Optional.empty();

  @Mixin private TimeoutOption timeout = new TimeoutOption();

  private Limits limits = Limits.DEFAULT;

  /** Checks the values of the options. */
  void check(Options options) {
    options.within("--samples", samples, 1, MOST_SAMPLES);
    options.within("--repairs", repairs, 1, MOST_SAMPLES);
    options.within("--max-turns", turns(), 1, Integer.MAX_VALUE);
    options.within("--max-tokens", maxTokens, 1, Integer.MAX_VALUE);
    options.within("--temperature", temperature, 0, 2);
    limits = timeout.limits(options);
    if (turns() > 1 && feedback.isEmpty()) {
      throw new CommandLine.ParameterException(
          options.command(), "--max-turns is for debugging: say how with --feedback.");
    }
  }

  private int turns() {
    return maxTurns.orElse(feedback.isEmpty() ? 1 : TURNS_WITH_FEEDBACK);
  }

  /**
   * All that decides the results of a run.
   *
   * @param model the model's description
   * @param modelHash of its weights, where that is known
   */
  RunConfig config(
      String dataSet,
      String digest,
      List<Task> tasks,
      String model,
      Optional<String> modelHash,
      Optional<String> endpoint,
      String shard) {
    GrammarMode mode =
        grammar.orElse(endpoint.isPresent() ? GrammarMode.OFF : GrammarMode.CONSTRAIN);
    return new RunConfig(
        RunConfig.VERSION,
        Optional.ofNullable(BenchProtocolOptions.class.getPackage().getImplementationVersion())
            .orElse("unknown"),
        dataSet,
        digest,
        tasks.stream().map(Task::id).toList(),
        // How many threads compute decides nothing.
        model.replaceAll(", \\d+ threads$", ""),
        modelHash,
        endpoint,
        samples,
        repairs,
        turns(),
        maxTokens,
        temperature,
        seed,
        feedback.stream().map(FeedbackKind::label).toList(),
        mode.label(),
        limits.wallClock().toMillis() / 1000.0,
        limits.heapMebibytes(),
        shard);
  }
}
