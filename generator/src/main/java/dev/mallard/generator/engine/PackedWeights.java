package dev.mallard.generator.engine;

import dev.mallard.generator.checkpoint.ModelConfiguration;
import dev.mallard.generator.checkpoint.ModelConfiguration.FeedForward;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * A checkpoint in the form that the decoder takes: a file in the cache, which the decoder maps, so
 * that opening it reads a header and the weights come in from the page cache as they are used.
 *
 * <p>The file: 4 bytes, the header's length (big-endian); the header, JSON as {@link Header}; the
 * tensors' bytes (little-endian), each at its offset, which is a multiple of {@value #ALIGNMENT}.
 *
 * @param file where it is
 * @param header what is in it
 */
record PackedWeights(Path file, Header header) {
  /** Bytes; a cache line, and the widest vector register. */
  static final int ALIGNMENT = 64;

  /** Goes up with every change of the layout or of the arithmetic of packing. */
  static final int VERSION = 3;

  private static final int LARGEST_HEADER = 64 << 20;

  /** How a tensor's elements are stored. */
  enum Type {
    INT8(0, 1),
    BFLOAT16(1, 2),
    FLOAT32(2, 4),
    /** Two int4 in a byte, the first in the low bits; a byte is one element. */
    INT4_PAIR(3, 1);

    private final int number;
    private final int bytes;

    Type(int number, int bytes) {
      this.number = number;
      this.bytes = bytes;
    }

    /** The type's number in the decoder program. */
    int number() {
      return number;
    }

    int bytes() {
      return bytes;
    }
  }

  /**
   * Where a tensor is.
   *
   * @param rows 1 for a vector
   * @param offset bytes from the file's start
   */
  record Entry(Type type, int rows, int columns, long offset) {
    long bytes() {
      return (long) rows * columns * type.bytes();
    }
  }

  /**
   * What the file holds.
   *
   * @param version {@link #VERSION} of the code that wrote it
   * @param length of the whole file in bytes
   * @param tensors by name
   */
  record Header(int version, long length, Map<String, Entry> tensors) {
    Entry entry(String tensor) {
      Entry entry = tensors.get(tensor);
      if (entry == null) {
        throw new IllegalArgumentException("no tensor " + tensor);
      }
      return entry;
    }
  }

  /**
   * Where the decoder program finds a tensor; see its {@code tensors}.
   *
   * @param type number of the tensor's type
   * @param first its first element
   */
  record Place(int type, long first, int rows, int columns) {
    /** Stands for a tensor without elements. */
    static final Place NOTHING = new Place(Type.FLOAT32.number(), 0, 1, 0);

    /** Stands for weights in the form that a kernel wants. */
    private static Place packed(Type type, int parts, int rows) {
      return switch (type) {
        case INT4_PAIR -> new Place(4, parts, rows, 0);
        case INT8 -> new Place(5, parts, rows, 0);
        case BFLOAT16, FLOAT32 -> NOTHING;
      };
    }

    private static Place of(Entry entry) {
      return new Place(
          entry.type().number(),
          entry.offset() / entry.type().bytes(),
          entry.rows(),
          entry.columns());
    }
  }

  /**
   * Bytes that a decode step of one sequence reads: of experts the chosen ones, of embeddings none.
   */
  long bytesOfAStep(ModelConfiguration configuration) {
    double chosen =
        configuration.feedForward() instanceof FeedForward.Experts experts
            ? (double) experts.chosen() / experts.count()
            : 1;
    double bytes = 0;
    for (Map.Entry<String, Entry> tensor : header.tensors().entrySet()) {
      String name = tensor.getKey();
      boolean ofExperts = name.contains(".up") || name.contains(".down");
      boolean onlyLookedUp = name.startsWith("embedding") && !configuration.tiedEmbeddings();
      bytes += onlyLookedUp ? 0 : tensor.getValue().bytes() * (ofExperts ? chosen : 1);
    }
    return (long) bytes;
  }

  /**
   * The tensors that stand for an item of the plan: three of a matrix, one of anything else.
   *
   * @param multiplied whether it is a matrix that inputs are multiplied by
   */
  List<Place> places(PackingPlan.Item item, boolean multiplied) {
    Entry entry = header.entry(item.name());
    if (item.kind() != PackingPlan.Kind.MATRIX) {
      return List.of(Place.of(entry));
    }
    Entry scales = header.tensors().get(item.name() + WeightPacker.SCALES);
    return List.of(
        Place.of(entry),
        scales == null ? Place.NOTHING : Place.of(scales),
        multiplied ? Place.packed(entry.type(), item.parts(), item.rows()) : Place.NOTHING);
  }

  /**
   * Reads a packed file's header.
   *
   * @throws IOException if it cannot be read, or is not a whole file of this version
   */
  static PackedWeights open(Path file) throws IOException {
    try (InputStream stream = Files.newInputStream(file);
        DataInputStream data = new DataInputStream(stream)) {
      int length = data.readInt();
      if (length < 2 || length > LARGEST_HEADER) {
        throw new IOException(file + " has no valid header");
      }
      Header header = JsonMapper.shared().readValue(data.readNBytes(length), Header.class);
      if (header.version() != VERSION || header.length() != Files.size(file)) {
        throw new IOException(file + " is cut short or of another version");
      }
      return new PackedWeights(file, header);
    } catch (JacksonException e) {
      throw new IOException(file + " has no valid header", e);
    }
  }
}
