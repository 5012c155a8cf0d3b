package dev.mallard.benchmarks.sandbox;

import java.time.Duration;
import java.util.List;

/** Statistics of times. */
final class Durations {
  private static final double NANOSECONDS_PER_MILLISECOND = 1e6;

  private Durations() {}

  /** The time that this share of the times does not exceed; 0.5 for the median. */
  static Duration quantile(List<Duration> times, double share) {
    List<Duration> sorted = times.stream().sorted().toList();
    return sorted.get(Math.min(sorted.size() - 1, (int) (share * sorted.size())));
  }

  static Duration median(List<Duration> times) {
    return quantile(times, 0.5);
  }

  static double milliseconds(Duration time) {
    return time.toNanos() / NANOSECONDS_PER_MILLISECOND;
  }
}
