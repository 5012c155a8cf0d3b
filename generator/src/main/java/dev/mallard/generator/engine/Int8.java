package dev.mallard.generator.engine;

/** Weights in 8 bits, with one scale a row. */
final class Int8 {
  private Int8() {}

  /**
   * Quantises rows, symmetric: the largest magnitude of a row becomes 127. The scale is first
   * rounded up to bfloat16, as the kernel wants it, so its rounding adds no error of its own.
   */
  static Quantized quantize(float[] values, int columns) {
    int rows = values.length / columns;
    byte[] quantized = new byte[values.length];
    short[] scales = new short[rows];
    for (int row = 0; row < rows; row++) {
      int start = row * columns;
      float largest = 0;
      for (int i = start; i < start + columns; i++) {
        largest = Math.max(largest, Math.abs(values[i]));
      }
      scales[row] = BFloat16.up(largest / 127);
      float scale = BFloat16.value(scales[row]);
      float inverse = scale == 0 ? 0 : 1 / scale;
      for (int i = start; i < start + columns; i++) {
        quantized[i] = (byte) Math.round(values[i] * inverse);
      }
    }
    return new Quantized(quantized, scales);
  }
}
