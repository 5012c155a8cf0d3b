package dev.mallard.benchmarks.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

class BootstrapTest {
  @Test
  void isTheNormalApproximationForManyProblems() {
    Random random = new Random(1);
    for (double share : new double[] {0.2, 0.5, 0.9}) {
      double[] values = problems(random, 2_000, share);
      double mean = Arrays.stream(values).average().orElseThrow();
      double error = 1.959964 * Math.sqrt(mean * (1 - mean) / values.length);
      Interval interval = Bootstrap.mean(values, 7);
      assertThat(interval.mean()).isCloseTo(mean, within(1e-12));
      assertThat(interval.low()).isCloseTo(mean - error, within(error * 0.06));
      assertThat(interval.high()).isCloseTo(mean + error, within(error * 0.06));
    }
  }

  @Test
  void holdsTheTruthAboutNineteenTimesOfTwenty() {
    Random random = new Random(2);
    int rounds = 300;
    int held = 0;
    for (int round = 0; round < rounds; round++) {
      Interval interval = Bootstrap.mean(problems(random, 100, 0.6), round);
      held += interval.low() <= 0.6 && 0.6 <= interval.high() ? 1 : 0;
    }
    assertThat((double) held / rounds).isBetween(0.91, 0.98);
  }

  @Test
  void givesTheSameForTheSameSeed() {
    double[] values = problems(new Random(3), 50, 0.4);
    assertThat(Bootstrap.mean(values, 5)).isEqualTo(Bootstrap.mean(values, 5));
    assertThat(Bootstrap.mean(values, 5)).isNotEqualTo(Bootstrap.mean(values, 6));
  }

  @Test
  void hasNoWidthIfAllAreTheSame() {
    assertThat(Bootstrap.mean(new double[] {1, 1, 1}, 1)).isEqualTo(new Interval(1, 1, 1));
    assertThat(Bootstrap.mean(new double[] {0.25}, 1)).isEqualTo(new Interval(0.25, 0.25, 0.25));
  }

  @Test
  void refusesNothing() {
    assertThatThrownBy(() -> Bootstrap.mean(new double[0], 1))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static double[] problems(Random random, int number, double share) {
    return DoubleStream.generate(() -> random.nextDouble() < share ? 1 : 0).limit(number).toArray();
  }
}
