package dev.mallard.benchmarks.evaluation;

import dev.mallard.benchmarks.statistics.Interval;
import java.util.Locale;

/** Figures as all reports write them. */
public final class FigureText {
  private FigureText() {}

  /** A share from 0 to 1, such as {@code 68.3%}. */
  public static String percent(double share) {
    return points(share) + "%";
  }

  /** A difference of shares in percentage points, such as {@code 5.0}. */
  public static String points(double share) {
    return decimal(share * 100);
  }

  /** A share and its interval, such as {@code 68.3% (95% interval 56.7% to 80.0%)}. */
  public static String interval(Interval interval) {
    return "%s (95%% interval %s to %s)"
        .formatted(percent(interval.mean()), percent(interval.low()), percent(interval.high()));
  }

  /** A probability, such as {@code 0.45}; one that is very small is not worth its digits. */
  public static String probability(double p) {
    return p < 0.0001 ? "less than 0.0001" : String.format(Locale.ROOT, "%.2g", p);
  }

  /** A number with one decimal, such as {@code 1,234.5}. */
  public static String decimal(double number) {
    return String.format(Locale.ROOT, "%,.1f", number);
  }

  /** A count, such as {@code 1,234}. */
  public static String whole(double number) {
    return String.format(Locale.ROOT, "%,.0f", number);
  }
}
