package dev.mallard.generator.checkpoint;

import dev.mallard.generator.UserException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads the elements of a GGUF header one after the other. Whatever lengths and counts the header
 * claims, no more memory is taken than the file's size and fixed limits allow.
 */
final class GgufCursor {
  private static final int BUFFER_BYTES = 1 << 16;
  private static final int MAXIMUM_STRING_BYTES = 1 << 24;
  private static final int MAXIMUM_ELEMENTS = 1 << 22;

  private static final int UINT8 = 0;
  private static final int INT8 = 1;
  private static final int UINT16 = 2;
  private static final int INT16 = 3;
  private static final int UINT32 = 4;
  private static final int INT32 = 5;
  private static final int FLOAT32 = 6;
  private static final int BOOL = 7;
  private static final int STRING = 8;
  private static final int ARRAY = 9;
  private static final int UINT64 = 10;
  private static final int INT64 = 11;
  private static final int FLOAT64 = 12;

  private final MappedFile file;
  private final byte[] buffer = new byte[BUFFER_BYTES];
  private long bufferOffset;
  private int bufferLength;
  private long position;
  private int elements;

  GgufCursor(MappedFile file) {
    this.file = file;
  }

  long position() {
    return position;
  }

  long remaining() {
    return file.size() - position;
  }

  /** A little-endian number of 1 to 8 bytes, not extended by its sign. */
  private long bytes(int count) {
    int at = require(count);
    long value = 0;
    for (int i = count - 1; i >= 0; i--) {
      value = (value << 8) | (buffer[at + i] & 0xFF);
    }
    position += count;
    return value;
  }

  int int32() {
    return (int) bytes(4);
  }

  /** An unsigned 64-bit number that counts or places something in the file. */
  long length(String what) {
    long length = bytes(8);
    if (length < 0) {
      throw corrupt("the " + what + " is absurd");
    }
    return length;
  }

  String string() {
    long length = length("length of a text");
    if (length > remaining()) {
      throw GgufHeader.truncated(file.path());
    }
    if (length > MAXIMUM_STRING_BYTES) {
      throw corrupt("a text in the header is too long");
    }
    int count = (int) length;
    String text;
    if (count <= BUFFER_BYTES) {
      text = new String(buffer, require(count), count, StandardCharsets.UTF_8);
    } else {
      byte[] copy = new byte[count];
      file.read(position, copy, count);
      text = new String(copy, StandardCharsets.UTF_8);
    }
    position += count;
    return text;
  }

  /** A value with its type before it. */
  Object value() {
    int type = int32();
    return type == ARRAY ? array() : scalar(type);
  }

  private List<Object> array() {
    int type = int32();
    long count = length("length of a list");
    if (count > remaining()) {
      throw GgufHeader.truncated(file.path());
    }
    if (count > MAXIMUM_ELEMENTS - elements) {
      throw corrupt("the lists in its header are too long");
    }
    elements += (int) count;
    List<Object> values = new ArrayList<>();
    for (long i = 0; i < count; i++) {
      values.add(scalar(type));
    }
    return List.copyOf(values);
  }

  private Object scalar(int type) {
    return switch (type) {
      case UINT8 -> bytes(1);
      case INT8 -> (long) (byte) bytes(1);
      case UINT16 -> bytes(2);
      case INT16 -> (long) (short) bytes(2);
      case UINT32 -> bytes(4);
      case INT32 -> (long) int32();
      case FLOAT32 -> (double) Float.intBitsToFloat(int32());
      case BOOL -> bytes(1) != 0;
      case STRING -> string();
      case UINT64, INT64 -> bytes(8);
      case FLOAT64 -> Double.longBitsToDouble(bytes(8));
      case ARRAY -> throw corrupt("its header has a list of lists");
      default -> throw corrupt("its header has a value of type " + Integer.toUnsignedString(type));
    };
  }

  /** Makes the next bytes lie in the buffer and says where. */
  private int require(int count) {
    if (count > remaining()) {
      throw GgufHeader.truncated(file.path());
    }
    if (position + count > bufferOffset + bufferLength) {
      bufferOffset = position;
      bufferLength = (int) Math.min(BUFFER_BYTES, remaining());
      file.read(position, buffer, bufferLength);
    }
    return (int) (position - bufferOffset);
  }

  UserException corrupt(String what) {
    return GgufHeader.corrupt(file.path(), what);
  }
}
