package dev.mallard.generator.comparison;

/**
 * How an answer went; times in nanoseconds of {@link System#nanoTime}.
 *
 * @param promptTokens length of the prompt, in the engine's own tokens
 * @param tokens length of the answer
 * @param start when it was asked for
 * @param first when its first token was there
 * @param end when its last token was there
 */
public record Answer(int promptTokens, int tokens, long start, long first, long end) {

  /** Tokens of the prompt a second, up to the first token of the answer. */
  double prefillRate() {
    return promptTokens / seconds(start, first);
  }

  /** Tokens a second after the first. */
  double decodeRate() {
    return decodeRate(1);
  }

  /** Tokens a second after the first of each candidate, where the answer is several. */
  double decodeRate(int candidates) {
    return (tokens - candidates) / seconds(first, end);
  }

  static double seconds(long from, long to) {
    return (to - from) / 1e9;
  }
}
