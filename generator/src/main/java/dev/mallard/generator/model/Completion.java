package dev.mallard.generator.model;

/**
 * What a model wrote.
 *
 * @param text without the stop string or end token that ended it
 * @param finish why it ended
 * @param promptTokens length of the prompt, in tokens
 * @param tokens length of the completion, in tokens, an end token included
 * @param logProbability sum of the natural logarithms of the probabilities, before temperature and
 *     filters, of its tokens; NaN where that is not known
 */
public record Completion(
    String text, Finish finish, int promptTokens, int tokens, double logProbability) {

  /** Why a completion ended. */
  public enum Finish {
    /** The model wrote its end token. */
    END,
    /** A stop string was met, or the listener found that no more was needed. */
    STOP,
    /** The limit of tokens, or the context's end. */
    LENGTH,
    /** The listener asked for it. */
    CANCELLED
  }
}
