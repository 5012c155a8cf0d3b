package dev.mallard.generator.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.mallard.generator.model.Sampling;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class SamplerTest {
  /** Probabilities 0.5, 0.25, 0.125, 0.125 in another order. */
  private static final float[] LOGITS = {
    (float) Math.log(0.125), (float) Math.log(0.5), (float) Math.log(0.125), (float) Math.log(0.25)
  };

  @Test
  void greedyTakesTheLikeliestAndOfEqualsTheFirst() {
    assertThat(new Sampler(Sampling.GREEDY, 1, 0).sample(new float[] {1, 3, 3, 2})).isEqualTo(1);
  }

  @Test
  void drawsAsOftenAsTheProbabilitiesSay() {
    double[] shares = shares(Sampling.temperature(1), LOGITS);
    assertThat(shares[1]).isCloseTo(0.5, within(0.02));
    assertThat(shares[3]).isCloseTo(0.25, within(0.02));
    assertThat(shares[0]).isCloseTo(0.125, within(0.02));
  }

  @Test
  void halfTheTemperatureSquaresTheProbabilities() {
    double[] shares = shares(Sampling.temperature(0.5), LOGITS);
    double total = 0.25 + 0.0625 + 2 * 0.015625;
    assertThat(shares[1]).isCloseTo(0.25 / total, within(0.02));
    assertThat(shares[3]).isCloseTo(0.0625 / total, within(0.02));
  }

  @Test
  void topKKeepsTheLikeliest() {
    double[] shares = shares(new Sampling(1, 2, 1, 0), LOGITS);
    assertThat(shares[1]).isCloseTo(2.0 / 3, within(0.02));
    assertThat(shares[3]).isCloseTo(1.0 / 3, within(0.02));
    assertThat(shares[0] + shares[2]).isZero();
  }

  @Test
  void topPKeepsTheFewestThatReachIt() {
    assertThat(shares(new Sampling(1, 0, 0.5, 0), LOGITS)[1]).isCloseTo(1, within(1e-9));
    assertThat(shares(new Sampling(1, 0, 0.51, 0), LOGITS)[3]).isCloseTo(1.0 / 3, within(0.02));
  }

  @Test
  void topPIsMeasuredOnWhatTopKLeaves() {
    // Of the two that top-k leaves, the first has two thirds.
    assertThat(shares(new Sampling(1, 2, 0.66, 0), LOGITS)[1]).isCloseTo(1, within(1e-9));
    assertThat(shares(new Sampling(1, 2, 0.67, 0), LOGITS)[3]).isPositive();
  }

  @Test
  void minPKeepsWhatIsLikelyRelativeToTheLikeliest() {
    assertThat(shares(new Sampling(1, 0, 1, 0.6), LOGITS)[1]).isCloseTo(1, within(1e-9));
    double[] shares = shares(new Sampling(1, 0, 1, 0.4), LOGITS);
    assertThat(shares[3]).isCloseTo(1.0 / 3, within(0.02));
    assertThat(shares[0] + shares[2]).isZero();
  }

  @Test
  void aSeedDecidesEverythingAndCandidatesDiffer() {
    assertThat(draws(7, 0)).containsExactly(draws(7, 0));
    assertThat(draws(7, 0)).isNotEqualTo(draws(7, 1));
    assertThat(draws(7, 0)).isNotEqualTo(draws(8, 0));
  }

  @Property
  void whatIsDrawnHasPassedEveryFilter(
      @ForAll @Size(min = 1, max = 40) float @IntRange(min = -20, max = 20) [] raw,
      @ForAll @IntRange(max = 10) int topK,
      @ForAll @DoubleRange(min = 0.01, max = 1) double topP,
      @ForAll @DoubleRange(min = 0, max = 1) double minP,
      @ForAll long seed) {
    float[] logits = new float[raw.length];
    for (int i = 0; i < raw.length; i++) {
      logits[i] = Float.isFinite(raw[i]) ? raw[i] % 20 : 0;
    }
    int chosen = new Sampler(new Sampling(1, topK, topP, minP), seed, 0).sample(logits);
    float largest = Float.NEGATIVE_INFINITY;
    int likelier = 0;
    for (float logit : logits) {
      largest = Math.max(largest, logit);
      likelier += logit > logits[chosen] ? 1 : 0;
    }
    assertThat(Math.exp(logits[chosen] - largest)).isGreaterThanOrEqualTo(minP - 1e-9);
    if (topK > 0) {
      assertThat(likelier).isLessThan(topK);
    }
  }

  private static int[] draws(long seed, int candidate) {
    Sampler sampler = new Sampler(Sampling.temperature(1), seed, candidate);
    return IntStream.range(0, 50).map(i -> sampler.sample(LOGITS)).toArray();
  }

  private static double[] shares(Sampling sampling, float[] logits) {
    Sampler sampler = new Sampler(sampling, 42, 0);
    double[] shares = new double[logits.length];
    int draws = 20_000;
    for (int i = 0; i < draws; i++) {
      shares[sampler.sample(logits)] += 1.0 / draws;
    }
    return shares;
  }
}
