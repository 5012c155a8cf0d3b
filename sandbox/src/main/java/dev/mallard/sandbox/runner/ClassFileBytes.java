package dev.mallard.sandbox.runner;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * A compiled class.
 *
 * @param name its binary name, such as {@code java.util.Map$Entry}
 * @param bytes its class file; not copied, and not to be changed
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared.
public record ClassFileBytes(String name, byte[] bytes) {
  void write(DataOutput out) throws IOException {
    Wire.writeText(name, out);
    Wire.writeBytes(bytes, out);
  }

  static ClassFileBytes read(DataInput in) throws IOException {
    return new ClassFileBytes(Wire.readText(in), Wire.readBytes(in));
  }
}
