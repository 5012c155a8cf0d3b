package dev.mallard.sandbox.runner;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * Something that was thrown, and where.
 *
 * @param type name of its class, without the package
 * @param message what it says, cut; empty for nothing
 * @param line line of the program, 0 for none
 * @param ofTests whether it is an assertion error of the tests' own
 * @param outOfMemory whether it is an {@code OutOfMemoryError}
 */
public record Problem(String type, String message, int line, boolean ofTests, boolean outOfMemory) {
  void write(DataOutput out) throws IOException {
    Wire.writeText(type, out);
    Wire.writeText(message, out);
    out.writeInt(line);
    out.writeBoolean(ofTests);
    out.writeBoolean(outOfMemory);
  }

  static Problem read(DataInput in) throws IOException {
    return new Problem(
        Wire.readText(in), Wire.readText(in), in.readInt(), in.readBoolean(), in.readBoolean());
  }
}
