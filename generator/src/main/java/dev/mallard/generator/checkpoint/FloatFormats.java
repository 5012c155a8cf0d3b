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
