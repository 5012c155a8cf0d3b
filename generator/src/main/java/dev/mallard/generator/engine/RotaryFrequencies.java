package dev.mallard.generator.engine;

import dev.mallard.generator.checkpoint.ModelConfiguration;
import dev.mallard.generator.checkpoint.ModelConfiguration.RopeScaling;

/**
 * The angles by which rotary position embedding turns a head's dimensions from one position to the
 * next.
 */
final class RotaryFrequencies {
  private RotaryFrequencies() {}

  /**
   * Inverse frequencies in radians a position, one for each pair of a head's dimensions (Su et al.,
   * arXiv 2104.09864), scaled as the configuration says.
   */
  static float[] of(ModelConfiguration configuration) {
    int pairs = configuration.attention().headSize() / 2;
    float[] frequencies = new float[pairs];
    for (int pair = 0; pair < pairs; pair++) {
      double frequency =
          Math.pow(configuration.ropeTheta(), -2.0 * pair / configuration.attention().headSize());
      frequencies[pair] = (float) scaled(frequency, pair, configuration.ropeScaling());
    }
    return frequencies;
  }

  private static double scaled(double frequency, int pair, RopeScaling scaling) {
    return switch (scaling) {
      case RopeScaling.None() -> frequency;
      case RopeScaling.Linear(double factor) -> frequency / factor;
      case RopeScaling.PerDimension(var factors) -> frequency / factors.get(pair);
      case RopeScaling.Llama3 llama3 -> llama3(frequency, llama3);
    };
  }

  /**
   * Llama 3.1: long wavelengths are divided by the factor, short ones kept, those between blended
   * linearly in the number of turns that fit the original context.
   */
  private static double llama3(double frequency, RopeScaling.Llama3 scaling) {
    double turns = scaling.originalContextLength() * frequency / (2 * Math.PI);
    if (turns < scaling.lowFrequencyFactor()) {
      return frequency / scaling.factor();
    }
    if (turns > scaling.highFrequencyFactor()) {
      return frequency;
    }
    double kept =
        (turns - scaling.lowFrequencyFactor())
            / (scaling.highFrequencyFactor() - scaling.lowFrequencyFactor());
    return (1 - kept) * frequency / scaling.factor() + kept * frequency;
  }
}
