package dev.mallard.benchmarks.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PassAtKTest {
  @Test
  void isTheExactQuotientOfBinomials() {
    Random random = new Random(1);
    for (int i = 0; i < 5_000; i++) {
      int programs = 1 + random.nextInt(i % 10 == 0 ? 1_000 : 100);
      int right = random.nextInt(programs + 1);
      int k = 1 + random.nextInt(programs);
      assertThat(PassAtK.estimate(programs, right, k))
          .as("n = %d, c = %d, k = %d", programs, right, k)
          .isCloseTo(exact(programs, right, k), within(1e-12));
    }
  }

  /** What the program of the paper's figure 3 gives, run with NumPy's operations in double. */
  @Test
  void isWhatThePublishedProgramGives() {
    assertThat(PassAtK.estimate(200, 13, 1)).isCloseTo(0.06500000000000017, within(1e-15));
    assertThat(PassAtK.estimate(200, 13, 10)).isCloseTo(0.4975511147306061, within(1e-15));
    assertThat(PassAtK.estimate(200, 13, 100)).isCloseTo(0.9999194971988055, within(1e-15));
    assertThat(PassAtK.estimate(5, 2, 3)).isCloseTo(0.9, within(1e-15));
    assertThat(PassAtK.estimate(20, 1, 10)).isCloseTo(0.5, within(1e-15));
  }

  @Test
  void isZeroIfNoneIsRightAndOneIfAllAre() {
    assertThat(PassAtK.estimate(10, 0, 10)).isZero();
    assertThat(PassAtK.estimate(10, 10, 1)).isOne();
  }

  @Test
  void refusesWhatCannotBeEstimated() {
    assertThatThrownBy(() -> PassAtK.estimate(5, 2, 6))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("pass@6 cannot be estimated from 5 programs");
    assertThatThrownBy(() -> PassAtK.estimate(5, 2, 0))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> PassAtK.estimate(5, 6, 1))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> PassAtK.estimate(5, -1, 1))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static double exact(int programs, int right, int k) {
    BigDecimal allWrong = new BigDecimal(binomial(programs - right, k));
    BigDecimal all = new BigDecimal(binomial(programs, k));
    return BigDecimal.ONE.subtract(allWrong.divide(all, MathContext.DECIMAL128)).doubleValue();
  }

  private static BigInteger binomial(int n, int k) {
    BigInteger result = BigInteger.ONE;
    for (int i = 1; i <= k; i++) {
      result = result.multiply(BigInteger.valueOf(n - k + i)).divide(BigInteger.valueOf(i));
    }
    return k > n ? BigInteger.ZERO : result;
  }
}
