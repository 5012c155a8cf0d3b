package dev.mallard.lsp.work;

import dev.mallard.generator.UserException;
import dev.mallard.generator.feedback.FeedbackKind;
import dev.mallard.generator.loop.Attempt;
import dev.mallard.generator.loop.Event;
import dev.mallard.generator.loop.FeedbackStrategy;
import dev.mallard.generator.loop.LoopSettings;
import dev.mallard.generator.loop.Outcome;
import dev.mallard.generator.loop.SelfDebugger;
import dev.mallard.lsp.splice.Spliced;
import dev.mallard.sandbox.Execution;
import dev.mallard.sandbox.Report;
import dev.mallard.sandbox.Sandbox;
import dev.mallard.sandbox.Verdict;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Consumer;

/** Has the body of a definition written or repaired until its tests pass, and proposes it. */
public final class ProgramSearch {
  private final Services services;

  /**
   * What came of it.
   *
   * @param solved whether a program passes
   * @param applied whether the editor has it in its document
   * @param turns that it took; 0 if the definition passed as it was
   */
  public record Result(boolean solved, boolean applied, int turns) {}

  public ProgramSearch(Services services) {
    this.services = services;
  }

  /**
   * Searches.
   *
   * @param repairs whether to begin with the definition as it is
   * @throws UserException if it cannot be done; it says what to do
   * @throws InterruptedException if the calling thread is interrupted
   */
  public Result run(String uri, String name, boolean repairs, Progress progress)
      throws InterruptedException {
    Target target = services.target(uri, name);
    Sandbox sandbox = services.sandbox().get();
    check(target, sandbox);
    boolean given = repairs && !target.definition().stub();
    if (given) {
      requireTests(target);
      progress.report("running the tests");
      if (passes(target, sandbox)) {
        services.editor().tell("All tests of %s pass.".formatted(name));
        return new Result(true, false, 0);
      }
    }
    TranscriptText transcript = new TranscriptText();
    services.findings().searched(uri, target.definition().qualifiedName(), transcript);
    LoopSettings loop = services.loop();
    FeedbackStrategy feedback = FeedbackKind.combined(services.settings().get().feedback());
    Outcome outcome =
        services
            .model()
            .use(
                services.wish(),
                progress::report,
                model ->
                    search(
                        new SelfDebugger(
                            model,
                            new SplicingSandbox(sandbox, target.running()),
                            feedback,
                            InstantSource.system()),
                        target,
                        loop,
                        given,
                        transcript.andThen(teller(progress))));
    int turns = outcome.transcript().turns();
    Optional<String> program = outcome.best().map(Attempt::program);
    if (!outcome.solved() || program.isEmpty()) {
      if (services.editor().offer(unsolved(target, outcome), "Show the transcript")) {
        services.editor().show(name, transcript.markdown());
      }
      return new Result(false, false, turns);
    }
    return new Result(true, propose(target, program.get(), outcome), turns);
  }

  private static Outcome search(
      SelfDebugger debugger,
      Target target,
      LoopSettings loop,
      boolean given,
      Consumer<Event> events)
      throws InterruptedException {
    return given
        ? debugger.debug(target.problem(), target.program(), loop, events)
        : debugger.solve(target.problem(), loop, events);
  }

  private static void check(Target target, Sandbox sandbox) throws InterruptedException {
    Optional<Verdict.Malformed> wrong =
        sandbox.check(target.analysis().guest(), target.plan().suite());
    if (wrong.isPresent()) {
      throw new UserException(
          "The tests of %s do not parse (%s): correct them first."
              .formatted(target.definition().name(), wrong.get().message()));
    }
  }

  private static void requireTests(Target target) {
    if (target.plan().isEmpty()) {
      throw new UserException(
          "%s has no tests: write one beside it, or let Mallard propose some, then ask again."
              .formatted(target.definition().name()));
    }
  }

  private boolean passes(Target target, Sandbox sandbox) throws InterruptedException {
    Report report =
        sandbox.run(
            new Execution(
                target.analysis().guest(),
                target.analysis().program(),
                target.plan().suite(),
                services.loop().limits()));
    return report.verdict().passed();
  }

  /** Runs the tests again if the rest of the file is another than the program was tested in. */
  private void requireToPass(Target now, Target tested, String program)
      throws InterruptedException {
    if (now.analysis().document().equals(tested.analysis().document())) {
      return;
    }
    Execution execution =
        new Execution(
            now.analysis().guest(), program, now.plan().suite(), services.loop().limits());
    Sandbox sandbox = new SplicingSandbox(services.sandbox().get(), now.running());
    if (!sandbox.run(execution).verdict().passed()) {
      throw new UserException(
          "The program that was found for %s does not pass any more in the file as it is now: ask again."
              .formatted(now.definition().name()));
    }
  }

  private static Consumer<Event> teller(Progress progress) {
    return event -> {
      switch (event) {
        case Event.TurnStarted turn ->
            progress.report("turn %d: the model writes".formatted(turn.turn()));
        case Event.AttemptCompleted(var attempt) ->
            progress.report(
                "turn %d: %s"
                    .formatted(attempt.turn(), Verdicts.reason(attempt.report().verdict())));
        default -> {}
      }
    };
  }

  private static String unsolved(Target target, Outcome outcome) {
    String name = target.definition().name();
    int tests = target.plan().places().size();
    return outcome
        .best()
        .filter(best -> !best.program().isBlank())
        .map(best ->
            "No program for %s passes its tests after %d turns; the best passes %d of %d, and nothing was changed."
                .formatted(name, outcome.transcript().turns(), best.testsPassed(), tests))
        .orElse("The model wrote no program for %s; nothing was changed.".formatted(name));
  }

  /** Proposes the program in the document as it is now, as long as it is the same that is asked. */
  private boolean propose(Target target, String program, Outcome outcome)
      throws InterruptedException {
    String uri = target.analysis().document().uri();
    String name = target.definition().qualifiedName();
    String label =
        outcome.proposedTests()
            ? "Write %s (only tests that the model proposed pass)".formatted(name)
            : "Write %s (its tests pass)".formatted(name);
    while (true) {
      Target now = services.target(uri, name);
      if (!target.isSameAs(now)) {
        throw new UserException(
            "%s was changed meanwhile, so that the program found is not put in: ask again."
                .formatted(name));
      }
      requireToPass(now, target, program);
      Spliced spliced =
          now.editing()
              .splice(program)
              .orElseThrow(() ->
                  new UserException(
                      "What the model wrote passes, but defines no %s: see the transcript."
                          .formatted(name)));
      Editor.Answer answer =
          services
              .editor()
              .propose(
                  new Editor.Proposal(now.analysis().document(), label, spliced.replacements()));
      switch (answer) {
        case APPLIED -> {
          return true;
        }
        case UNABLE -> {
          services.editor().show(name, TranscriptText.fenced(target, program));
          return false;
        }
        case REFUSED -> {
          boolean moved =
              services
                  .documents()
                  .find(uri)
                  .filter(d -> d != now.analysis().document())
                  .isPresent();
          // The document went on while the edit was on its way: it is made again for what it is
          // now.
          if (!moved
              && !services
                  .editor()
                  .offer("The program for %s was not put in.".formatted(name), "Offer it again")) {
            return false;
          }
        }
      }
    }
  }
}
