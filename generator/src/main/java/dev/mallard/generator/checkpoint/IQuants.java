package dev.mallard.generator.checkpoint;

import static dev.mallard.generator.checkpoint.BlockDecoder.bits;
import static dev.mallard.generator.checkpoint.BlockDecoder.half;
import static dev.mallard.generator.checkpoint.BlockDecoder.integer;
import static dev.mallard.generator.checkpoint.BlockDecoder.unsignedShort;

/**
 * ggml's "IQ" formats. Those of two and three bits name points of a fixed grid, of four or eight
 * magnitudes each, and carry the signs beside; those of four bits name values of a fixed table.
 * Blocks are of 256 weights (IQ4_NL: 32), with a half-precision scale {@code d} first.
 *
 * <p>Where signs have seven bits for eight weights, the eighth makes the number of minus signs
 * even.
 *
 * <p>Source: the block structures of ggml, {@code ggml-common.h}.
 */
final class IQuants {
  private static final int[] NON_LINEAR = {
    -127, -104, -83, -65, -49, -35, -22, -10, 1, 13, 25, 38, 53, 69, 89, 113
  };

  private IQuants() {}

  /**
   * IQ2_XXS, 66 bytes: {@code d}, then for each 32 weights four bytes that name grid points of
   * eight and a 32-bit number of four times seven bits of signs and, on top, four bits of scale.
   */
  static void iq2ExtraExtraSmall(byte[] source, int from, float[] weights, int to, int blocks) {
    float[] grid = IQuantGrids.IQ2_XXS;
    for (int b = 0; b < blocks; b++, from += 66) {
      float d = half(source, from);
      for (int group = 0; group < 8; group++) {
        int at = from + 2 + group * 8;
        int tail = integer(source, at + 4);
        float step = d * (0.5f + (tail >>> 28)) * 0.25f;
        for (int point = 0; point < 4; point++, to += 8) {
          int signs = evenSigns(bits(tail, 7 * point, 127));
          eight(grid, (source[at + point] & 0xFF) * 8, signs, step, weights, to);
        }
      }
    }
  }

  /**
   * IQ2_XS, 74 bytes: {@code d}, 32 numbers of 16 bits (nine of grid point, seven of signs), then
   * eight bytes with a four-bit scale for each 16 weights.
   */
  static void iq2ExtraSmall(byte[] source, int from, float[] weights, int to, int blocks) {
    float[] grid = IQuantGrids.IQ2_XS;
    for (int b = 0; b < blocks; b++, from += 74) {
      float d = half(source, from);
      for (int point = 0; point < 32; point++, to += 8) {
        int scale = bits(source[from + 66 + (point >> 2)], (point & 2) * 2, 0xF);
        int q = unsignedShort(source, from + 2 + 2 * point);
        eight(grid, (q & 511) * 8, evenSigns(q >> 9), d * (0.5f + scale) * 0.25f, weights, to);
      }
    }
  }

  /**
   * IQ2_S, 82 bytes: {@code d}, the low bytes of 32 grid points, 32 bytes of signs, eight bytes
   * with the two high bits of four grid points each, eight bytes with a four-bit scale for each 16
   * weights.
   */
  static void iq2Small(byte[] source, int from, float[] weights, int to, int blocks) {
    float[] grid = IQuantGrids.IQ2_S;
    for (int b = 0; b < blocks; b++, from += 82) {
      float d = half(source, from);
      for (int point = 0; point < 32; point++, to += 8) {
        int high = bits(source[from + 66 + (point >> 2)], (point & 3) * 2, 3);
        int index = (source[from + 2 + point] & 0xFF) | (high << 8);
        int scale = bits(source[from + 74 + (point >> 2)], (point & 2) * 2, 0xF);
        int signs = source[from + 34 + point];
        eight(grid, index * 8, signs, d * (0.5f + scale) * 0.25f, weights, to);
      }
    }
  }

  /**
   * IQ3_XXS, 98 bytes: {@code d}, 64 bytes that name grid points of four, then for each 32 weights
   * a 32-bit number of signs and scale as in IQ2_XXS.
   */
  static void iq3ExtraExtraSmall(byte[] source, int from, float[] weights, int to, int blocks) {
    float[] grid = IQuantGrids.IQ3_XXS;
    for (int b = 0; b < blocks; b++, from += 98) {
      float d = half(source, from);
      for (int group = 0; group < 8; group++) {
        int tail = integer(source, from + 66 + 4 * group);
        float step = d * (0.5f + (tail >>> 28)) * 0.5f;
        for (int pair = 0; pair < 4; pair++, to += 8) {
          int at = from + 2 + group * 8 + pair * 2;
          int signs = evenSigns(bits(tail, 7 * pair, 127));
          four(grid, (source[at] & 0xFF) * 4, signs, step, weights, to);
          four(grid, (source[at + 1] & 0xFF) * 4, signs >> 4, step, weights, to + 4);
        }
      }
    }
  }

  /**
   * IQ3_S, 110 bytes: {@code d}, the low bytes of 64 grid points, eight bytes with their ninth
   * bits, 32 bytes of signs, four bytes with a four-bit scale for each 32 weights.
   */
  static void iq3Small(byte[] source, int from, float[] weights, int to, int blocks) {
    float[] grid = IQuantGrids.IQ3_S;
    for (int b = 0; b < blocks; b++, from += 110) {
      float d = half(source, from);
      for (int pair = 0; pair < 32; pair++, to += 8) {
        int group = pair >> 2;
        int scale = bits(source[from + 106 + (group >> 1)], (group & 1) * 4, 0xF);
        float step = d * (1 + 2 * scale);
        int high = bits(source[from + 66 + group], (pair & 3) * 2, 3);
        int first = (source[from + 2 + 2 * pair] & 0xFF) | ((high & 1) << 8);
        int second = (source[from + 3 + 2 * pair] & 0xFF) | ((high & 2) << 7);
        int signs = source[from + 74 + pair];
        four(grid, first * 4, signs, step, weights, to);
        four(grid, second * 4, signs >> 4, step, weights, to + 4);
      }
    }
  }

  /** IQ4_NL, 18 bytes: {@code d, qs[16]}, laid out as Q4_0, through the table of values. */
  static void iq4NonLinear(byte[] source, int from, float[] weights, int to, int blocks) {
    for (int b = 0; b < blocks; b++, from += 18, to += 32) {
      nonLinear(source, from + 2, half(source, from), weights, to);
    }
  }

  /**
   * IQ4_XS, 136 bytes: {@code d}, 16 bits with the two high bits of eight scales, four bytes with
   * their four low bits, {@code qs[128]}; each 32 weights as in IQ4_NL, with {@code d * (scale -
   * 32)}.
   */
  static void iq4ExtraSmall(byte[] source, int from, float[] weights, int to, int blocks) {
    for (int b = 0; b < blocks; b++, from += 136) {
      float d = half(source, from);
      int high = unsignedShort(source, from + 2);
      for (int group = 0; group < 8; group++, to += 32) {
        int low = bits(source[from + 4 + (group >> 1)], (group & 1) * 4, 0xF);
        int scale = low | (bits(high, 2 * group, 3) << 4);
        nonLinear(source, from + 8 + group * 16, d * (scale - 32), weights, to);
      }
    }
  }

  private static void nonLinear(byte[] source, int from, float step, float[] weights, int to) {
    for (int i = 0; i < 16; i++) {
      int q = source[from + i];
      weights[to + i] = step * NON_LINEAR[q & 0xF];
      weights[to + 16 + i] = step * NON_LINEAR[bits(q, 4, 0xF)];
    }
  }

  private static int evenSigns(int seven) {
    return seven | ((Integer.bitCount(seven) & 1) << 7);
  }

  private static void eight(
      float[] grid, int point, int signs, float step, float[] weights, int to) {
    for (int i = 0; i < 8; i++) {
      weights[to + i] = signed(step * grid[point + i], signs >> i);
    }
  }

  private static void four(
      float[] grid, int point, int signs, float step, float[] weights, int to) {
    for (int i = 0; i < 4; i++) {
      weights[to + i] = signed(step * grid[point + i], signs >> i);
    }
  }

  private static float signed(float value, int sign) {
    return Float.intBitsToFloat(Float.floatToRawIntBits(value) ^ (sign << 31));
  }
}
