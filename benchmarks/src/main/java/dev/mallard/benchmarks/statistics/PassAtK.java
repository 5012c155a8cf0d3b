package dev.mallard.benchmarks.statistics;

/**
 * The chance that at least one of {@code k} programs is right, from {@code n >= k} programs of
 * which {@code c} are.
 *
 * <p>The unbiased estimator of "Evaluating Large Language Models Trained on Code" (Chen et al.,
 * arXiv 2107.03374, equation 1),
 *
 * <pre>pass@k = 1 - C(n - c, k) / C(n, k)</pre>
 *
 * <p>in the form of the paper's figure 3, whose factors are all from 0 to 1, so that nothing
 * overflows:
 *
 * <pre>1 - product of (1 - k / i) for i from n - c + 1 to n</pre>
 */
public final class PassAtK {
  private PassAtK() {}

  /**
   * The estimate for one problem.
   *
   * @param programs how many were written, {@code n}
   * @param right how many of them are right, {@code c}
   * @param k how many may be tried
   * @throws IllegalArgumentException if there are fewer than {@code k} programs, fewer programs
   *     than right ones, or {@code k} is not positive
   */
  public static double estimate(int programs, int right, int k) {
    if (right < 0 || right > programs) {
      throw new IllegalArgumentException(
          "of %d programs, %d cannot be right".formatted(programs, right));
    }
    if (k < 1 || k > programs) {
      throw new IllegalArgumentException(
          "pass@%d cannot be estimated from %d programs".formatted(k, programs));
    }
    if (programs - right < k) {
      return 1;
    }
    double allWrong = 1;
    for (int i = programs - right + 1; i <= programs; i++) {
      allWrong *= 1 - (double) k / i;
    }
    return 1 - allWrong;
  }
}
