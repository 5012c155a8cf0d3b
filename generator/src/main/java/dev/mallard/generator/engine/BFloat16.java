package dev.mallard.generator.engine;

/** The upper half of float32: 8 bits of exponent, 8 significant bits. */
final class BFloat16 {
  private BFloat16() {}

  /** Rounds to nearest, ties to even. */
  static short nearest(float value) {
    int bits = Float.floatToIntBits(value);
    if (Float.isNaN(value)) {
      return (short) 0x7fc0;
    }
    return (short) ((bits + 0x7fff + ((bits >>> 16) & 1)) >>> 16);
  }

  /** The least one that is not under a value of 0 or more. */
  static short up(float value) {
    return (short) ((Float.floatToIntBits(value) + 0xffff) >>> 16);
  }

  static float value(short bits) {
    return Float.intBitsToFloat(bits << 16);
  }
}
