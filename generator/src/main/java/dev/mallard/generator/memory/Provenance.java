package dev.mallard.generator.memory;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * Where an experience comes from, and how far it can be trusted.
 *
 * @param time when the program passed, to the millisecond
 * @param model what the model that wrote it says of itself
 * @param hiddenTestsPassed whether it passed the hidden tests too; empty if there were none
 * @param testsFromUser whether the visible tests are the user's own; if not, a model proposed them
 */
public record Provenance(
    Instant time, String model, Optional<Boolean> hiddenTestsPassed, boolean testsFromUser) {

  public Provenance {
    time = time.truncatedTo(ChronoUnit.MILLIS);
  }

  /**
   * Whether the tests were the user's own, and no hidden test has shown the program to be wrong.
   */
  boolean isTrusted() {
    return testsFromUser && hiddenTestsPassed.orElse(true);
  }

  /** Whether less was asked of the program than there: the user's own tests, then hidden ones. */
  boolean isWeakerThan(Provenance other) {
    return testsFromUser == other.testsFromUser
        ? hiddenTestsPassed.isEmpty() && other.hiddenTestsPassed.isPresent()
        : other.testsFromUser;
  }
}
