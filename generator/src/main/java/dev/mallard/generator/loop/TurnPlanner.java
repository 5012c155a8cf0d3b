package dev.mallard.generator.loop;

import dev.mallard.generator.model.Sampling;
import java.util.ArrayList;
import java.util.List;

/**
 * Decides what each turn asks for.
 *
 * <p>A strong model repairs well, so a repair that made things better is followed by another. A
 * weak model often answers a repair with the same program again, so otherwise repairs of the best
 * programs alternate with fresh attempts, both sampled; and each turn that brought nothing but
 * programs seen before raises the temperature. After two of them in a row the search stands still.
 * Where the user has given a program, all turns are repairs.
 */
final class TurnPlanner {
  private static final double TEMPERATURE_STEP = 0.1;
  private static final double HIGHEST_RAISE = 0.4;

  /** The first one may be greedy, and the second one is not. */
  private static final int TURNS_TO_STAND_STILL = 2;

  /** Nucleus sampling at the value of Chen et al., arXiv 2107.03374. */
  private static final double TOP_P = 0.95;

  /**
   * One turn.
   *
   * @param repaired the attempts to repair, the best first; empty for a fresh one
   */
  record Plan(List<Attempt> repaired, Sampling sampling) {
    Plan {
      repaired = List.copyOf(repaired);
    }
  }

  private final LoopSettings settings;
  private List<Attempt> best = new ArrayList<>();
  private int merit = Integer.MIN_VALUE;
  private boolean improved;
  private boolean debugging;
  private int repairsOfBest;
  private int turnsWithoutNews;
  private int turnsWithoutNewsInARow;

  TurnPlanner(LoopSettings settings) {
    this.settings = settings;
  }

  /** Plans a turn, counted from 1. */
  Plan plan(int turn) {
    boolean greedyFirst = settings.samples() == 1;
    if (turn == 1 && !debugging) {
      return new Plan(List.of(), greedyFirst ? Sampling.GREEDY : sampled());
    }
    if (!best.isEmpty() && (improved || debugging || turn % 2 == 0)) {
      boolean greedy = greedyFirst && repairsOfBest == 0;
      repairsOfBest++;
      return new Plan(best, greedy ? Sampling.GREEDY : sampled());
    }
    return new Plan(List.of(), sampled());
  }

  /** Learns what came of a turn: its attempts, at least one, which are in the ranking by now. */
  void learn(List<Attempt> attempts, Ranking ranking) {
    best = ranking.best(settings.repairs());
    debugging |= attempts.stream().anyMatch(attempt -> attempt.kind() == TurnKind.GIVEN);
    int now = ranking.best().map(Attempt::merit).orElse(Integer.MIN_VALUE);
    improved = now > merit;
    if (improved) {
      merit = now;
      repairsOfBest = 0;
    }
    if (attempts.stream().allMatch(attempt -> attempt.repeats().isPresent())) {
      turnsWithoutNews++;
      turnsWithoutNewsInARow++;
    } else {
      turnsWithoutNewsInARow = 0;
    }
  }

  /** Whether the model writes nothing any more that it has not written before. */
  boolean standsStill() {
    return turnsWithoutNewsInARow >= TURNS_TO_STAND_STILL;
  }

  private Sampling sampled() {
    double raise = Math.min(HIGHEST_RAISE, TEMPERATURE_STEP * turnsWithoutNews);
    return new Sampling(settings.temperature() + raise, 0, TOP_P, 0);
  }
}
