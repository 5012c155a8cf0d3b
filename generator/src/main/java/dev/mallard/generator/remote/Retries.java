package dev.mallard.generator.remote;

import dev.mallard.generator.http.Sleeper;
import java.time.Duration;
import java.util.function.DoubleSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks again where that may help: with exponential back-off and jitter, or when the server says.
 *
 * @param sleeper waits
 * @param jitter gives numbers from 0 to 1, so that many who wait do not come back at once
 */
record Retries(Sleeper sleeper, DoubleSupplier jitter) {
  static final int TRIES = 5;

  private static final Logger LOG = LoggerFactory.getLogger(Retries.class);
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(60);

  /** What is tried. */
  @FunctionalInterface
  interface Attempt<T> {
    T run() throws RemoteFailure, InterruptedException;
  }

  /**
   * Tries until it works.
   *
   * @throws RemoteFailure the last failure, or one that does not pass
   */
  <T> T run(Attempt<T> attempt) throws RemoteFailure, InterruptedException {
    for (int tries = 1; ; tries++) {
      try {
        return attempt.run();
      } catch (RemoteFailure failure) {
        Duration wait = failure.retryAfter().orElse(backOff(tries));
        if (!failure.passing() || tries == TRIES || wait.compareTo(LONGEST_WAIT) > 0) {
          throw failure;
        }
        LOG.debug("asking again in {}", wait, failure);
        sleeper.sleep(wait);
      }
    }
  }

  /** Half a second to a second at first, and twice that each time. */
  private Duration backOff(int tries) {
    double seconds = (1L << (tries - 1)) * (0.5 + jitter.getAsDouble() / 2);
    return Duration.ofMillis(Math.round(seconds * 1000));
  }
}
