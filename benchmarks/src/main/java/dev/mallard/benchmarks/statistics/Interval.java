package dev.mallard.benchmarks.statistics;

/**
 * A mean, and where it would likely be for other problems of the same kind.
 *
 * @param mean of the values
 * @param low the lower end of the interval
 * @param high its upper end
 */
public record Interval(double mean, double low, double high) {
  public Interval {
    if (!(low <= high)) {
      throw new IllegalArgumentException("an interval goes up: %s to %s".formatted(low, high));
    }
  }
}
