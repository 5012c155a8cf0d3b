package dev.mallard.generator.loop;

/**
 * Tokens that a model has read and written.
 *
 * @param prompt length of all prompts, each counted once for all candidates of its request
 * @param completion length of all completions
 */
public record TokenUsage(long prompt, long completion) {
  public static final TokenUsage NONE = new TokenUsage(0, 0);

  TokenUsage plus(TokenUsage other) {
    return new TokenUsage(prompt + other.prompt, completion + other.completion);
  }

  /** Both together. */
  public long total() {
    return prompt + completion;
  }
}
