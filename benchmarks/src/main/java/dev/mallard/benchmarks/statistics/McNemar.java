package dev.mallard.benchmarks.statistics;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;

/**
 * McNemar's test of two systems on the same problems (McNemar, "Note on the sampling error of the
 * difference between correlated proportions or percentages", Psychometrika 12, 1947), exact and
 * two-sided.
 *
 * <p>Only the problems that one of the two solves and the other does not tell them apart. If both
 * are equally good, each of these {@code n = b + c} is as likely to be of the one kind as of the
 * other, so that
 *
 * <pre>p = min(1, 2 * sum of C(n, i) / 2^n for i from 0 to min(b, c))</pre>
 */
public final class McNemar {
  private McNemar() {}

  /**
   * How likely it is that equally good systems differ at least so much.
   *
   * @param onlyFirst problems that only the first solves
   * @param onlySecond problems that only the second solves
   */
  public static double p(int onlyFirst, int onlySecond) {
    if (onlyFirst < 0 || onlySecond < 0) {
      throw new IllegalArgumentException("problems are counted from 0");
    }
    int differing = Math.addExact(onlyFirst, onlySecond);
    int fewer = Math.min(onlyFirst, onlySecond);
    BigInteger ways = BigInteger.ONE;
    BigInteger sum = BigInteger.ONE;
    for (int i = 1; i <= fewer; i++) {
      ways = ways.multiply(BigInteger.valueOf(differing - i + 1L)).divide(BigInteger.valueOf(i));
      sum = sum.add(ways);
    }
    BigDecimal twice = new BigDecimal(sum.shiftLeft(1));
    BigDecimal all = new BigDecimal(BigInteger.ONE.shiftLeft(differing));
    return Math.min(1, twice.divide(all, MathContext.DECIMAL64).doubleValue());
  }
}
