package dev.mallard.generator.loop;

import java.util.List;

/**
 * Everything that was tried, in order. Candidates of the last turn that come after the one that
 * passed were not run and are not in it.
 */
public record Transcript(List<Attempt> attempts) {
  public Transcript {
    attempts = List.copyOf(attempts);
  }

  /** Turns that were taken. */
  public int turns() {
    return attempts.stream().mapToInt(Attempt::turn).max().orElse(0);
  }

  /** Tokens that the model wrote. */
  public int tokens() {
    return attempts.stream().mapToInt(attempt -> attempt.completion().tokens()).sum();
  }
}
