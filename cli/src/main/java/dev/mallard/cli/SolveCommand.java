package dev.mallard.cli;

import dev.mallard.generator.loop.Attempt;
import dev.mallard.generator.loop.Event;
import dev.mallard.generator.loop.GrammarMode;
import dev.mallard.generator.loop.LoopSettings;
import dev.mallard.generator.loop.Outcome;
import dev.mallard.generator.loop.SelfDebugger;
import dev.mallard.generator.loop.UnitTestFeedback;
import dev.mallard.generator.model.LanguageModel;
import dev.mallard.generator.problem.Problem;
import dev.mallard.generator.problem.ProblemFile;
import dev.mallard.sandbox.ProgramLanguage;
import dev.mallard.sandbox.Sandbox;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Solves a problem: generates, runs and repairs a program until its tests pass. */
@Command(
    name = "solve",
    description = "Writes a program for a problem, and repairs it until its tests pass.",
    mixinStandardHelpOptions = true,
    showDefaultValues = true)
@SuppressWarnings("NullAway.Init") // Picocli sets the fields.
final class SolveCommand implements Callable<Integer> {
  private static final int MOST_SAMPLES = 64;

  private final Services services;

  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "PROBLEM", description = "The problem, a Markdown file.")
  private Path problemFile;

  @Mixin private ModelOptions model = new ModelOptions();

  @Option(
      names = "--samples",
      paramLabel = "N",
      description = "Programs to generate in each turn, in one batch.")
  private int samples = LoopSettings.DEFAULT.samples();

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
      names = "--temperature",
      paramLabel = "T",
      description = "Of turns that sample; with one sample the first turn is greedy.")
  private double temperature = LoopSettings.DEFAULT.temperature();

  @Option(names = "--seed", paramLabel = "N", description = "Of all randomness.")
  private long seed = LoopSettings.DEFAULT.seed();

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

  SolveCommand(Services services) {
    this.services = services;
  }

  @Override
  public Integer call() throws InterruptedException {
    ModelOpener.Choice choice = model.choice();
    LoopSettings settings = settings(choice);
    Problem problem = ProblemFile.read(problemFile, language.languages());
    Optional<OutputFile> output = out.map(OutputFile::at);
    Console console = services.console();
    Consumer<Event> view = json ? new JsonEvents(console.out()) : new LiveView(console);
    Outcome outcome;
    try (Sandbox sandbox = services.sandboxes().get()) {
      ProgramLanguage guest = problem.language().guestLanguage();
      TestsCheck.check(sandbox, problemFile, guest, problem.visibleTests());
      TestsCheck.check(sandbox, problemFile, guest, problem.hiddenTests());
      try (LanguageModel languageModel = services.models().open(choice, console)) {
        outcome =
            new SelfDebugger(languageModel, sandbox, new UnitTestFeedback(), InstantSource.system())
                .solve(problem, settings, view);
      }
    }
    outcome
        .best()
        .map(Attempt::program)
        .ifPresent(program -> output.ifPresent(file -> file.write(program)));
    return outcome.solved() ? ExitCode.SUCCESS : ExitCode.FAILURE;
  }

  private LoopSettings settings(ModelOpener.Choice choice) {
    Options options = new Options(spec.commandLine());
    options.within("--samples", samples, 1, MOST_SAMPLES);
    options.within("--max-turns", maxTurns, 1, Integer.MAX_VALUE);
    options.within("--max-tokens", maxTokens, 1, Integer.MAX_VALUE);
    options.within("--temperature", temperature, 0, 2);
    options.within("--grammar-tokens", grammarTokens, 1, Integer.MAX_VALUE);
    return new LoopSettings(
        samples,
        maxTurns,
        maxTokens,
        temperature,
        seed,
        timeout.limits(options),
        grammar.orElse(grammarModeOf(choice)),
        grammarTokens);
  }

  /**
   * What is best by docs/grammar-experiment.md; what a server writes cannot be held to a grammar.
   */
  private static GrammarMode grammarModeOf(ModelOpener.Choice choice) {
    return choice.endpoint().isPresent() ? GrammarMode.OFF : GrammarMode.CONSTRAIN;
  }
}
