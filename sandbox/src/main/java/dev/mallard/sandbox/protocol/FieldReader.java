package dev.mallard.sandbox.protocol;

import dev.mallard.sandbox.Verdict.Test;
import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.time.Duration;
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
    int present = kind();
    if (present > 1) {
      throw new IOException("Neither true nor false: " + present);
    }
    return present == 1 ? Optional.of(decoder.decode()) : Optional.empty();
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

  /** Reads what an optional holds. */
  @FunctionalInterface
  interface Decoder<T> {
    T decode() throws IOException;
  }
}
