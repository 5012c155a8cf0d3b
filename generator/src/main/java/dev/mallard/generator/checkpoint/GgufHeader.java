package dev.mallard.generator.checkpoint;

import dev.mallard.generator.UserException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What stands before the data in a GGUF file of version 2 or 3: metadata, and where each tensor
 * lies.
 *
 * <p>Source: the GGUF specification in ggml's {@code docs/gguf.md}.
 *
 * @param tensors by the names of the file
 * @param bytes length of the header
 */
record GgufHeader(GgufMetadata metadata, Map<String, StoredTensor> tensors, long bytes) {
  private static final int MAGIC = 0x46554747; // "GGUF"
  private static final int MAXIMUM_DIMENSIONS = 4;
  private static final int MAXIMUM_NAME = 1024;
  private static final long SMALLEST_TENSOR_ENTRY = 8 + 4 + 8 + 4 + 8;
  private static final long SMALLEST_KEY_VALUE = 8 + 4 + 1;
  private static final long DEFAULT_ALIGNMENT = 32;
  private static final long MAXIMUM_ALIGNMENT = 1 << 20;

  /** A tensor as the directory has it, before it is known where the data begins. */
  private record Entry(String name, TensorType type, List<Integer> shape, long offset) {
    long byteSize() {
      long weights = 1;
      for (int size : shape) {
        weights = Math.multiplyExact(weights, size);
      }
      return type.bytes(weights);
    }
  }

  /** Whether a file begins as a GGUF file does. */
  static boolean isGguf(MappedFile file) {
    return file.size() >= 4 && new GgufCursor(file).int32() == MAGIC;
  }

  /**
   * Reads and checks a header.
   *
   * @throws UserException if the file is no GGUF file, is cut short, or makes no sense
   */
  static GgufHeader read(MappedFile file) {
    if (!isGguf(file)) {
      throw new UserException(file.path() + " is not a GGUF file.");
    }
    GgufCursor cursor = new GgufCursor(file);
    cursor.int32();
    checkVersion(file.path(), cursor.int32());
    long tensorCount = cursor.length("number of tensors");
    long valueCount = cursor.length("number of keys");
    if (tensorCount > cursor.remaining() / SMALLEST_TENSOR_ENTRY
        || valueCount > cursor.remaining() / SMALLEST_KEY_VALUE) {
      throw corrupt(file.path(), "it claims more keys or tensors than it has room for");
    }
    GgufMetadata metadata = new GgufMetadata(file.path(), readValues(cursor, valueCount));
    List<Entry> entries = new ArrayList<>();
    for (long i = 0; i < tensorCount; i++) {
      entries.add(readEntry(file.path(), cursor));
    }
    long alignment = metadata.integer("general.alignment").orElse(DEFAULT_ALIGNMENT);
    if (alignment <= 0 || alignment > MAXIMUM_ALIGNMENT || Long.bitCount(alignment) != 1) {
      throw corrupt(file.path(), "its alignment is " + alignment);
    }
    long dataOffset = (cursor.position() + alignment - 1) / alignment * alignment;
    return new GgufHeader(metadata, place(file, entries, dataOffset, alignment), cursor.position());
  }

  private static void checkVersion(Path path, int version) {
    if (version == 2 || version == 3) {
      return;
    }
    int reversed = Integer.reverseBytes(version);
    throw new UserException(
        reversed > 0 && reversed < 1000
            ? path + " is a big-endian GGUF file, and Mallard reads little-endian ones only."
            : path
                + " is a GGUF file of version "
                + Integer.toUnsignedString(version)
                + ", and Mallard reads versions 2 and 3.");
  }

  private static Map<String, Object> readValues(GgufCursor cursor, long count) {
    Map<String, Object> values = new HashMap<>();
    for (long i = 0; i < count; i++) {
      String key = cursor.string();
      if (values.put(key, cursor.value()) != null) {
        throw cursor.corrupt("it has the key " + quoted(key) + " twice");
      }
    }
    return values;
  }

  private static Entry readEntry(Path path, GgufCursor cursor) {
    String name = cursor.string();
    if (name.isEmpty() || name.length() > MAXIMUM_NAME) {
      throw cursor.corrupt("a tensor's name is empty or too long");
    }
    int dimensions = cursor.int32();
    if (dimensions < 1 || dimensions > MAXIMUM_DIMENSIONS) {
      throw cursor.corrupt(
          "the tensor "
              + quoted(name)
              + " has "
              + Integer.toUnsignedString(dimensions)
              + " dimensions");
    }
    List<Integer> shape = new ArrayList<>();
    long weights = 1;
    for (int i = 0; i < dimensions; i++) {
      long size = cursor.length("size of the tensor " + quoted(name));
      if (size < 1 || size > Integer.MAX_VALUE || weights > (1L << 48) / size) {
        throw cursor.corrupt("the size of the tensor " + quoted(name) + " is absurd");
      }
      weights *= size;
      shape.addFirst((int) size); // The file has the innermost size first.
    }
    int typeId = cursor.int32();
    TensorType type =
        TensorType.withId(typeId)
            .orElseThrow(() ->
                new UserException(
                    path
                        + " has tensors of the quantization type "
                        + TensorType.nameOf(typeId)
                        + ", which Mallard does not support; take a file of another"
                        + " quantization, such as Q4_K_M or Q8_0."));
    if (shape.getLast() % type.blockWeights() != 0) {
      throw cursor.corrupt("the rows of the tensor " + quoted(name) + " are not whole blocks");
    }
    long offset = cursor.length("offset of the tensor " + quoted(name));
    return new Entry(name, type, shape, offset);
  }

  /** Checks that the tensors lie in the file, apart from each other. */
  private static Map<String, StoredTensor> place(
      MappedFile file, List<Entry> entries, long dataOffset, long alignment) {
    Map<String, StoredTensor> tensors = new LinkedHashMap<>();
    long end = 0;
    for (Entry entry : entries.stream().sorted(Comparator.comparingLong(Entry::offset)).toList()) {
      if (entry.offset() % alignment != 0) {
        throw corrupt(file.path(), "the tensor " + quoted(entry.name()) + " is misaligned");
      }
      if (entry.offset() < end) {
        throw corrupt(file.path(), "the tensor " + quoted(entry.name()) + " overlaps another");
      }
      if (entry.offset() > file.size() - dataOffset
          || entry.byteSize() > file.size() - dataOffset - entry.offset()) {
        throw truncated(file.path());
      }
      end = entry.offset() + entry.byteSize();
      StoredTensor tensor =
          new StoredTensor(entry.type(), entry.shape(), file, dataOffset + entry.offset());
      if (tensors.put(entry.name(), tensor) != null) {
        throw corrupt(file.path(), "it has the tensor " + quoted(entry.name()) + " twice");
      }
    }
    return tensors;
  }

  /** A name out of the file as a message may show it: short, and without control characters. */
  static String quoted(String name) {
    String plain = name.replaceAll("[\\p{Cntrl}\\p{Cs}\\p{Cf}]", "?");
    return plain.length() > 100 ? plain.substring(0, 100) + "..." : plain;
  }

  static UserException truncated(Path path) {
    return new UserException(
        "The GGUF file " + path + " is cut short or corrupt; download it again.");
  }

  static UserException corrupt(Path path, String what) {
    return new UserException(
        "The GGUF file " + path + " is corrupt: " + what + "; download it again.");
  }
}
