package dev.mallard.generator.loop;

import dev.mallard.generator.problem.Problem;
import dev.mallard.sandbox.Report;

/**
 * What happens while a problem is being solved. The order is {@link Started}; for each turn {@link
 * TurnStarted}, {@link FeedbackGiven} if it is a repair, {@link TextGenerated} as the model writes,
 * {@link AttemptCompleted} for each program that was run; then {@link HiddenTestsRun} if there are
 * hidden tests and a program; then {@link Solved} or {@link GaveUp}.
 */
public sealed interface Event {

  /**
   * The search begins.
   *
   * @param model what the model says of itself
   */
  record Started(Problem problem, String model, LoopSettings settings) implements Event {}

  /** A turn begins: the model is about to write {@code candidates} programs. */
  record TurnStarted(int turn, TurnKind kind, int candidates, double temperature)
      implements Event {}

  /** In a turn that repairs: what the model is told of the program that it repairs. */
  record FeedbackGiven(int turn, Attempt attempt, Feedback feedback) implements Event {}

  /** The model wrote more of a candidate, counted from 0. */
  record TextGenerated(int turn, int candidate, String text) implements Event {}

  /** A program was run, or found to be one that had been run before. */
  record AttemptCompleted(Attempt attempt) implements Event {}

  /** The final program was run on the hidden tests. */
  record HiddenTestsRun(Report report) implements Event {}

  /** A program passes the visible tests. */
  record Solved(Outcome outcome) implements Event {}

  /** The turns are used up. */
  record GaveUp(Outcome outcome) implements Event {}
}
