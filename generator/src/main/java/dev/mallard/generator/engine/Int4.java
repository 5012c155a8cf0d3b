package dev.mallard.generator.engine;

/**
 * Weights in 4 bits, in groups of neighbours in a row with a scale and a middle value each: a
 * weight is {@code (q - 8) * scale + middle}, with q from 0 to 15.
 */
final class Int4 {
  /** Weights that share a scale. */
  static final int GROUP = 32;

  /** Rows that the kernels take at once. */
  private static final int ROWS = 64;

  private Int4() {}

  /** Whether the kernels take such a matrix, and it is one of a layer. */
  static boolean fits(PackingPlan.Item item) {
    return item.name().startsWith(LayerPlan.PREFIX)
        && item.rows() / item.parts() % ROWS == 0
        && item.columns() % (4 * GROUP) == 0;
  }

  /** Quantises rows, whose lengths are multiples of the group's. */
  static Quantized quantize(float[] values) {
    byte[] pairs = new byte[values.length / 2];
    short[] scales = new short[2 * values.length / GROUP];
    for (int group = 0; group < values.length / GROUP; group++) {
      int start = group * GROUP;
      float least = values[start];
      float most = values[start];
      for (int i = start + 1; i < start + GROUP; i++) {
        least = Math.min(least, values[i]);
        most = Math.max(most, values[i]);
      }
      short scaleBits = BFloat16.up((most - least) / 15);
      float scale = BFloat16.value(scaleBits);
      short middleBits = BFloat16.nearest(least + 8 * scale);
      float middle = BFloat16.value(middleBits);
      float inverse = scale == 0 ? 0 : 1 / scale;
      for (int i = start; i < start + GROUP; i++) {
        int q = Math.clamp(Math.round((values[i] - middle) * inverse) + 8L, 0, 15);
        pairs[i / 2] |= (byte) (i % 2 == 0 ? q : q << 4);
      }
      scales[2 * group] = scaleBits;
      scales[2 * group + 1] = middleBits;
    }
    return new Quantized(pairs, scales);
  }
}
