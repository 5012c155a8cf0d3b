package dev.mallard.generator.checkpoint;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Turns the stored blocks of one tensor type into float32 weights. */
@FunctionalInterface
interface BlockDecoder {
  VarHandle SHORT =
      MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN)
          .withInvokeExactBehavior();
  VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN)
          .withInvokeExactBehavior();

  /**
   * Decodes blocks that lie one after the other.
   *
   * @param source the stored bytes
   * @param from where the first block begins in {@code source}
   * @param weights receives the decoded weights
   * @param to where the first weight goes in {@code weights}
   * @param blocks how many blocks
   */
  void decode(byte[] source, int from, float[] weights, int to, int blocks);

  /** The bits of a number from {@code shift} on that {@code mask} covers. */
  static int bits(int value, int shift, int mask) {
    return (value >> shift) & mask;
  }

  /** An IEEE 754 half-precision number, little-endian. */
  static float half(byte[] source, int at) {
    return Float.float16ToFloat((short) SHORT.get(source, at));
  }

  /** An unsigned 16-bit number, little-endian. */
  static int unsignedShort(byte[] source, int at) {
    return (short) SHORT.get(source, at) & 0xFFFF;
  }

  /** A 32-bit number, little-endian. */
  static int integer(byte[] source, int at) {
    return (int) INT.get(source, at);
  }
}
