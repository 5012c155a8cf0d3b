package dev.mallard.generator.memory;

import java.time.Instant;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How much is remembered.
 *
 * @param languages how many records there are of each language, by its label
 * @param bytes on the disk
 * @param oldest when the oldest record was verified; empty if there is none
 * @param newest when the newest was
 */
public record MemoryStats(
    SortedMap<String, Counts> languages,
    long bytes,
    Optional<Instant> oldest,
    Optional<Instant> newest) {

  public MemoryStats {
    languages = Collections.unmodifiableSortedMap(new TreeMap<>(languages));
  }

  /** How many records there are of all languages. */
  public Counts total() {
    return languages.values().stream().reduce(Counts.NONE, Counts::plus);
  }

  /** Numbers of records. */
  public record Counts(int solutions, int repairs) {
    static final Counts NONE = new Counts(0, 0);
    static final Counts SOLUTION = new Counts(1, 0);
    static final Counts REPAIR = new Counts(0, 1);

    Counts plus(Counts other) {
      return new Counts(solutions + other.solutions, repairs + other.repairs);
    }
  }
}
