package dev.mallard.sandbox.runner;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** How strings, byte arrays and lists travel between the executor and a runner. */
final class Wire {
  private Wire() {}

  /** Writes or reads one element of a list. */
  interface Writer<T> {
    void write(T value) throws IOException;
  }

  /** Reads one element of a list. */
  interface Reader<T> {
    T read() throws IOException;
  }

  static void writeBytes(byte[] bytes, DataOutput out) throws IOException {
    out.writeInt(bytes.length);
    out.write(bytes);
  }

  /** What was read has been authenticated, or comes from the executor: its length is believed. */
  static byte[] readBytes(DataInput in) throws IOException {
    byte[] bytes = new byte[in.readInt()];
    in.readFully(bytes);
    return bytes;
  }

  static void writeText(String text, DataOutput out) throws IOException {
    writeBytes(text.getBytes(StandardCharsets.UTF_8), out);
  }

  static String readText(DataInput in) throws IOException {
    return new String(readBytes(in), StandardCharsets.UTF_8);
  }

  static <T> void writeList(List<T> values, DataOutput out, Writer<T> writer) throws IOException {
    out.writeInt(values.size());
    for (T value : values) {
      writer.write(value);
    }
  }

  static <T> List<T> readList(DataInput in, Reader<T> reader) throws IOException {
    int count = in.readInt();
    List<T> values = new ArrayList<>();
    for (int index = 0; index < count; index++) {
      values.add(reader.read());
    }
    return List.copyOf(values);
  }

  static void writeOptional(Optional<String> text, DataOutput out) throws IOException {
    out.writeBoolean(text.isPresent());
    if (text.isPresent()) {
      writeText(text.get(), out);
    }
  }

  static Optional<String> readOptional(DataInput in) throws IOException {
    return in.readBoolean() ? Optional.of(readText(in)) : Optional.empty();
  }
}
