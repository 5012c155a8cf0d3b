package dev.mallard.generator.engine;

import java.util.Locale;

/** How weights are stored and what the decoder computes in. */
public enum Precision {
  /** Everything in float32: the reference, 4 bytes a weight. */
  FLOAT32(6, 4),
  /**
   * Weights, activations and cache in bfloat16, sums and the residual stream in float32; 2 bytes a
   * weight.
   */
  BFLOAT16(15, 2),
  /**
   * As bfloat16, with matrices in int8 and one scale a row (symmetric, round to nearest); 1 byte a
   * weight.
   */
  INT8(15, 1);

  private final int activationType;
  private final int bytesPerWeight;

  Precision(int activationType, int bytesPerWeight) {
    this.activationType = activationType;
    this.bytesPerWeight = bytesPerWeight;
  }

  /** The activations' type, by libtorch's number. */
  int activationType() {
    return activationType;
  }

  /** Bytes that a weight of a matrix takes, scales left out. */
  public int bytesPerWeight() {
    return bytesPerWeight;
  }

  /** The name in lower case, such as {@code int8}. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
