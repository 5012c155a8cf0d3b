package dev.mallard.generator.checkpoint;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.CRC32;

/**
 * Writes PyTorch files, sound ones and others: a zip of entries as they are, around a pickle that
 * is put together from instructions. In strings a character is a byte.
 */
final class PyTorchBuilder {
  private static final String PICKLE = "data.pkl";

  private final Map<String, byte[]> entries = new LinkedHashMap<>();
  private final ByteArrayOutputStream file = new ByteArrayOutputStream();
  private int method;
  private int flags = 1 << 11;
  private int lost;
  private boolean zip64;

  /** A file with one pickle and nothing else. */
  static PyTorchBuilder of(String pickle) {
    return new PyTorchBuilder().entry(PICKLE, bytes(pickle));
  }

  /** A file of one tensor {@code x} that takes its weights from the storage {@code 0}. */
  static PyTorchBuilder tensor(
      String storageType, long numel, long offset, long[] shape, long[] strides) {
    return of("\u0080\2}" + item("x", storageType, numel, offset, shape, strides) + ".");
  }

  /** Instructions that set a dictionary's item to a tensor. */
  static String item(
      String name, String storageType, long numel, long offset, long[] shape, long[] strides) {
    return string(name)
        + "ctorch._utils\n_rebuild_tensor_v2\n("
        + ("(" + string("storage") + "ctorch\n" + storageType + "\n")
        + (string("0") + string("cpu") + integer(numel) + "tQ")
        + (integer(offset) + tuple(shape) + tuple(strides) + "\u0089")
        + "ccollections\nOrderedDict\n)RtRs";
  }

  static String string(String value) {
    return "X" + text(GgufBuilder.int32(value.length())) + value;
  }

  static String integer(long value) {
    return "\u008a\10" + text(GgufBuilder.int64(value));
  }

  static String tuple(long... values) {
    StringBuilder tuple = new StringBuilder("(");
    for (long value : values) {
      tuple.append(integer(value));
    }
    return tuple.append("t").toString();
  }

  PyTorchBuilder entry(String name, byte[] content) {
    entries.put(name, content);
    return this;
  }

  PyTorchBuilder floats(String name, int count) {
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    for (int i = 0; i < count; i++) {
      content.writeBytes(GgufBuilder.int32(Float.floatToIntBits(i)));
    }
    return entry(name, content.toByteArray());
  }

  PyTorchBuilder deflated() {
    method = 8;
    return this;
  }

  PyTorchBuilder encrypted() {
    flags |= 1;
    return this;
  }

  /** Writes all sizes and places as files over 4 GiB have them. */
  PyTorchBuilder zip64() {
    zip64 = true;
    return this;
  }

  /** Leaves bytes of the zip64 fields away. */
  PyTorchBuilder zip64WithLost(int bytes) {
    lost = bytes;
    return zip64();
  }

  byte[] build() {
    ByteArrayOutputStream directory = new ByteArrayOutputStream();
    entries.forEach((name, content) -> {
      byte[] path = bytes("archive/" + name);
      long place = file.size();
      int size = zip64 ? -1 : content.length;
      file.writeBytes(GgufBuilder.int32(0x04034b50));
      writeCommon(file, content, size, path.length, 5);
      file.writeBytes(path);
      file.writeBytes(new byte[] {'F', 'B', 1, 0, 'Z'});
      file.writeBytes(content);
      directory.writeBytes(GgufBuilder.int32(0x02014b50));
      directory.writeBytes(int16(45));
      writeCommon(directory, content, size, path.length, zip64 ? 33 - lost : 5);
      directory.writeBytes(new byte[10]);
      directory.writeBytes(GgufBuilder.int32(zip64 ? -1 : (int) place));
      directory.writeBytes(path);
      directory.writeBytes(new byte[] {'F', 'B', 1, 0, 'Z'});
      if (zip64) {
        directory.writeBytes(int16(1));
        directory.writeBytes(int16(24 - lost));
        byte[] sizes =
            bytes(
                text(GgufBuilder.int64(content.length)).repeat(2) + text(GgufBuilder.int64(place)));
        directory.write(sizes, 0, sizes.length - lost);
      }
    });
    writeEnd(directory.toByteArray());
    return file.toByteArray();
  }

  private void writeCommon(
      ByteArrayOutputStream to, byte[] content, int size, int nameLength, int extraLength) {
    CRC32 checksum = new CRC32();
    checksum.update(content);
    to.writeBytes(int16(45));
    to.writeBytes(int16(flags));
    to.writeBytes(int16(method));
    to.writeBytes(new byte[4]);
    to.writeBytes(GgufBuilder.int32((int) checksum.getValue()));
    to.writeBytes(GgufBuilder.int32(size));
    to.writeBytes(GgufBuilder.int32(size));
    to.writeBytes(int16(nameLength));
    to.writeBytes(int16(extraLength));
  }

  private void writeEnd(byte[] directory) {
    int place = file.size();
    file.writeBytes(directory);
    if (zip64) {
      int end = file.size();
      file.writeBytes(GgufBuilder.int32(0x06064b50));
      file.writeBytes(GgufBuilder.int64(44));
      file.writeBytes(new byte[12]);
      file.writeBytes(GgufBuilder.int64(entries.size()));
      file.writeBytes(GgufBuilder.int64(entries.size()));
      file.writeBytes(GgufBuilder.int64(directory.length));
      file.writeBytes(GgufBuilder.int64(place));
      file.writeBytes(GgufBuilder.int32(0x07064b50));
      file.writeBytes(GgufBuilder.int32(0));
      file.writeBytes(GgufBuilder.int64(end));
      file.writeBytes(GgufBuilder.int32(1));
    }
    file.writeBytes(GgufBuilder.int32(0x06054b50));
    file.writeBytes(new byte[4]);
    file.writeBytes(int16(zip64 ? 0xFFFF : entries.size()));
    file.writeBytes(int16(zip64 ? 0xFFFF : entries.size()));
    file.writeBytes(GgufBuilder.int32(zip64 ? -1 : directory.length));
    file.writeBytes(GgufBuilder.int32(zip64 ? -1 : place));
    file.writeBytes(int16(0));
  }

  private static byte[] int16(int value) {
    return new byte[] {(byte) value, (byte) (value >> 8)};
  }

  static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }
}
