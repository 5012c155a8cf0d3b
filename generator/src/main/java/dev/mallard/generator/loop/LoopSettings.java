package dev.mallard.generator.loop;

import dev.mallard.sandbox.Limits;

/**
 * How long and how widely to search for a program that passes.
 *
 * @param samples programs that are generated in each turn, in one batch; at least 1
 * @param repairs how many of the best programs are repaired in a turn, which share its samples; at
 *     least 1
 * @param maxTurns turns before giving up, the first included; at least 1. A turn is one batch of
 *     the model's programs and their runs
 * @param maxTokens longest answer of the model, in tokens; at least 1
 * @param temperature of turns that sample. With one sample the first attempt, and the first repair
 *     of a program, are greedy
 * @param seed of all randomness
 * @param limits what a program and its tests may use
 * @param grammarMode what the language's grammar is used for
 * @param grammarTokens longest part of a prompt that is grammar, in tokens; at least 1. It is never
 *     more than a third of what the model can read
 * @param spending what the whole search may spend
 * @param proposals whether the model proposes tests where there are no visible ones; if not, a
 *     program passes that runs to its end
 */
public record LoopSettings(
    int samples,
    int repairs,
    int maxTurns,
    int maxTokens,
    double temperature,
    long seed,
    Limits limits,
    GrammarMode grammarMode,
    int grammarTokens,
    SpendingLimit spending,
    boolean proposals) {
  public static final LoopSettings DEFAULT =
      new LoopSettings(
          1, 1, 10, 512, 0.8, 0, Limits.DEFAULT, GrammarMode.OFF, 2500, SpendingLimit.NONE, true);

  public LoopSettings {
    if (samples < 1 || repairs < 1 || maxTurns < 1 || maxTokens < 1 || grammarTokens < 1) {
      throw new IllegalArgumentException(
          "samples, repairs, maxTurns, maxTokens and grammarTokens must be at least 1");
    }
    if (!(temperature >= 0 && temperature <= 2)) {
      throw new IllegalArgumentException("temperature must be from 0 to 2: " + temperature);
    }
  }

  /** A search that is otherwise as by default. */
  public LoopSettings(
      int samples, int maxTurns, int maxTokens, double temperature, long seed, Limits limits) {
    this(
        samples,
        DEFAULT.repairs(),
        maxTurns,
        maxTokens,
        temperature,
        seed,
        limits,
        DEFAULT.grammarMode(),
        DEFAULT.grammarTokens(),
        DEFAULT.spending(),
        DEFAULT.proposals());
  }

  /** The same search with another use of the grammar. */
  public LoopSettings withGrammar(GrammarMode mode, int tokens) {
    return new LoopSettings(
        samples,
        repairs,
        maxTurns,
        maxTokens,
        temperature,
        seed,
        limits,
        mode,
        tokens,
        spending,
        proposals);
  }

  /** The same search, which repairs so many programs in a turn. */
  public LoopSettings withRepairs(int number) {
    return new LoopSettings(
        samples,
        number,
        maxTurns,
        maxTokens,
        temperature,
        seed,
        limits,
        grammarMode,
        grammarTokens,
        spending,
        proposals);
  }

  /** The same search with another limit. */
  public LoopSettings withSpending(SpendingLimit limit) {
    return new LoopSettings(
        samples,
        repairs,
        maxTurns,
        maxTokens,
        temperature,
        seed,
        limits,
        grammarMode,
        grammarTokens,
        limit,
        proposals);
  }

  /** The same search, with other random numbers. */
  public LoopSettings withSeed(long other) {
    return new LoopSettings(
        samples,
        repairs,
        maxTurns,
        maxTokens,
        temperature,
        other,
        limits,
        grammarMode,
        grammarTokens,
        spending,
        proposals);
  }

  /** The same search, in which the model proposes no tests. */
  public LoopSettings withoutProposals() {
    return new LoopSettings(
        samples,
        repairs,
        maxTurns,
        maxTokens,
        temperature,
        seed,
        limits,
        grammarMode,
        grammarTokens,
        spending,
        false);
  }
}
