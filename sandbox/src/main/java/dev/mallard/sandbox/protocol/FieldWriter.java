package dev.mallard.sandbox.protocol;

import dev.mallard.sandbox.Verdict.Test;
import java.io.DataOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.Collection;
import java.util.Optional;

/** Writes the components of messages; {@link MessageCodec} describes the format. */
final class FieldWriter {
  private final DataOutputStream out;

  FieldWriter(DataOutputStream out) {
    this.out = out;
  }

  void kind(int kind) throws IOException {
    out.writeByte(kind);
  }

  void integer(int value) throws IOException {
    out.writeInt(value);
  }

  void real(double value) throws IOException {
    out.writeDouble(value);
  }

  void count(long value) throws IOException {
    out.writeLong(value);
  }

  void flag(boolean value) throws IOException {
    out.writeBoolean(value);
  }

  void duration(Duration value) throws IOException {
    out.writeLong(value.toNanos());
  }

  void string(String value) throws IOException {
    out.writeInt(value.length());
    out.writeChars(value);
  }

  void test(Test test) throws IOException {
    integer(test.number());
    string(test.source());
  }

  <T> void optional(Optional<T> value, Encoder<T> encoder) throws IOException {
    out.writeBoolean(value.isPresent());
    if (value.isPresent()) {
      encoder.encode(value.get());
    }
  }

  <T> void list(Collection<T> values, Encoder<T> encoder) throws IOException {
    integer(values.size());
    for (T value : values) {
      encoder.encode(value);
    }
  }

  /** Writes what an optional or a list holds. */
  @FunctionalInterface
  interface Encoder<T> {
    void encode(T value) throws IOException;
  }
}
