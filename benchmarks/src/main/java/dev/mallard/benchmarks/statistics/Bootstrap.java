package dev.mallard.benchmarks.statistics;

import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * The percentile bootstrap of a mean over problems (Efron and Tibshirani, "An Introduction to the
 * Bootstrap", 1993, chapter 13): as many problems as there are are drawn with replacement, {@value
 * #RESAMPLES} times, and the interval goes from the 2.5th to the 97.5th percentile of the means of
 * these draws.
 *
 * <p>It says how much the mean depends on which problems were asked, and nothing of the model's own
 * randomness. Where all values are the same, the interval has no width.
 */
public final class Bootstrap {
  /** How many times problems are drawn. */
  public static final int RESAMPLES = 10_000;

  /** The share of the means that the interval holds. */
  public static final double CONFIDENCE = 0.95;

  private Bootstrap() {}

  /**
   * The mean and its interval.
   *
   * @param values one for each problem, at least one
   * @param seed the same seed gives the same interval
   */
  public static Interval mean(double[] values, long seed) {
    if (values.length == 0) {
      throw new IllegalArgumentException("there is no mean of nothing");
    }
    SplittableRandom random = new SplittableRandom(seed);
    double[] means = new double[RESAMPLES];
    for (int resample = 0; resample < RESAMPLES; resample++) {
      double sum = 0;
      for (int i = 0; i < values.length; i++) {
        sum += values[random.nextInt(values.length)];
      }
      means[resample] = sum / values.length;
    }
    Arrays.sort(means);
    return new Interval(
        Arrays.stream(values).sum() / values.length,
        percentile(means, (1 - CONFIDENCE) / 2),
        percentile(means, (1 + CONFIDENCE) / 2));
  }

  /** Linear between the two nearest of sorted values. */
  private static double percentile(double[] sorted, double share) {
    double place = share * (sorted.length - 1);
    int below = (int) place;
    int above = Math.min(below + 1, sorted.length - 1);
    return sorted[below] + (place - below) * (sorted[above] - sorted[below]);
  }
}
