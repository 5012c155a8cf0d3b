package dev.mallard.generator.loop;

import dev.mallard.generator.model.Completion;
import dev.mallard.sandbox.Report;
import dev.mallard.sandbox.Verdict;
import java.time.Duration;
import java.util.OptionalInt;

/**
 * One program and what came of it.
 *
 * @param turn the turn in which it was written, from 1
 * @param candidate its place in the turn's batch, from 0
 * @param kind what the model was asked for
 * @param completion what the model wrote
 * @param program the code in that; empty where there was none
 * @param report what happened when it ran on the visible tests
 * @param repeats the earlier turn that had the same program, whose report this is then
 * @param generationTime wall-clock time in which the model wrote the turn's batch
 */
public record Attempt(
    int turn,
    int candidate,
    TurnKind kind,
    Completion completion,
    String program,
    Report report,
    OptionalInt repeats,
    Duration generationTime) {

  /** The merit of one that passes. */
  static final int PASSED = Integer.MAX_VALUE;

  /** The same program with what happened on other tests. */
  Attempt withReport(Report other) {
    return new Attempt(turn, candidate, kind, completion, program, other, repeats, generationTime);
  }

  public boolean passed() {
    return report.verdict().passed();
  }

  /** Whether the answer may lack its end, at the limit of tokens or since it repeated itself. */
  public boolean wasCut() {
    return switch (completion.finish()) {
      case LENGTH -> true;
      case CANCELLED, STOP -> Repetition.isStuck(completion.text());
      case END -> false;
    };
  }

  /** Visible tests that held before the first that did not. */
  public int testsPassed() {
    return switch (report.verdict()) {
      case Verdict.Passed passed -> passed.tests();
      case Verdict.Failed failed -> failed.testsPassed();
      case Verdict.Crashed crashed -> crashed.testsPassed();
      case Verdict.TimedOut timedOut -> timedOut.testsPassed();
      case Verdict.OutOfMemory outOfMemory ->
          outOfMemory.test().map(test -> test.number() - 1).orElse(0);
      case Verdict.Malformed malformed -> 0;
    };
  }

  /**
   * The logarithm of the model's probability of the answer, per token (length-normalised); of the
   * user's program that of certainty, and the least of all where it is not known.
   */
  public double probability() {
    if (kind == TurnKind.GIVEN) {
      return 0;
    }
    double logarithm = completion.logProbability() / Math.max(1, completion.tokens());
    return Double.isNaN(logarithm) ? Double.NEGATIVE_INFINITY : logarithm;
  }

  /** A program that does not parse is worse than one that passes no test. */
  int merit() {
    return switch (report.verdict()) {
      case Verdict.Passed passed -> PASSED;
      case Verdict.Malformed malformed -> program.isEmpty() ? -2 : -1;
      default -> testsPassed();
    };
  }
}
