package dev.mallard.generator.loop;

import dev.mallard.sandbox.Limits;

/**
 * How long and how widely to search for a program that passes.
 *
 * @param samples programs that are generated in each turn, in one batch; at least 1
 * @param maxTurns turns before giving up, the first included; at least 1. A turn is one generation
 *     of the model and the run of what it wrote
 * @param maxTokens longest answer of the model, in tokens; at least 1
 * @param temperature of turns that sample. With one sample the first attempt, and the first repair
 *     of a program, are greedy
 * @param seed of all randomness
 * @param limits what a program and its tests may use
 */
public record LoopSettings(
    int samples, int maxTurns, int maxTokens, double temperature, long seed, Limits limits) {
  public static final LoopSettings DEFAULT = new LoopSettings(1, 10, 512, 0.8, 0, Limits.DEFAULT);

  public LoopSettings {
    if (samples < 1 || maxTurns < 1 || maxTokens < 1) {
      throw new IllegalArgumentException("samples, maxTurns and maxTokens must be at least 1");
    }
    if (!(temperature >= 0 && temperature <= 2)) {
      throw new IllegalArgumentException("temperature must be from 0 to 2: " + temperature);
    }
  }
}
