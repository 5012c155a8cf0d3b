package dev.mallard.generator.loop;

import dev.mallard.generator.model.Sampling;
import java.util.List;
import java.util.Optional;

/**
 * Decides what each turn asks for.
 *
 * <p>A strong model repairs well, so a repair that made things better is followed by another. A
 * weak model often answers a repair with the same program again, so otherwise repairs of the best
 * program alternate with fresh attempts, both sampled; and each turn that brought nothing but
 * programs seen before raises the temperature, so that the search cannot stand still.
 */
final class TurnPlanner {
  private static final double TEMPERATURE_STEP = 0.1;
  private static final double HIGHEST_RAISE = 0.4;

  /** Nucleus sampling at the value of Chen et al., arXiv 2107.03374. */
  private static final double TOP_P = 0.95;

  /**
   * One turn.
   *
   * @param repaired the attempt to repair; empty for a fresh one
   */
  record Plan(Optional<Attempt> repaired, Sampling sampling) {}

  private final LoopSettings settings;
  private Optional<Attempt> best = Optional.empty();
  private boolean improved;
  private int repairsOfBest;
  private int turnsWithoutNews;

  TurnPlanner(LoopSettings settings) {
    this.settings = settings;
  }

  /** Plans a turn, counted from 1. */
  Plan plan(int turn) {
    boolean greedyFirst = settings.samples() == 1;
    if (turn == 1) {
      return new Plan(Optional.empty(), greedyFirst ? Sampling.GREEDY : sampled());
    }
    Optional<Attempt> repairable = best.filter(attempt -> !attempt.program().isEmpty());
    if (repairable.isPresent() && (improved || turn % 2 == 0)) {
      boolean greedy = greedyFirst && repairsOfBest == 0;
      repairsOfBest++;
      return new Plan(repairable, greedy ? Sampling.GREEDY : sampled());
    }
    return new Plan(Optional.empty(), sampled());
  }

  /** Learns what came of a turn: its attempts, at least one. */
  void learn(List<Attempt> attempts) {
    improved = false;
    for (Attempt attempt : attempts) {
      if (best.isEmpty() || Attempt.BY_MERIT.compare(attempt, best.get()) > 0) {
        best = Optional.of(attempt);
        improved = true;
        repairsOfBest = 0;
      }
    }
    if (attempts.stream().allMatch(attempt -> attempt.repeats().isPresent())) {
      turnsWithoutNews++;
    }
  }

  Optional<Attempt> best() {
    return best;
  }

  private Sampling sampled() {
    double raise = Math.min(HIGHEST_RAISE, TEMPERATURE_STEP * turnsWithoutNews);
    return new Sampling(settings.temperature() + raise, 0, TOP_P, 0);
  }
}
