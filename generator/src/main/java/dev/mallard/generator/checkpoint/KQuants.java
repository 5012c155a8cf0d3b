package dev.mallard.generator.checkpoint;

import static dev.mallard.generator.checkpoint.BlockDecoder.bits;
import static dev.mallard.generator.checkpoint.BlockDecoder.half;

/**
 * ggml's "K" formats: super-blocks of 256 weights, in groups of 16 or 32 that have quantized scales
 * (and minima) of their own. {@code d} and {@code dmin}, half precision, scale those.
 *
 * <p>Source: the block structures of ggml, {@code ggml-common.h}.
 */
final class KQuants {
  private KQuants() {}

  /**
   * Q2_K, 84 bytes: {@code scales[16], qs[64], d, dmin}. Each 16 weights have a byte of scale (low
   * half) and minimum (high half). A byte of {@code qs} holds two bits of four weights that are 32
   * apart.
   */
  static void q2(byte[] source, int from, float[] weights, int to, int blocks) {
    for (int b = 0; b < blocks; b++, from += 84) {
      float d = half(source, from + 80);
      float minimum = half(source, from + 82);
      for (int group = 0; group < 16; group++, to += 16) {
        int scale = source[from + group];
        float step = d * (scale & 0xF);
        float shift = minimum * bits(scale, 4, 0xF);
        int quants = from + 16 + (group >> 3) * 32 + (group & 1) * 16;
        int bit = group & 6;
        for (int i = 0; i < 16; i++) {
          weights[to + i] = step * bits(source[quants + i], bit, 3) - shift;
        }
      }
    }
  }

  /**
   * Q3_K, 110 bytes: {@code hmask[32], qs[64], scales[12], d}. The two low bits lie as in Q2_K; a
   * cleared bit of {@code hmask} takes 4 away. The 16 six-bit scales, less 32, have their four low
   * bits in the first eight bytes of {@code scales} and their two high bits in the last four.
   */
  static void q3(byte[] source, int from, float[] weights, int to, int blocks) {
    for (int b = 0; b < blocks; b++, from += 110) {
      float d = half(source, from + 108);
      int scales = from + 96;
      for (int group = 0; group < 16; group++, to += 16) {
        int low = bits(source[scales + (group & 7)], (group >> 3) * 4, 0xF);
        int high = bits(source[scales + 8 + (group & 3)], (group >> 2) * 2, 3);
        float step = d * ((low | (high << 4)) - 32);
        int mask = from + (group & 1) * 16;
        int quants = from + 32 + (group >> 3) * 32 + (group & 1) * 16;
        int bit = group & 6;
        int maskBit = group >> 1;
        for (int i = 0; i < 16; i++) {
          int q = bits(source[quants + i], bit, 3);
          weights[to + i] = step * (q - 4 + bits(source[mask + i], maskBit, 1) * 4);
        }
      }
    }
  }

  /**
   * Q4_K, 144 bytes: {@code d, dmin, scales[12], qs[128]}. Eight groups of 32 weights; two
   * neighbouring groups share 32 bytes of {@code qs}, the first the low halves.
   */
  static void q4(byte[] source, int from, float[] weights, int to, int blocks) {
    for (int b = 0; b < blocks; b++, from += 144) {
      float d = half(source, from);
      float minimum = half(source, from + 2);
      for (int group = 0; group < 8; group++, to += 32) {
        float step = d * scale(source, from + 4, group);
        float shift = minimum * minimum(source, from + 4, group);
        int quants = from + 16 + (group >> 1) * 32;
        int bit = (group & 1) * 4;
        for (int i = 0; i < 32; i++) {
          weights[to + i] = step * bits(source[quants + i], bit, 0xF) - shift;
        }
      }
    }
  }

  /**
   * Q5_K, 176 bytes: {@code d, dmin, scales[12], qh[32], qs[128]}. As Q4_K; bit {@code g} of {@code
   * qh[i]} is the fifth bit of weight {@code i} in group {@code g}.
   */
  static void q5(byte[] source, int from, float[] weights, int to, int blocks) {
    for (int b = 0; b < blocks; b++, from += 176) {
      float d = half(source, from);
      float minimum = half(source, from + 2);
      for (int group = 0; group < 8; group++, to += 32) {
        float step = d * scale(source, from + 4, group);
        float shift = minimum * minimum(source, from + 4, group);
        int high = from + 16;
        int quants = from + 48 + (group >> 1) * 32;
        int bit = (group & 1) * 4;
        for (int i = 0; i < 32; i++) {
          int q = bits(source[quants + i], bit, 0xF) | (bits(source[high + i], group, 1) << 4);
          weights[to + i] = step * q - shift;
        }
      }
    }
  }

  /**
   * Q6_K, 210 bytes: {@code ql[128], qh[64], scales[16], d}. Each 16 weights have a signed byte of
   * scale; a weight is {@code d * scale * (q - 32)}. Of each 128 weights, the first and third 32
   * have their four low bits in the low and high halves of the same bytes of {@code ql}, as have
   * the second and fourth; a byte of {@code qh} has the two high bits of four weights 32 apart.
   */
  static void q6(byte[] source, int from, float[] weights, int to, int blocks) {
    for (int b = 0; b < blocks; b++, from += 210) {
      float d = half(source, from + 208);
      for (int group = 0; group < 16; group++, to += 16) {
        int half = group >> 3;
        int quarter = bits(group, 1, 3);
        int offset = (group & 1) * 16;
        float step = d * source[from + 192 + group];
        int low = from + half * 64 + (quarter & 1) * 32 + offset;
        int lowBit = (quarter >> 1) * 4;
        int high = from + 128 + half * 32 + offset;
        int highBit = quarter * 2;
        for (int i = 0; i < 16; i++) {
          int q = bits(source[low + i], lowBit, 0xF) | (bits(source[high + i], highBit, 3) << 4);
          weights[to + i] = step * (q - 32);
        }
      }
    }
  }

  /** The six-bit scale of a group in the twelve packed bytes of Q4_K and Q5_K. */
  private static int scale(byte[] source, int scales, int group) {
    return group < 4
        ? source[scales + group] & 63
        : (source[scales + group + 4] & 0xF) | (bits(source[scales + group - 4], 6, 3) << 4);
  }

  /** The six-bit minimum of a group in the twelve packed bytes of Q4_K and Q5_K. */
  private static int minimum(byte[] source, int scales, int group) {
    return group < 4
        ? source[scales + group + 4] & 63
        : bits(source[scales + group + 4], 4, 0xF) | (bits(source[scales + group], 6, 3) << 4);
  }
}
