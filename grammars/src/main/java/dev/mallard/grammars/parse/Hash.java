package dev.mallard.grammars.parse;

/** Numbers that stand for what they are made from: two that differ do but by a chance of 2^-64. */
final class Hash {
  private Hash() {}

  /**
   * The finalizer of SplitMix64 (Steele et al., Fast Splittable Pseudorandom Number Generators).
   */
  static long mix(long value) {
    long mixed = value + 0x9E3779B97F4A7C15L;
    mixed = (mixed ^ (mixed >>> 30)) * 0xBF58476D1CE4E5B9L;
    mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
    return mixed ^ (mixed >>> 31);
  }

  /** Of several numbers, in their order. */
  static long of(long... values) {
    long hash = values.length;
    for (long value : values) {
      hash = mix(31 * hash + value);
    }
    return hash;
  }

  /** Of several bytes, in their order. */
  static long of(byte[] values) {
    long hash = ~values.length;
    for (byte value : values) {
      hash = mix(31 * hash + value);
    }
    return hash;
  }
}
