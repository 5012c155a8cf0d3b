package dev.mallard.generator.loop;

import dev.mallard.sandbox.Report;
import java.time.Duration;
import java.util.Optional;

/**
 * How the search for a program ended.
 *
 * @param best the attempt that passed, or else the one that passed the most visible tests, and of
 *     those the earliest; empty if the model wrote no program at all
 * @param hiddenTests what happened when the best program ran on the hidden tests; empty if there
 *     are none, or no program
 * @param transcript all attempts
 * @param elapsed wall-clock time of it all
 */
public record Outcome(
    Optional<Attempt> best, Optional<Report> hiddenTests, Transcript transcript, Duration elapsed) {

  /** Whether the visible tests pass. */
  public boolean solved() {
    return best.map(Attempt::passed).orElse(false);
  }
}
