package dev.mallard.generator.checkpoint;

import static dev.mallard.generator.checkpoint.BlockDecoder.bits;
import static dev.mallard.generator.checkpoint.BlockDecoder.half;
import static dev.mallard.generator.checkpoint.BlockDecoder.integer;

/**
 * ggml's formats of blocks of 32 weights with one scale {@code d}, and perhaps a minimum {@code m},
 * both half precision. A byte of {@code qs} holds the low four bits of two weights: weight {@code
 * i} in its low half, weight {@code i + 16} in its high half.
 *
 * <p>Source: the block structures of ggml, {@code ggml-common.h}.
 */
final class SimpleQuants {
  private static final int WEIGHTS = 32;
  private static final int HALF = 16;

  private SimpleQuants() {}

  /** Q4_0: {@code d, qs[16]}; a weight is {@code d * (q - 8)}. */
  static void q4Zero(byte[] source, int from, float[] weights, int to, int blocks) {
    for (int b = 0; b < blocks; b++, from += 18, to += WEIGHTS) {
      float d = half(source, from);
      for (int i = 0; i < HALF; i++) {
        int q = source[from + 2 + i];
        weights[to + i] = ((q & 0xF) - 8) * d;
        weights[to + HALF + i] = (bits(q, 4, 0xF) - 8) * d;
      }
    }
  }

  /** Q4_1: {@code d, m, qs[16]}; a weight is {@code d * q + m}. */
  static void q4One(byte[] source, int from, float[] weights, int to, int blocks) {
    for (int b = 0; b < blocks; b++, from += 20, to += WEIGHTS) {
      float d = half(source, from);
      float m = half(source, from + 2);
      for (int i = 0; i < HALF; i++) {
        int q = source[from + 4 + i];
        weights[to + i] = (q & 0xF) * d + m;
        weights[to + HALF + i] = bits(q, 4, 0xF) * d + m;
      }
    }
  }

  /**
   * Q5_0: {@code d, qh, qs[16]}; bit {@code i} of {@code qh} is the fifth bit of weight {@code i},
   * and a weight is {@code d * (q - 16)}.
   */
  static void q5Zero(byte[] source, int from, float[] weights, int to, int blocks) {
    for (int b = 0; b < blocks; b++, from += 22, to += WEIGHTS) {
      float d = half(source, from);
      int high = integer(source, from + 2);
      for (int i = 0; i < HALF; i++) {
        int q = source[from + 6 + i];
        weights[to + i] = (((q & 0xF) | (bits(high, i, 1) << 4)) - 16) * d;
        weights[to + HALF + i] = ((bits(q, 4, 0xF) | (bits(high, i + HALF, 1) << 4)) - 16) * d;
      }
    }
  }

  /** Q5_1: {@code d, m, qh, qs[16]}; as Q5_0, but a weight is {@code d * q + m}. */
  static void q5One(byte[] source, int from, float[] weights, int to, int blocks) {
    for (int b = 0; b < blocks; b++, from += 24, to += WEIGHTS) {
      float d = half(source, from);
      float m = half(source, from + 2);
      int high = integer(source, from + 4);
      for (int i = 0; i < HALF; i++) {
        int q = source[from + 8 + i];
        weights[to + i] = ((q & 0xF) | (bits(high, i, 1) << 4)) * d + m;
        weights[to + HALF + i] = (bits(q, 4, 0xF) | (bits(high, i + HALF, 1) << 4)) * d + m;
      }
    }
  }

  /** Q8_0: {@code d, qs[32]} with a signed byte for each weight, {@code d * q}. */
  static void q8Zero(byte[] source, int from, float[] weights, int to, int blocks) {
    for (int b = 0; b < blocks; b++, from += 34, to += WEIGHTS) {
      float d = half(source, from);
      for (int i = 0; i < WEIGHTS; i++) {
        weights[to + i] = source[from + 2 + i] * d;
      }
    }
  }
}
