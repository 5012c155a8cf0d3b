package dev.mallard.benchmarks.evaluation;

import java.util.OptionalDouble;

/**
 * So many of so many.
 *
 * @param count how many have it
 * @param of of how many
 */
public record Share(int count, int of) {
  public Share {
    if (count < 0 || count > of) {
      throw new IllegalArgumentException("%d of %d".formatted(count, of));
    }
  }

  /** From 0 to 1; empty if it is of nothing. */
  public OptionalDouble rate() {
    return of == 0 ? OptionalDouble.empty() : OptionalDouble.of((double) count / of);
  }
}
