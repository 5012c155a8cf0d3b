package dev.mallard.generator.loop;

import dev.mallard.sandbox.Report;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * How the search for a program ended.
 *
 * @param best the best attempt that passed, or else the best of all; empty if there is no program
 *     at all. Those that pass more visible tests are better; of those, any that do not seem to know
 *     the results of the tests by heart; of those, on whose results more other programs agree; of
 *     those, the more probable by the model
 * @param hiddenTests what happened when the best program ran on the hidden tests; empty if there
 *     are none, or no program
 * @param transcript all attempts
 * @param leaders the best of all attempts after each turn, in order
 * @param ending why it ended
 * @param proposedTests whether the visible tests were proposed by the model, and are not the user's
 * @param usage tokens that the model has read and written for it
 * @param elapsed wall-clock time of it all
 */
public record Outcome(
    Optional<Attempt> best,
    Optional<Report> hiddenTests,
    Transcript transcript,
    List<Attempt> leaders,
    Ending ending,
    boolean proposedTests,
    TokenUsage usage,
    Duration elapsed) {

  public Outcome {
    leaders = List.copyOf(leaders);
  }

  /** Whether the visible tests pass. */
  public boolean solved() {
    return ending == Ending.PASSED || ending == Ending.DOUBTFUL;
  }
}
