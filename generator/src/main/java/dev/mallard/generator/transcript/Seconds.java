package dev.mallard.generator.transcript;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.Optional;

/**
 * Durations as a number of seconds. To the nanosecond up to some fifty days, and to fifteen digits
 * beyond.
 */
final class Seconds {
  /** Some three hundred years. */
  private static final double MOST = 1e10;

  private static final int NANO_DIGITS = 9;

  private Seconds() {}

  static double of(Duration duration) {
    return BigDecimal.valueOf(duration.getSeconds())
        .add(BigDecimal.valueOf(duration.getNano(), NANO_DIGITS))
        .doubleValue();
  }

  /** The duration; empty for what is no time that anything takes. */
  static Optional<Duration> duration(double seconds) {
    if (!(Math.abs(seconds) <= MOST)) {
      return Optional.empty();
    }
    BigDecimal exact = BigDecimal.valueOf(seconds).setScale(NANO_DIGITS, RoundingMode.HALF_EVEN);
    BigDecimal[] parts = exact.divideAndRemainder(BigDecimal.ONE);
    return Optional.of(
        Duration.ofSeconds(parts[0].longValue(), parts[1].movePointRight(NANO_DIGITS).longValue()));
  }
}
