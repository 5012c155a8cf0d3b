package dev.mallard.generator.checkpoint;

import dev.mallard.generator.UserException;
import dev.mallard.generator.checkpoint.StateDictUnpickler.PickledTensor;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A state dict that {@code torch.save} wrote: a zip file with a pickle, {@code NAME/data.pkl}, that
 * describes the tensors, and their weights in entries {@code NAME/data/KEY}.
 *
 * <p>Source: {@code torch/serialization.py} of PyTorch 2.7. Several tensors may share an entry, as
 * tied weights do.
 *
 * @param tensors those that have weights; single numbers are never weights of the decoder
 * @param pickle the content of {@code data.pkl}
 */
record PyTorchFile(
    MappedFile file, Map<String, StoredTensor> tensors, StoredZip zip, StoredZip.Bytes pickle)
    implements WeightsFile {
  private static final String PICKLE = "/data.pkl";
  private static final byte[] PICKLE_START = {(byte) 0x80};
  private static final byte[] TAR_MARK = "ustar".getBytes(StandardCharsets.US_ASCII);
  private static final int TAR_MARK_OFFSET = 257;
  private static final int MAXIMUM_PICKLE = 1 << 25;
  private static final long MAXIMUM_WEIGHTS = 1L << 32;

  /**
   * Opens a file, and checks where each of its tensors lies.
   *
   * @throws UserException if it is missing, cut short, of an older format, or asks for anything but
   *     tensors of float types that lie row by row
   */
  static PyTorchFile open(Path path) {
    MappedFile file = MappedFile.open(path);
    boolean opened = false;
    try {
      PyTorchFile result = read(file);
      opened = true;
      return result;
    } finally {
      if (!opened) {
        file.close();
      }
    }
  }

  private static PyTorchFile read(MappedFile file) {
    if (!StoredZip.isZip(file)) {
      throw notAZip(file);
    }
    StoredZip zip = StoredZip.read(file);
    List<String> pickles =
        zip.entries().keySet().stream().filter(name -> name.endsWith(PICKLE)).toList();
    if (pickles.size() != 1) {
      throw corrupt(file.path(), "it has " + pickles.size() + " lists of tensors instead of one");
    }
    String prefix = pickles.getFirst().substring(0, pickles.getFirst().length() - PICKLE.length());
    checkByteOrder(file, zip, prefix);
    StoredZip.Entry entry = zip.find(prefix + PICKLE).orElseThrow();
    if (entry.size() > MAXIMUM_PICKLE) {
      throw corrupt(file.path(), "its list of tensors is too long");
    }
    byte[] pickle = content(file, entry);
    Map<String, StoredTensor> tensors = new LinkedHashMap<>();
    StateDictUnpickler.read(file.path().toString(), pickle)
        .forEach((name, tensor) ->
            place(file, zip, prefix, name, tensor).ifPresent(placed -> tensors.put(name, placed)));
    return new PyTorchFile(file, tensors, zip, new StoredZip.Bytes(pickle));
  }

  private static UserException notAZip(MappedFile file) {
    if (startsWith(file, TAR_MARK_OFFSET, TAR_MARK) || startsWith(file, 0, PICKLE_START)) {
      return new UserException(
          file.path()
              + " is in PyTorch's format from before version 1.6, which Mallard does not read; load"
              + " it in PyTorch and save it again with torch.save, or take safetensors files.");
    }
    return new UserException(
        file.path() + " is no PyTorch file, or is cut short; download it again.");
  }

  private static boolean startsWith(MappedFile file, int offset, byte[] expected) {
    if (file.size() < offset + expected.length) {
      return false;
    }
    return Arrays.equals(content(file, new StoredZip.Entry(offset, expected.length)), expected);
  }

  private static void checkByteOrder(MappedFile file, StoredZip zip, String prefix) {
    Optional<StoredZip.Entry> entry = zip.find(prefix + "/byteorder");
    if (entry.isPresent()) {
      boolean little =
          entry.get().size() == 6
              && new String(content(file, entry.get()), StandardCharsets.US_ASCII).equals("little");
      if (!little) {
        throw new UserException(
            "The PyTorch file %s is not little-endian, which Mallard does not read; save it again"
                    .formatted(file.path())
                + " on another machine.");
      }
    }
  }

  private static byte[] content(MappedFile file, StoredZip.Entry entry) {
    byte[] content = new byte[(int) entry.size()];
    file.read(entry.offset(), content, content.length);
    return content;
  }

  private static Optional<StoredTensor> place(
      MappedFile file, StoredZip zip, String prefix, String name, PickledTensor tensor) {
    long weights = weights(file, name, tensor);
    if (weights == 0 || tensor.shape().isEmpty()) {
      return Optional.empty();
    }
    TensorType type = type(file, name, tensor.storage().type());
    if (!isContiguous(tensor)) {
      throw new UserException(
          ("The tensor %s of %s does not lie row by row, as a transposed one does not, and Mallard"
                  + " does not read it; save the model again after contiguous().")
              .formatted(GgufHeader.quoted(name), file.path()));
    }
    StoredZip.Entry entry =
        zip.find(prefix + "/data/" + tensor.storage().key())
            .orElseThrow(() ->
                corrupt(file.path(), "the weights of " + GgufHeader.quoted(name) + " are missing"));
    long size = tensor.storage().size();
    if (size < 0
        || size > entry.size() / type.blockBytes()
        || tensor.offset() < 0
        || tensor.offset() > size - weights) {
      throw corrupt(
          file.path(), "the tensor " + GgufHeader.quoted(name) + " reaches over its storage");
    }
    List<Integer> shape = tensor.shape().stream().map(Math::toIntExact).toList();
    return Optional.of(
        new StoredTensor(type, shape, file, entry.offset() + type.bytes(tensor.offset())));
  }

  /** How many weights a tensor has, of a shape whose rows and row size are numbers of Java. */
  private static long weights(MappedFile file, String name, PickledTensor tensor) {
    long weights = 1;
    for (long size : tensor.shape()) {
      if (size < 0 || size > Integer.MAX_VALUE) {
        throw corrupt(file.path(), "the shape of " + GgufHeader.quoted(name) + " is absurd");
      }
      weights = size == 0 ? 0 : weights > MAXIMUM_WEIGHTS ? weights : weights * size;
    }
    long rows = weights == 0 || tensor.shape().isEmpty() ? 0 : weights / tensor.shape().getLast();
    if (weights > MAXIMUM_WEIGHTS
        || rows > Integer.MAX_VALUE
        || tensor.shape().size() != tensor.strides().size()) {
      throw corrupt(file.path(), "the shape of " + GgufHeader.quoted(name) + " is absurd");
    }
    return weights;
  }

  private static TensorType type(MappedFile file, String name, String storage) {
    return switch (storage) {
      case "FloatStorage" -> TensorType.F32;
      case "HalfStorage" -> TensorType.F16;
      case "BFloat16Storage" -> TensorType.BF16;
      case "DoubleStorage" -> TensorType.F64;
      default ->
          throw new UserException(
              ("The tensor %s of %s is stored as %s, and Mallard reads float32, float16, bfloat16"
                      + " and float64; convert the model to one of these.")
                  .formatted(GgufHeader.quoted(name), file.path(), GgufHeader.quoted(storage)));
    };
  }

  /** Whether the weights lie row by row; the stride of a dimension of size 1 has no meaning. */
  private static boolean isContiguous(PickledTensor tensor) {
    long stride = 1;
    for (int i = tensor.shape().size() - 1; i >= 0; i--) {
      if (tensor.shape().get(i) != 1 && tensor.strides().get(i) != stride) {
        return false;
      }
      stride *= tensor.shape().get(i);
    }
    return true;
  }

  private static UserException corrupt(Path path, String what) {
    return new UserException(
        "The PyTorch file %s is cut short or corrupt: %s; download it again."
            .formatted(path, what));
  }

  @Override
  public void digest(MessageDigest digest) {
    file.digest(digest, 0);
    digest.update(pickle.array());
    digest.update(zip.directory().array());
  }

  @Override
  public void close() {
    file.close();
  }
}
