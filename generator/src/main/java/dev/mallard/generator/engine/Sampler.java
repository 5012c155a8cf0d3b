package dev.mallard.generator.engine;

import dev.mallard.generator.model.Sampling;
import java.util.Arrays;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/**
 * Chooses the next token. One for each candidate: it holds the candidate's own stream of random
 * numbers.
 */
final class Sampler {
  private final Sampling sampling;
  private final RandomGenerator random;

  Sampler(Sampling sampling, long seed, int candidate) {
    this.sampling = sampling;
    // An algorithm named by its name gives the same numbers on every JDK. Seeds are spread by an
    // odd constant (the golden
    // ratio in 64 bits), so that neighbouring seeds and candidates share no stream.
    this.random =
        RandomGeneratorFactory.of("L64X128MixRandom")
            .create(seed * 0x9E3779B97F4A7C15L + candidate);
  }

  /** The index chosen among the logits; greedy decoding takes the first of the largest. */
  int sample(float[] logits) {
    int likeliest = argmax(logits);
    if (sampling.greedy()) {
      return likeliest;
    }
    double[] weights = new double[logits.length];
    double total = 0;
    for (int i = 0; i < logits.length; i++) {
      weights[i] = Math.exp((logits[i] - logits[likeliest]) / sampling.temperature());
      total += weights[i];
    }
    boolean filtered = sampling.topK() > 0 || sampling.topP() < 1 || sampling.minP() > 0;
    return filtered ? drawFiltered(weights, total) : draw(weights, total, likeliest);
  }

  private int draw(double[] weights, double total, int otherwise) {
    double left = random.nextDouble() * total;
    for (int i = 0; i < weights.length; i++) {
      left -= weights[i];
      if (left < 0) {
        return i;
      }
    }
    return otherwise;
  }

  /**
   * Walks the tokens from the likeliest down, as far as the filters let it, then draws among those.
   */
  private int drawFiltered(double[] weights, double total) {
    Descending tokens = new Descending(weights);
    int most = sampling.topK() > 0 ? Math.min(sampling.topK(), weights.length) : weights.length;
    // The nucleus is measured on what top-k has left.
    double ofTopK = total;
    int[] kept = new int[Math.min(most, 64)];
    double[] sums = new double[kept.length];
    int count = 0;
    double sum = 0;
    if (sampling.topK() > 0 && sampling.topP() < 1) {
      Descending again = new Descending(weights);
      ofTopK = 0;
      for (int i = 0; i < most; i++) {
        ofTopK += weights[again.next()];
      }
    }
    double nucleus = sampling.topP() * ofTopK;
    double largest = weights[tokens.peek()];
    while (count < most && !(count > 0 && sampling.topP() < 1 && sum >= nucleus)) {
      int token = tokens.peek();
      // What must not come has no weight.
      if (count > 0 && (weights[token] == 0 || weights[token] < sampling.minP() * largest)) {
        break;
      }
      tokens.next();
      if (count == kept.length) {
        kept = Arrays.copyOf(kept, Math.min(most, 4 * count));
        sums = Arrays.copyOf(sums, kept.length);
      }
      sum += weights[token];
      kept[count] = token;
      sums[count++] = sum;
    }
    double drawn = random.nextDouble() * sum;
    for (int i = 0; i < count; i++) {
      if (drawn < sums[i]) {
        return kept[i];
      }
    }
    return kept[count - 1];
  }

  private static int argmax(float[] logits) {
    int best = 0;
    for (int i = 1; i < logits.length; i++) {
      if (logits[i] > logits[best]) {
        best = i;
      }
    }
    return best;
  }
}
