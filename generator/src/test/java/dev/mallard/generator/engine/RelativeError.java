package dev.mallard.generator.engine;

import java.util.stream.IntStream;

/** How far logits are from others. */
final class RelativeError {
  private RelativeError() {}

  /** The size of the difference, beside that of what was expected: roots of the sums of squares. */
  static double of(float[] actual, double[] expected) {
    double difference = 0;
    double size = 0;
    for (int i = 0; i < actual.length; i++) {
      difference += Math.pow(actual[i] - expected[i], 2);
      size += Math.pow(expected[i], 2);
    }
    return Math.sqrt(difference / size);
  }

  /** As {@link #of(float[], double[])}. */
  static double of(float[] actual, float[] expected) {
    return of(actual, IntStream.range(0, expected.length).mapToDouble(i -> expected[i]).toArray());
  }
}
