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

  /**
   * Quantises rows, whose lengths are multiples of the group's. For each group some ranges are
   * tried, from that of its values down; in each, scale and middle are those of the least squares
   * for the numbers that the range gives, and the one with the least error is taken.
   */
  static Quantized quantize(float[] values) {
    byte[] pairs = new byte[values.length / 2];
    short[] scales = new short[2 * values.length / GROUP];
    Group group = new Group();
    for (int i = 0; i < values.length / GROUP; i++) {
      group.quantize(values, i * GROUP);
      for (int k = 0; k < GROUP; k += 2) {
        pairs[(i * GROUP + k) / 2] = (byte) (group.best[k] | group.best[k + 1] << 4);
      }
      scales[2 * i] = group.scale;
      scales[2 * i + 1] = group.middle;
    }
    return new Quantized(pairs, scales);
  }

  /** The weights that share a scale. */
  private static final class Group {
    /** Wider than the values' own ranges suit weights that were of few levels before. */
    private static final float[] RANGES = {1f, 0.93f, 0.87f, 0.8f, 1.2f, 1.4f, 1.5f};

    private int[] best = new int[GROUP];
    private int[] tried = new int[GROUP];
    private short scale;
    private short middle;
    private float leastError;

    void quantize(float[] values, int start) {
      float least = values[start];
      float most = values[start];
      for (int i = start + 1; i < start + GROUP; i++) {
        least = Math.min(least, values[i]);
        most = Math.max(most, values[i]);
      }
      leastError = Float.MAX_VALUE;
      for (float range : RANGES) {
        float step = range * (most - least) / 15;
        float centre = (most + least) / 2;
        number(values, start, step, centre + step / 2);
        fit(values, start, step, centre + step / 2);
        if (range > 1) {
          number(values, start, step, centre);
          fit(values, start, step, centre);
        }
      }
    }

    /** Finds the number of each value, for a scale and a middle. */
    private void number(float[] values, int start, float step, float centre) {
      float inverse = step == 0 ? 0 : 1 / step;
      for (int i = 0; i < GROUP; i++) {
        tried[i] = Math.clamp(Math.round((values[start + i] - centre) * inverse) + 8L, 0, 15);
      }
    }

    /** Fits scale and middle to the numbers, rounds them, and keeps all that if it is the best. */
    private void fit(float[] values, int start, float step, float centre) {
      float numbers = 0;
      float squares = 0;
      float sum = 0;
      float products = 0;
      for (int i = 0; i < GROUP; i++) {
        int number = tried[i] - 8;
        numbers += number;
        squares += number * number;
        sum += values[start + i];
        products += number * values[start + i];
      }
      float variance = squares - numbers * numbers / GROUP;
      float fitted = variance > 0 ? (products - numbers * sum / GROUP) / variance : step;
      short scaleBits = BFloat16.nearest(fitted);
      float rounded = BFloat16.value(scaleBits);
      short middleBits =
          BFloat16.nearest(variance > 0 ? (sum - rounded * numbers) / GROUP : centre);
      float offset = BFloat16.value(middleBits);
      float error = 0;
      for (int i = 0; i < GROUP; i++) {
        float difference = (tried[i] - 8) * rounded + offset - values[start + i];
        error += difference * difference;
      }
      if (error < leastError) {
        leastError = error;
        scale = scaleBits;
        middle = middleBits;
        int[] other = best;
        best = tried;
        tried = other;
      }
    }
  }
}
