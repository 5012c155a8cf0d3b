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
 * @param grammarMode what the language's grammar is used for
 * @param grammarTokens longest part of a prompt that is grammar, in tokens; at least 1. It is never
 *     more than a third of what the model can read
 */
public record LoopSettings(
    int samples,
    int maxTurns,
    int maxTokens,
    double temperature,
    long seed,
    Limits limits,
    GrammarMode grammarMode,
    int grammarTokens) {
  public static final LoopSettings DEFAULT =
      new LoopSettings(1, 10, 512, 0.8, 0, Limits.DEFAULT, GrammarMode.OFF, 2500);

  public LoopSettings {
    if (samples < 1 || maxTurns < 1 || maxTokens < 1 || grammarTokens < 1) {
      throw new IllegalArgumentException(
          "samples, maxTurns, maxTokens and grammarTokens must be at least 1");
    }
    if (!(temperature >= 0 && temperature <= 2)) {
      throw new IllegalArgumentException("temperature must be from 0 to 2: " + temperature);
    }
  }

  /** A search that uses the grammar as it is by default. */
  public LoopSettings(
      int samples, int maxTurns, int maxTokens, double temperature, long seed, Limits limits) {
    this(
        samples,
        maxTurns,
        maxTokens,
        temperature,
        seed,
        limits,
        DEFAULT.grammarMode(),
        DEFAULT.grammarTokens());
  }

  /** The same search with another use of the grammar. */
  public LoopSettings withGrammar(GrammarMode mode, int tokens) {
    return new LoopSettings(samples, maxTurns, maxTokens, temperature, seed, limits, mode, tokens);
  }
}
