package dev.mallard.generator.loop;

import dev.mallard.generator.model.Completion;
import dev.mallard.generator.model.FencedProgram;
import dev.mallard.generator.model.GenerationRequest;
import dev.mallard.generator.model.LanguageModel;
import dev.mallard.generator.model.Sampling;
import dev.mallard.generator.problem.Problem;
import dev.mallard.grammars.GrammarSource;
import dev.mallard.sandbox.Execution;
import dev.mallard.sandbox.Report;
import dev.mallard.sandbox.Sandbox;
import dev.mallard.sandbox.TestSuite;
import dev.mallard.sandbox.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.function.Consumer;

/**
 * Writes a program, runs it on the visible tests, and has it repaired from what happened, until the
 * tests pass or the turns are used up ("Teaching Large Language Models to Self-Debug", Chen et al.,
 * arXiv 2304.05128).
 *
 * <p>All randomness comes from the settings' seed: with the same model and sandbox the same
 * settings give the same outcome, but for times.
 */
public final class SelfDebugger {
  private final LanguageModel model;
  private final Sandbox sandbox;
  private final FeedbackStrategy feedbackStrategy;
  private final InstantSource clock;

  /**
   * Puts a self-debugger together; it closes neither the model nor the sandbox.
   *
   * @param clock measures the times in attempts and outcomes, and decides nothing
   */
  public SelfDebugger(
      LanguageModel model,
      Sandbox sandbox,
      FeedbackStrategy feedbackStrategy,
      InstantSource clock) {
    this.model = model;
    this.sandbox = sandbox;
    this.feedbackStrategy = feedbackStrategy;
    this.clock = clock;
  }

  /**
   * Solves a problem, or gives up.
   *
   * @param events told of what happens, on the calling thread
   * @throws dev.mallard.generator.UserException if the problem is too long for the model
   * @throws dev.mallard.sandbox.SandboxException if the sandbox is broken
   * @throws InterruptedException if the calling thread is interrupted
   */
  public Outcome solve(Problem problem, LoopSettings settings, Consumer<Event> events)
      throws InterruptedException {
    return new Search(problem, settings, events).run();
  }

  /** The search for the program of one problem. */
  private final class Search {
    private final Problem problem;
    private final LoopSettings settings;
    private final Consumer<Event> events;
    private final CodeExtractor extractor;
    private final PromptWriter prompts;
    private final FeedbackStrategy feedback;
    private final TurnPlanner planner;
    private final Random seeds;
    private final List<Attempt> attempts = new ArrayList<>();
    private final Map<String, Attempt> firstByProgram = new HashMap<>();

    Search(Problem problem, LoopSettings settings, Consumer<Event> events) {
      this.problem = problem;
      this.settings = settings;
      this.events = events;
      this.extractor =
          constraint()
              .map(grammar -> new CodeExtractor(problem, new WholeProgram(grammar)))
              .orElseGet(() -> new CodeExtractor(problem));
      Optional<LanguageGrammar> grammar =
          source()
              .filter(_ -> settings.grammarMode().prompts())
              .map(text ->
                  new LanguageGrammar(model, problem.language(), text, settings.grammarTokens()));
      this.prompts = new PromptWriter(model, problem, settings.maxTokens(), grammar);
      this.feedback =
          grammar
              .<FeedbackStrategy>map(known -> new GrammarFeedback(feedbackStrategy, known))
              .orElse(feedbackStrategy);
      this.planner = new TurnPlanner(settings);
      this.seeds = new Random(settings.seed());
    }

    Outcome run() throws InterruptedException {
      Instant start = clock.instant();
      events.accept(new Event.Started(problem, model.description(), settings));
      for (int turn = 1; turn <= settings.maxTurns() && !solved(); turn++) {
        List<Attempt> news = turn(turn);
        planner.learn(news);
        attempts.addAll(news);
      }
      Optional<Attempt> best = planner.best().filter(attempt -> !attempt.program().isEmpty());
      Optional<Report> hidden = Optional.empty();
      if (best.isPresent() && !problem.hiddenTests().isEmpty()) {
        hidden = Optional.of(run(best.get().program(), problem.hiddenTests()));
        events.accept(new Event.HiddenTestsRun(hidden.get()));
      }
      Outcome outcome = new Outcome(best, hidden, new Transcript(attempts), since(start));
      events.accept(outcome.solved() ? new Event.Solved(outcome) : new Event.GaveUp(outcome));
      return outcome;
    }

    private boolean solved() {
      return planner.best().map(Attempt::passed).orElse(false);
    }

    /** Generates the candidates of a turn and runs them until one passes. */
    private List<Attempt> turn(int turn) throws InterruptedException {
      TurnPlanner.Plan plan = planner.plan(turn);
      Optional<Feedback> explanation =
          plan.repaired().map(attempt -> feedback.explain(problem, attempt));
      Optional<Prompt> repair =
          explanation.flatMap(
              text -> prompts.repair(plan.repaired().orElseThrow().program(), text));
      TurnKind kind = repair.isPresent() ? TurnKind.REPAIR : TurnKind.FRESH;
      Prompt prompt = repair.orElseGet(prompts::fresh);
      events.accept(
          new Event.TurnStarted(turn, kind, settings.samples(), plan.sampling().temperature()));
      if (kind == TurnKind.REPAIR) {
        events.accept(
            new Event.FeedbackGiven(
                turn, plan.repaired().orElseThrow(), explanation.orElseThrow()));
      }
      Instant start = clock.instant();
      List<Completion> completions =
          model.generate(
              request(prompt, plan.sampling()),
              new StreamWatcher(turn, settings.samples(), extractor, events));
      Duration generationTime = since(start);
      List<Attempt> news = new ArrayList<>();
      for (int candidate = 0; candidate < completions.size(); candidate++) {
        Attempt attempt = judge(turn, candidate, kind, completions.get(candidate), generationTime);
        news.add(attempt);
        events.accept(new Event.AttemptCompleted(attempt));
        if (attempt.passed()) {
          break;
        }
      }
      return news;
    }

    /** The grammar of the language, if it has one; without, no use can be made of it. */
    private Optional<GrammarSource> source() {
      return problem.language().grammar();
    }

    /** The grammar that the model's programs are held to. */
    private Optional<GrammarSource> constraint() {
      return source().filter(_ -> settings.grammarMode().constrains());
    }

    private GenerationRequest request(Prompt prompt, Sampling sampling) {
      GenerationRequest request =
          new GenerationRequest(
              prompt.conversation(),
              settings.samples(),
              prompt.maxTokens(),
              sampling,
              seeds.nextLong(),
              List.of());
      return constraint()
          .map(grammar -> request.in(new FencedProgram(problem.language().label(), grammar)))
          .orElse(request);
    }

    private Attempt judge(
        int turn, int candidate, TurnKind kind, Completion completion, Duration generationTime)
        throws InterruptedException {
      String program = extractor.extract(completion.text()).orElse("");
      Optional<Attempt> earlier = Optional.ofNullable(firstByProgram.get(program.stripTrailing()));
      Report report;
      if (earlier.isPresent()) {
        report = earlier.get().report();
      } else if (program.isEmpty()) {
        Verdict noCode = new Verdict.Malformed("the answer has no code in it", 1, 1);
        report = new Report(noCode, "", "", Duration.ZERO);
      } else {
        report = run(program, problem.visibleTests());
      }
      Attempt attempt =
          new Attempt(
              turn,
              candidate,
              kind,
              completion,
              program,
              report,
              earlier.map(first -> OptionalInt.of(first.turn())).orElse(OptionalInt.empty()),
              generationTime);
      firstByProgram.putIfAbsent(program.stripTrailing(), attempt);
      return attempt;
    }

    private Report run(String program, TestSuite tests) throws InterruptedException {
      return sandbox.run(
          new Execution(problem.language().guestLanguage(), program, tests, settings.limits()));
    }

    private Duration since(Instant start) {
      return Duration.between(start, clock.instant());
    }
  }
}
