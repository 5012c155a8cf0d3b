package dev.mallard.benchmarks.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.math.BigDecimal;
import java.math.MathContext;
import org.junit.jupiter.api.Test;

class McNemarTest {
  private static final MathContext EXACTLY = new MathContext(60);
  private static final BigDecimal TWO = BigDecimal.valueOf(2);

  @Test
  void isTheSumOfBothTailsOfTheBinomialDistribution() {
    for (int first = 0; first <= 40; first++) {
      for (int second = 0; second <= 40; second++) {
        assertThat(McNemar.p(first, second))
            .as("%d and %d", first, second)
            .isCloseTo(exact(first, second), within(1e-14));
      }
    }
  }

  /** Worked out with fractions in another language. */
  @Test
  void isWhatOthersGive() {
    assertThat(McNemar.p(0, 5)).isEqualTo(0.0625);
    assertThat(McNemar.p(1, 9)).isEqualTo(0.021484375);
    assertThat(McNemar.p(10, 25)).isCloseTo(0.01667384780012071, within(1e-15));
    assertThat(McNemar.p(40, 61)).isCloseTo(0.046044066929342806, within(1e-15));
    assertThat(McNemar.p(600, 700)).isCloseTo(0.0060157938610449525, within(1e-15));
  }

  @Test
  void isOneIfNothingTellsThemApart() {
    assertThat(McNemar.p(0, 0)).isOne();
    assertThat(McNemar.p(3, 3)).isOne();
    assertThat(McNemar.p(3, 4)).isOne();
  }

  @Test
  void isTheSameBothWays() {
    assertThat(McNemar.p(7, 2)).isEqualTo(McNemar.p(2, 7)).isEqualTo(0.1796875);
  }

  @Test
  void holdsOutWhereThePowerOfTwoIsBeyondADouble() {
    assertThat(McNemar.p(900, 1_100)).isBetween(8e-6, 9e-6);
    assertThat(McNemar.p(0, 2_000)).isZero();
  }

  @Test
  void refusesNegativeCounts() {
    assertThatThrownBy(() -> McNemar.p(-1, 3)).isInstanceOf(IllegalArgumentException.class);
  }

  /** By probabilities one by one: each is the last times (n - i + 1) / i. */
  private static double exact(int first, int second) {
    int n = first + second;
    BigDecimal probability = BigDecimal.ONE.divide(TWO.pow(n), EXACTLY);
    BigDecimal lower = BigDecimal.ZERO;
    BigDecimal upper = BigDecimal.ZERO;
    for (int i = 0; i <= n; i++) {
      lower = i <= Math.min(first, second) ? lower.add(probability) : lower;
      upper = i >= Math.max(first, second) ? upper.add(probability) : upper;
      probability =
          probability
              .multiply(BigDecimal.valueOf(n - i), EXACTLY)
              .divide(BigDecimal.valueOf(i + 1L), EXACTLY);
    }
    return lower.add(upper).min(BigDecimal.ONE).doubleValue();
  }
}
