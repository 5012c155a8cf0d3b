package dev.mallard.sandbox.runner;

import dev.mallard.sandbox.DataValue;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.math.BigInteger;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Writes and reads {@link DataValue}s. */
final class DataValueCodec {
  private DataValueCodec() {}

  static void write(DataValue value, DataOutput out) throws IOException {
    switch (value) {
      case DataValue.Null() -> out.writeByte('n');
      case DataValue.Bool(boolean bool) -> {
        out.writeByte('b');
        out.writeBoolean(bool);
      }
      case DataValue.Whole(BigInteger whole) -> {
        out.writeByte('w');
        Wire.writeBytes(whole.toByteArray(), out);
      }
      case DataValue.Real(double real) -> {
        out.writeByte('r');
        out.writeDouble(real);
      }
      case DataValue.Text(String text) -> {
        out.writeByte('t');
        Wire.writeText(text, out);
      }
      case DataValue.Sequence(List<DataValue> elements) -> {
        out.writeByte('s');
        Wire.writeList(elements, out, element -> write(element, out));
      }
      case DataValue.Mapping(Map<String, DataValue> entries) -> {
        out.writeByte('m');
        out.writeInt(entries.size());
        for (Map.Entry<String, DataValue> entry : entries.entrySet()) {
          Wire.writeText(entry.getKey(), out);
          write(entry.getValue(), out);
        }
      }
    }
  }

  static DataValue read(DataInput in) throws IOException {
    byte tag = in.readByte();
    return switch (tag) {
      case 'n' -> new DataValue.Null();
      case 'b' -> new DataValue.Bool(in.readBoolean());
      case 'w' -> new DataValue.Whole(new BigInteger(Wire.readBytes(in)));
      case 'r' -> new DataValue.Real(in.readDouble());
      case 't' -> new DataValue.Text(Wire.readText(in));
      case 's' -> new DataValue.Sequence(Wire.readList(in, () -> read(in)));
      case 'm' -> {
        int count = in.readInt();
        Map<String, DataValue> entries = new LinkedHashMap<>();
        for (int index = 0; index < count; index++) {
          entries.put(Wire.readText(in), read(in));
        }
        yield new DataValue.Mapping(entries);
      }
      default -> throw new IOException("No value begins with " + tag);
    };
  }
}
