package dev.mallard.generator.loop;

import dev.mallard.generator.model.Completion;
import dev.mallard.generator.model.GenerationRequest;
import dev.mallard.generator.problem.Problem;
import dev.mallard.sandbox.Report;
import java.time.Duration;
import java.util.List;

/**
 * What happens while a problem is being solved. The order is {@link Started}; for a program that
 * was given {@link AttemptCompleted}, of turn 0; for each turn {@link TurnStarted}, then, if it
 * repairs, {@link FeedbackGiven} for each program that is repaired, after the questions it took;
 * {@link Asked}, {@link TextGenerated} as the model writes, {@link Answered}, and {@link
 * AttemptCompleted} for each program of the turn; {@link TestsProposed} after the first turn if the
 * user gave no tests; then {@link HiddenTestsRun} if there are hidden tests and a program; then
 * {@link Solved} or {@link GaveUp}. {@link Cancelled} may end it at any place.
 */
public sealed interface Event {

  /**
   * The search begins.
   *
   * @param model what the model says of itself
   * @param modelHash what identifies the model's weights; empty where that is not known
   */
  record Started(Problem problem, String model, String modelHash, LoopSettings settings)
      implements Event {}

  /** A turn begins: the model is about to write {@code candidates} programs. */
  record TurnStarted(int turn, TurnKind kind, int candidates, double temperature)
      implements Event {}

  /** The model is asked something. */
  record Asked(int turn, Purpose purpose, GenerationRequest request) implements Event {}

  /** The model has answered. */
  record Answered(int turn, Purpose purpose, List<Completion> completions, Duration elapsed)
      implements Event {
    public Answered {
      completions = List.copyOf(completions);
    }
  }

  /**
   * In a turn that repairs: what the model is told of a program.
   *
   * @param attempt the program that is repaired
   * @param firstCandidate the first of the turn's candidates that repair it, from 0
   * @param candidates how many do
   */
  record FeedbackGiven(
      int turn, Attempt attempt, Feedback feedback, int firstCandidate, int candidates)
      implements Event {}

  /** The model wrote more of a candidate, counted from 0. */
  record TextGenerated(int turn, int candidate, String text) implements Event {}

  /** A program was run, or found to be one that had been run before. */
  record AttemptCompleted(Attempt attempt) implements Event {}

  /**
   * The user gave no tests, and the model proposed some.
   *
   * @param kept those that the programs agree on; the search goes on with them as visible tests
   * @param dropped the others
   */
  record TestsProposed(List<String> kept, List<String> dropped) implements Event {
    public TestsProposed {
      kept = List.copyOf(kept);
      dropped = List.copyOf(dropped);
    }
  }

  /** The final program was run on the hidden tests. */
  record HiddenTestsRun(Report report) implements Event {}

  /** A program passes the visible tests. */
  record Solved(Outcome outcome) implements Event {}

  /** The turns, or what may be spent, are used up. */
  record GaveUp(Outcome outcome) implements Event {}

  /** The caller does not want to wait for the end. */
  record Cancelled() implements Event {}
}
