package dev.mallard.generator.loop;

import java.time.Instant;
import java.time.InstantSource;
import java.util.OptionalInt;

/**
 * What is left of a {@link SpendingLimit}, for one search or for several that share it. A request
 * sets aside what it may take at most, and gives back what it did not, so that the limit holds to
 * the token. May be used by several threads.
 */
public final class Budget {
  private final InstantSource clock;
  private final Instant deadline;
  private long left;

  /** Begins to spend, and the time to run. */
  public Budget(SpendingLimit limit, InstantSource clock) {
    this.clock = clock;
    this.deadline = clock.instant().plus(limit.time());
    this.left = limit.tokens();
  }

  /** Whether the time is up. */
  public boolean isLate() {
    return !clock.instant().isBefore(deadline);
  }

  /** Tokens that are neither spent nor set aside. */
  public synchronized long tokensLeft() {
    return left;
  }

  /**
   * Sets tokens aside for a request: its prompt, and for each candidate the longest answer that
   * there is room for.
   *
   * @param prompt length of the prompt, in tokens
   * @param wanted longest answer that is of use, in tokens
   * @param least shortest answer that is of use, in tokens
   * @return the longest answer allowed, in tokens; empty if not even the shortest is
   */
  synchronized OptionalInt reserve(int prompt, int candidates, int wanted, int least) {
    long longest = Math.min(wanted, (left - prompt) / candidates);
    if (isLate() || longest < Math.min(wanted, least)) {
      return OptionalInt.empty();
    }
    left -= prompt + longest * candidates;
    return OptionalInt.of((int) longest);
  }

  /** Gives back tokens that were set aside and not spent. */
  synchronized void giveBack(long tokens) {
    left += tokens;
  }
}
