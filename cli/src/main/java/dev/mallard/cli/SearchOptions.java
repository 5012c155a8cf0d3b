package dev.mallard.cli;

import dev.mallard.generator.feedback.FeedbackKind;
import dev.mallard.generator.loop.FeedbackStrategy;
import dev.mallard.generator.loop.GrammarMode;
import dev.mallard.generator.loop.LoopSettings;
import dev.mallard.generator.loop.SpendingLimit;
import dev.mallard.generator.problem.Languages;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options of commands that search for a program. */
@SuppressWarnings("NullAway.Init") // Picocli sets the fields.
final class SearchOptions {
  private static final int MOST_SAMPLES = 64;

  @Mixin private ModelOptions model = new ModelOptions();

  @Option(
      names = "--samples",
      paramLabel = "N",
      description = "Programs to generate in each turn, in one batch.")
  private int samples = LoopSettings.DEFAULT.samples();

  @Option(
      names = "--repairs",
      paramLabel = "N",
      description = "How many of the best programs to repair in a turn; they share its samples.")
  private int repairs = LoopSettings.DEFAULT.repairs();

  @Option(
      names = "--max-turns",
      paramLabel = "N",
      description = "Turns before giving up, the first included.")
  private int maxTurns = LoopSettings.DEFAULT.maxTurns();

  @Option(
      names = "--max-tokens",
      paramLabel = "N",
      description = "Longest answer of the model, in tokens.")
  private int maxTokens = LoopSettings.DEFAULT.maxTokens();

  @Option(
      names = "--max-total-tokens",
      paramLabel = "N",
      showDefaultValue = CommandLine.Help.Visibility.NEVER,
      description = "Tokens that the model may read and write in all.")
  private Optional<Long> maxTotalTokens = Optional.empty();

  @Option(
      names = "--max-seconds",
      paramLabel = "S",
      showDefaultValue = CommandLine.Help.Visibility.NEVER,
      description = "Seconds before giving up, of wall-clock time.")
  private Optional<Double> maxSeconds = Optional.empty();

  @Option(
      names = "--temperature",
      paramLabel = "T",
      description = "Of turns that sample; with one sample the first turn is greedy.")
  private double temperature = LoopSettings.DEFAULT.temperature();

  @Option(names = "--seed", paramLabel = "N", description = "Of all randomness.")
  private long seed = LoopSettings.DEFAULT.seed();

  @Option(
      names = "--feedback",
      paramLabel = "KIND",
      split = ",",
      description =
          "What the model is told of a program that fails, one or several of"
              + " ${COMPLETION-CANDIDATES}, in this order.")
  private List<FeedbackKind> feedback = List.of(FeedbackKind.UNIT_TEST);

  @Option(
      names = "--grammar",
      paramLabel = "MODE",
      showDefaultValue = CommandLine.Help.Visibility.NEVER,
      description =
          "What the language's grammar is used for: ${COMPLETION-CANDIDATES}. With PROMPT the model"
              + " reads it, and what it says of syntax errors; with CONSTRAIN what the model writes"
              + " is held to it, which is the default but with --endpoint.")
  private Optional<GrammarMode> grammar = Optional.empty();

  @Option(
      names = "--grammar-tokens",
      paramLabel = "N",
      description =
          "Longest grammar that the model reads, in tokens; never more than a third of its"
              + " context.")
  private int grammarTokens = LoopSettings.DEFAULT.grammarTokens();

  @Option(
      names = "--memory",
      paramLabel = "DIR",
      showDefaultValue = CommandLine.Help.Visibility.NEVER,
      description =
          "Where solved problems are kept, and demonstrations for the model come from; 'off' for"
              + " neither. By default a folder in the cache; with --endpoint 'off'.")
  private Optional<String> memory = Optional.empty();

  @Mixin private LanguageOptions language = new LanguageOptions();

  @Mixin private TimeoutOption timeout = new TimeoutOption();

  @Option(
      names = "--json",
      description = "Print one JSON object per line for everything that happens.")
  private boolean json;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      showDefaultValue = CommandLine.Help.Visibility.NEVER,
      description = "Write the best program to this file, whether it passes or not.")
  private Optional<Path> out = Optional.empty();

  @Option(
      names = "--transcript",
      paramLabel = "FILE",
      showDefaultValue = CommandLine.Help.Visibility.NEVER,
      description =
          "Write everything that happens to this file, for 'mallard replay'; an older transcript"
              + " there is overwritten.")
  private Optional<Path> transcript = Optional.empty();

  ModelOpener.Choice choice() {
    return model.choice();
  }

  Languages languages() {
    return language.languages();
  }

  FeedbackStrategy feedback() {
    return FeedbackKind.combined(feedback);
  }

  /**
   * The folder of the memory; empty for none.
   *
   * @param cache where it is by default
   */
  Optional<Path> memory(Path cache) {
    if (memory.isEmpty()) {
      return choice().endpoint().isPresent()
          ? Optional.empty()
          : Optional.of(cache.resolve(MemoryOption.FOLDER));
    }
    return memory.filter(where -> !where.equals("off")).map(Path::of);
  }

  boolean json() {
    return json;
  }

  Optional<Path> out() {
    return out;
  }

  Optional<Path> transcript() {
    return transcript;
  }

  LoopSettings settings(Options options) {
    options.within("--samples", samples, 1, MOST_SAMPLES);
    options.within("--repairs", repairs, 1, MOST_SAMPLES);
    options.within("--max-turns", maxTurns, 1, Integer.MAX_VALUE);
    options.within("--max-tokens", maxTokens, 1, Integer.MAX_VALUE);
    options.within("--temperature", temperature, 0, 2);
    options.within("--grammar-tokens", grammarTokens, 1, Integer.MAX_VALUE);
    return new LoopSettings(
        samples,
        repairs,
        maxTurns,
        maxTokens,
        temperature,
        seed,
        timeout.limits(options),
        grammar.orElseGet(this::defaultGrammarMode),
        grammarTokens,
        spending(options),
        true);
  }

  private SpendingLimit spending(Options options) {
    SpendingLimit limit = SpendingLimit.NONE;
    if (maxTotalTokens.isPresent()) {
      options.within("--max-total-tokens", maxTotalTokens.get(), 1, Integer.MAX_VALUE);
      limit = limit.withTokens(maxTotalTokens.get());
    }
    if (maxSeconds.isPresent()) {
      options.within("--max-seconds", maxSeconds.get(), 0.001, 1e9);
      limit = limit.withTime(Duration.ofMillis(Math.round(maxSeconds.get() * 1000)));
    }
    return limit;
  }

  /**
   * What is best by docs/grammar-experiment.md; what a server writes cannot be held to a grammar.
   */
  private GrammarMode defaultGrammarMode() {
    return choice().endpoint().isPresent() ? GrammarMode.OFF : GrammarMode.CONSTRAIN;
  }
}
