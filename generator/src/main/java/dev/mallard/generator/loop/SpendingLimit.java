package dev.mallard.generator.loop;

import java.time.Duration;

/**
 * What a search may spend, besides its turns.
 *
 * @param tokens that the model may read and write, a prompt counted once for all candidates of a
 *     request; at least 1
 * @param time wall-clock time; positive
 */
public record SpendingLimit(long tokens, Duration time) {
  /** No limit that anybody would notice. */
  public static final SpendingLimit NONE =
      new SpendingLimit(Long.MAX_VALUE, Duration.ofDays(36_500));

  public SpendingLimit {
    if (tokens < 1 || !time.isPositive()) {
      throw new IllegalArgumentException("tokens must be at least 1 and time positive");
    }
  }

  public SpendingLimit withTokens(long limit) {
    return new SpendingLimit(limit, time);
  }

  public SpendingLimit withTime(Duration limit) {
    return new SpendingLimit(tokens, limit);
  }
}
