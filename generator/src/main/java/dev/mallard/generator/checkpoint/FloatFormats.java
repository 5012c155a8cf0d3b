package dev.mallard.generator.checkpoint;

/** Weights stored as floating-point numbers, little-endian; a block is one weight. */
final class FloatFormats {
  private FloatFormats() {}

  /** IEEE 754 single precision. */
  static void float32(byte[] source, int from, float[] weights, int to, int count) {
    for (int i = 0; i < count; i++) {
      weights[to + i] = Float.intBitsToFloat(BlockDecoder.integer(source, from + 4 * i));
    }
  }

  /** IEEE 754 double precision, rounded to single. */
  static void float64(byte[] source, int from, float[] weights, int to, int count) {
    for (int i = 0; i < count; i++) {
      long low = Integer.toUnsignedLong(BlockDecoder.integer(source, from + 8 * i));
      long high = BlockDecoder.integer(source, from + 8 * i + 4);
      weights[to + i] = (float) Double.longBitsToDouble(high << 32 | low);
    }
  }

  /** IEEE 754 half precision. */
  static void float16(byte[] source, int from, float[] weights, int to, int count) {
    for (int i = 0; i < count; i++) {
      weights[to + i] = BlockDecoder.half(source, from + 2 * i);
    }
  }

  /** bfloat16: the upper half of a single-precision number. */
  static void bfloat16(byte[] source, int from, float[] weights, int to, int count) {
    for (int i = 0; i < count; i++) {
      weights[to + i] =
          Float.intBitsToFloat(BlockDecoder.unsignedShort(source, from + 2 * i) << 16);
    }
  }
}
