package dev.mallard.generator.model;

import java.util.Locale;

/** How a model's weights are held in memory while it runs, and what is computed in. */
public enum Precision {
  /** Everything in float32: the reference, 4 bytes a weight. */
  FLOAT32(4.1),
  /**
   * Weights, activations and cache in bfloat16, sums and the residual stream in float32; 2 bytes a
   * weight.
   */
  BF16(2.1),
  /**
   * As bfloat16, with matrices in int8 and one scale a row (symmetric, round to nearest); 1 byte a
   * weight.
   */
  INT8(1.1),
  /**
   * As int8, with the matrices of the layers in int4 and a scale and a middle value for every 32
   * weights of a row; the embedding and the output matrix in int8. Twice half a byte a weight on
   * processors: once for the kernel of short inputs, once in the file for long ones.
   */
  INT4(0.75);

  private static final long OVERHEAD = 1L << 30;

  private final double bytesPerParameter;

  Precision(double bytesPerParameter) {
    this.bytesPerParameter = bytesPerParameter;
  }

  /**
   * Approximate memory that a model needs, in bytes: its weights with what is not quantised, and 1
   * GiB for the key-value cache and the runtime.
   */
  public long memoryFor(long parameters) {
    return (long) (parameters * bytesPerParameter) + OVERHEAD;
  }

  /** The name in lower case, such as {@code int8}. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
