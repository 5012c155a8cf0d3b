package dev.mallard.generator.catalogue;

/** How a model's weights are held in memory while it runs. */
public enum Precision {
  INT8(1.1),
  BF16(2.1);

  private static final long OVERHEAD = 1L << 30;

  private final double bytesPerParameter;

  Precision(double bytesPerParameter) {
    this.bytesPerParameter = bytesPerParameter;
  }

  /**
   * Approximate memory that a model needs, in bytes: its weights with a tenth of a byte a parameter
   * for scales and for what is not quantised, and 1 GiB for the key-value cache and the runtime.
   */
  public long memoryFor(long parameters) {
    return (long) (parameters * bytesPerParameter) + OVERHEAD;
  }
}
