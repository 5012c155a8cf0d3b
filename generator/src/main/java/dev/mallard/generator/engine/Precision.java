package dev.mallard.generator.engine;

import java.util.Locale;

/** How weights are stored and what the decoder computes in. */
public enum Precision {
  /** Everything in float32: the reference, 4 bytes a weight. */
  FLOAT32(6),
  /**
   * Weights, activations and cache in bfloat16, sums and the residual stream in float32; 2 bytes a
   * weight.
   */
  BFLOAT16(15),
  /**
   * As bfloat16, with matrices in int8 and one scale a row (symmetric, round to nearest); 1 byte a
   * weight.
   */
  INT8(15);

  private final int activationType;

  Precision(int activationType) {
    this.activationType = activationType;
  }

  /** The activations' type, by libtorch's number. */
  int activationType() {
    return activationType;
  }

  /** The name in lower case, such as {@code int8}. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
