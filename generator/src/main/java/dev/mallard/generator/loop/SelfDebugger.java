package dev.mallard.generator.loop;

import dev.mallard.generator.model.LanguageModel;
import dev.mallard.generator.problem.Problem;
import dev.mallard.sandbox.Sandbox;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Writes a program, runs it on the visible tests, and has it repaired from what happened, until the
 * tests pass or what may be spent is used up ("Teaching Large Language Models to Self-Debug", Chen
 * et al., arXiv 2304.05128).
 *
 * <p>A problem without tests gets some that the model proposes and its programs agree on ("CodeT:
 * Code Generation with Generated Tests", Chen et al., arXiv 2207.10397).
 *
 * <p>All randomness comes from the settings' seed: with the same model and sandbox the same
 * settings give the same outcome, but for times, and for a limit of time.
 */
public final class SelfDebugger {
  private final LanguageModel model;
  private final Sandbox sandbox;
  private final FeedbackStrategy feedback;
  private final Demonstrations demonstrations;
  private final InstantSource clock;

  /**
   * Puts a self-debugger together; it closes neither the model nor the sandbox.
   *
   * @param demonstrations what the model is shown before its own problem
   * @param clock measures the times in attempts and outcomes, and the limit of time
   */
  public SelfDebugger(
      LanguageModel model,
      Sandbox sandbox,
      FeedbackStrategy feedback,
      Demonstrations demonstrations,
      InstantSource clock) {
    this.model = model;
    this.sandbox = sandbox;
    this.feedback = feedback;
    this.demonstrations = demonstrations;
    this.clock = clock;
  }

  /** One that shows the model no demonstrations. */
  public SelfDebugger(
      LanguageModel model, Sandbox sandbox, FeedbackStrategy feedback, InstantSource clock) {
    this(model, sandbox, feedback, Demonstrations.NONE, clock);
  }

  /**
   * Solves a problem, or gives up.
   *
   * @param events told of what happens, one event at a time
   * @throws dev.mallard.generator.UserException if the problem is too long for the model
   * @throws dev.mallard.sandbox.SandboxException if the sandbox is broken
   * @throws InterruptedException if the calling thread is interrupted
   */
  public Outcome solve(Problem problem, LoopSettings settings, Consumer<Event> events)
      throws InterruptedException {
    return solve(problem, settings, new Budget(settings.spending(), clock), events);
  }

  /** As {@link #solve(Problem, LoopSettings, Consumer)}, from a budget that others may share. */
  public Outcome solve(
      Problem problem, LoopSettings settings, Budget budget, Consumer<Event> events)
      throws InterruptedException {
    return search(problem, settings, budget, events).run(Optional.empty());
  }

  /** Repairs a program that may solve a problem already, as {@link #solve} does with its own. */
  public Outcome debug(
      Problem problem, String program, LoopSettings settings, Consumer<Event> events)
      throws InterruptedException {
    return debug(problem, program, settings, new Budget(settings.spending(), clock), events);
  }

  /** As the other {@code debug}, from a budget that others may share. */
  public Outcome debug(
      Problem problem, String program, LoopSettings settings, Budget budget, Consumer<Event> events)
      throws InterruptedException {
    return search(problem, settings, budget, events).run(Optional.of(program));
  }

  private Search search(
      Problem problem, LoopSettings settings, Budget budget, Consumer<Event> events) {
    Object lock = new Object();
    Consumer<Event> oneAtATime =
        event -> {
          synchronized (lock) {
            events.accept(event);
          }
        };
    return new Search(
        problem,
        settings,
        new ModelSession(model, budget, clock, oneAtATime),
        new Judge(sandbox, problem, settings.limits()),
        feedback,
        demonstrations,
        clock,
        oneAtATime);
  }
}
