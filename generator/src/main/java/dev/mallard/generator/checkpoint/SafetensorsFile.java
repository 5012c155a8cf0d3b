package dev.mallard.generator.checkpoint;

import dev.mallard.generator.UserException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * A safetensors file: the length of the header as eight bytes, a JSON header that says where each
 * tensor lies, then the tensors.
 *
 * <p>Source: the format's description in Hugging Face's {@code safetensors} repository.
 *
 * @param tensors those of float types; a model's others are never weights of the decoder
 * @param headerBytes length of all that stands before the tensors
 */
record SafetensorsFile(MappedFile file, Map<String, StoredTensor> tensors, long headerBytes)
    implements WeightsFile {
  private static final int LENGTH_BYTES = 8;
  private static final int MAXIMUM_HEADER = 100_000_000;
  private static final long MAXIMUM_WEIGHTS = 1L << 32;

  private record Range(String name, long begin, long end) {}

  /**
   * Opens a file and checks all of its header.
   *
   * @throws UserException if it is missing, no safetensors file, cut short or makes no sense
   */
  static SafetensorsFile open(Path path) {
    MappedFile file = MappedFile.open(path);
    boolean opened = false;
    try {
      SafetensorsFile result = read(file);
      opened = true;
      return result;
    } finally {
      if (!opened) {
        file.close();
      }
    }
  }

  private static SafetensorsFile read(MappedFile file) {
    if (file.size() < LENGTH_BYTES) {
      throw truncated(file.path());
    }
    byte[] prefix = new byte[LENGTH_BYTES];
    file.read(0, prefix, LENGTH_BYTES);
    long length = ByteBuffer.wrap(prefix).order(ByteOrder.LITTLE_ENDIAN).getLong();
    if (length < 2 || length > MAXIMUM_HEADER) {
      throw corrupt(file.path(), "the length of its header is absurd");
    }
    if (length > file.size() - LENGTH_BYTES) {
      throw truncated(file.path());
    }
    byte[] everything = new byte[LENGTH_BYTES + (int) length];
    file.read(0, everything, everything.length);
    byte[] json = Arrays.copyOfRange(everything, LENGTH_BYTES, everything.length);
    JsonNode header = JsonFiles.parseObject(json, "The header of " + file.path());
    Map<String, StoredTensor> tensors = new LinkedHashMap<>();
    List<Range> ranges = new ArrayList<>();
    for (Map.Entry<String, JsonNode> entry : header.properties()) {
      if (!entry.getKey().equals("__metadata__")) {
        Range range = range(file, everything.length, entry.getKey(), entry.getValue());
        ranges.add(range);
        tensor(file, everything.length + range.begin(), range, entry.getValue())
            .ifPresent(tensor -> tensors.put(entry.getKey(), tensor));
      }
    }
    checkApart(file.path(), ranges);
    return new SafetensorsFile(file, tensors, everything.length);
  }

  private static Range range(MappedFile file, long dataOffset, String name, JsonNode entry) {
    JsonNode offsets = entry.path("data_offsets");
    if (!offsets.isArray()
        || offsets.size() != 2
        || !offsets.path(0).isIntegralNumber()
        || !offsets.path(1).isIntegralNumber()
        || !offsets.path(0).canConvertToLong()
        || !offsets.path(1).canConvertToLong()
        || offsets.path(0).longValue() < 0
        || offsets.path(1).longValue() < offsets.path(0).longValue()) {
      throw corrupt(file.path(), "the offsets of " + GgufHeader.quoted(name) + " are absurd");
    }
    if (offsets.path(1).longValue() > file.size() - dataOffset) {
      throw truncated(file.path());
    }
    return new Range(name, offsets.path(0).longValue(), offsets.path(1).longValue());
  }

  private static Optional<StoredTensor> tensor(
      MappedFile file, long offset, Range range, JsonNode entry) {
    Optional<TensorType> type =
        switch (entry.path("dtype").asString("")) {
          case "F32" -> Optional.of(TensorType.F32);
          case "F16" -> Optional.of(TensorType.F16);
          case "BF16" -> Optional.of(TensorType.BF16);
          default -> Optional.empty();
        };
    List<Integer> shape = new ArrayList<>();
    long weights = 1;
    for (JsonNode size : entry.path("shape")) {
      if (!size.isIntegralNumber() || !size.canConvertToInt() || size.intValue() < 0) {
        throw corrupt(
            file.path(), "the shape of " + GgufHeader.quoted(range.name()) + " is absurd");
      }
      shape.add(size.intValue());
      weights = product(weights, size.intValue());
    }
    if (type.isEmpty() || shape.isEmpty() || weights == 0) {
      return Optional.empty();
    }
    if (weights > MAXIMUM_WEIGHTS || type.get().bytes(weights) != range.end() - range.begin()) {
      throw corrupt(
          file.path(),
          "the size of " + GgufHeader.quoted(range.name()) + " is not that of its shape");
    }
    return Optional.of(new StoredTensor(type.get(), shape, file, offset));
  }

  /** A product of sizes, where all that are too large for a file are as good as each other. */
  private static long product(long weights, int size) {
    return size == 0 ? 0 : weights > MAXIMUM_WEIGHTS ? weights : weights * size;
  }

  private static void checkApart(Path path, List<Range> ranges) {
    long end = 0;
    for (Range range : ranges.stream().sorted(Comparator.comparingLong(Range::begin)).toList()) {
      if (range.begin() < end) {
        throw corrupt(path, "the tensor " + GgufHeader.quoted(range.name()) + " overlaps another");
      }
      end = range.end();
    }
  }

  private static UserException truncated(Path path) {
    return new UserException(
        "The safetensors file " + path + " is cut short or corrupt; download it again.");
  }

  private static UserException corrupt(Path path, String what) {
    return new UserException(
        "The safetensors file " + path + " is corrupt: " + what + "; download it again.");
  }

  @Override
  public void digest(MessageDigest digest) {
    file.digest(digest, headerBytes);
  }

  @Override
  public void close() {
    file.close();
  }
}
