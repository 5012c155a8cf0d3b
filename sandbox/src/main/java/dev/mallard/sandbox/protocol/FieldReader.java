package dev.mallard.sandbox.protocol;

import dev.mallard.sandbox.Verdict.Test;
import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads the components of messages from one frame; {@link MessageCodec} describes the format. */
final class FieldReader {
  private final ByteBuffer frame;

  FieldReader(ByteBuffer frame) {
    this.frame = frame;
  }

  int kind() throws IOException {
    need(Byte.BYTES);
    return Byte.toUnsignedInt(frame.get());
  }

  int integer() throws IOException {
    need(Integer.BYTES);
    return frame.getInt();
  }

  double real() throws IOException {
    need(Double.BYTES);
    return frame.getDouble();
  }

  long count() throws IOException {
    need(Long.BYTES);
    return frame.getLong();
  }

  boolean flag() throws IOException {
    int flag = kind();
    if (flag > 1) {
      throw new IOException("Neither true nor false: " + flag);
    }
    return flag == 1;
  }

  Duration duration() throws IOException {
    need(Long.BYTES);
    return Duration.ofNanos(frame.getLong());
  }

  String string() throws IOException {
    int length = integer();
    if (length < 0 || length > frame.remaining() / Character.BYTES) {
      throw new IOException("A string of " + length + " characters does not fit its frame");
    }
    String value = frame.slice().asCharBuffer().limit(length).toString();
    frame.position(frame.position() + length * Character.BYTES);
    return value;
  }

  Test test() throws IOException {
    return new Test(integer(), string());
  }

  <T> Optional<T> optional(Decoder<T> decoder) throws IOException {
    return flag() ? Optional.of(decoder.decode()) : Optional.empty();
  }

  /** A list; each of its elements takes at least one byte of the frame. */
  <T> List<T> list(Decoder<T> decoder) throws IOException {
    int size = integer();
    if (size < 0 || size > frame.remaining()) {
      throw new IOException("A list of " + size + " elements does not fit its frame");
    }
    List<T> values = new ArrayList<>();
    for (int index = 0; index < size; index++) {
      values.add(decoder.decode());
    }
    return values;
  }

  /** Checks that the frame holds nothing more. */
  void end() throws IOException {
    if (frame.hasRemaining()) {
      throw new IOException("A frame has " + frame.remaining() + " bytes too many");
    }
  }

  private void need(int bytes) throws IOException {
    if (frame.remaining() < bytes) {
      throw new IOException("A frame is too short", new BufferUnderflowException());
    }
  }

  /** Reads what an optional or a list holds. */
  @FunctionalInterface
  interface Decoder<T> {
    T decode() throws IOException;
  }
}
