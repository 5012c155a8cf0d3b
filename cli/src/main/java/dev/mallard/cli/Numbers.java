package dev.mallard.cli;

import java.time.Duration;
import java.util.Locale;

/** Numbers for people. */
final class Numbers {
  private static final double GIBIBYTE = 1L << 30;

  private Numbers() {}

  /** Seconds to one decimal, or none where there are many. */
  static String seconds(Duration duration) {
    double seconds = duration.toMillis() / 1000.0;
    return String.format(Locale.ROOT, seconds < 100 ? "%.1f" : "%.0f", seconds);
  }

  /** Bytes as GiB to one decimal. */
  static String gibibytes(long bytes) {
    return String.format(Locale.ROOT, "%.1f GiB", bytes / GIBIBYTE);
  }

  /** A count and its noun. */
  static String count(long count, String noun) {
    return count + " " + (count == 1 ? noun : noun + "s");
  }
}
