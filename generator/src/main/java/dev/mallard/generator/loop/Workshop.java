package dev.mallard.generator.loop;

import dev.mallard.generator.model.FencedProgram;
import dev.mallard.generator.model.GenerationListener;
import dev.mallard.generator.model.GenerationRequest;
import dev.mallard.generator.problem.Problem;
import dev.mallard.grammars.GrammarSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;

/** Has programs written: the prompts for a problem, and the code in the answers. */
final class Workshop {
  private final LoopSettings settings;
  private final ModelSession session;
  private final Demonstrations demonstrations;
  private final Optional<LanguageGrammar> grammar;
  private final Optional<GrammarSource> constraint;
  private CodeExtractor extractor;
  private PromptWriter prompts;
  private Problem problem;

  Workshop(
      Problem problem, LoopSettings settings, ModelSession session, Demonstrations demonstrations) {
    this.problem = problem;
    this.settings = settings;
    this.session = session;
    this.demonstrations = demonstrations;
    // Without a grammar of the language no use can be made of it.
    Optional<GrammarSource> source = problem.language().grammar();
    this.grammar =
        source
            .filter(_ -> settings.grammarMode().prompts())
            .map(text ->
                new LanguageGrammar(
                    session.model(), problem.language(), text, settings.grammarTokens()));
    this.constraint = source.filter(_ -> settings.grammarMode().constrains());
    this.extractor = extractor();
    this.prompts = prompts();
  }

  /** Goes on with another form of the problem, in the same language. */
  void turnTo(Problem other) {
    problem = other;
    extractor = extractor();
    prompts = prompts();
  }

  private CodeExtractor extractor() {
    return problem
        .language()
        .grammar()
        .map(text -> new CodeExtractor(problem, new WholeProgram(text)))
        .orElseGet(() -> new CodeExtractor(problem));
  }

  private PromptWriter prompts() {
    return new PromptWriter(
        session.model(), problem, settings.maxTokens(), grammar, demonstrations);
  }

  /** A strategy that also says what the grammar does, if the model is to know of it. */
  FeedbackStrategy withGrammar(FeedbackStrategy strategy) {
    return grammar
        .<FeedbackStrategy>map(known -> new GrammarFeedback(strategy, known))
        .orElse(strategy);
  }

  Prompt fresh() {
    return prompts.fresh();
  }

  Optional<Prompt> repair(String program, Feedback feedback) {
    return prompts.repair(
        program, feedback.text().isBlank() ? new Feedback("The program is wrong.") : feedback);
  }

  PromptWriter promptWriter() {
    return prompts;
  }

  Optional<String> extract(String answer) {
    return extractor.extract(answer);
  }

  /**
   * Has programs written, those of all requests at the same time.
   *
   * @return by request; empty where the budget does not allow it
   */
  List<Optional<ModelSession.Answers>> write(
      int turn, List<Search.Commission> commissions, Consumer<Event> events)
      throws InterruptedException {
    List<ModelSession.Pending> pending = new ArrayList<>();
    for (Search.Commission commission : commissions) {
      pending.add(session.prepare(turn, Purpose.PROGRAM, request(commission)));
    }
    if (pending.size() == 1) {
      return List.of(pending.getFirst().answer(watcher(turn, commissions.getFirst(), events)));
    }
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Optional<ModelSession.Answers>>> running = new ArrayList<>();
      for (int i = 0; i < pending.size(); i++) {
        ModelSession.Pending one = pending.get(i);
        GenerationListener watcher = watcher(turn, commissions.get(i), events);
        running.add(threads.submit(() -> one.answer(watcher)));
      }
      List<Optional<ModelSession.Answers>> answers = new ArrayList<>();
      try {
        for (Future<Optional<ModelSession.Answers>> one : running) {
          answers.add(one.get());
        }
      } catch (ExecutionException e) {
        threads.shutdownNow();
        throw unwrapped(e);
      } catch (InterruptedException e) {
        threads.shutdownNow();
        throw e;
      }
      return answers;
    }
  }

  private static RuntimeException unwrapped(ExecutionException e) {
    if (e.getCause() instanceof Error error) {
      throw error;
    }
    return e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e);
  }

  private StreamWatcher watcher(int turn, Search.Commission commission, Consumer<Event> events) {
    return new StreamWatcher(turn, commission.firstCandidate(), extractor, events);
  }

  private GenerationRequest request(Search.Commission commission) {
    GenerationRequest request =
        new GenerationRequest(
            commission.prompt().conversation(),
            commission.candidates(),
            commission.prompt().maxTokens(),
            commission.sampling(),
            commission.seed(),
            List.of());
    return constraint
        .map(text -> request.in(new FencedProgram(problem.language().label(), text)))
        .orElse(request);
  }
}
