package dev.mallard.generator.engine;

import dev.mallard.generator.UserException;
import dev.mallard.generator.checkpoint.Checkpoint;
import dev.mallard.generator.engine.PackingPlan.Item;
import dev.mallard.generator.model.Precision;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleConsumer;
import tools.jackson.databind.json.JsonMapper;

/**
 * Writes a checkpoint in the form that the decoder takes: rows decoded to float32, stacked as the
 * {@link PackingPlan} says, and rounded to the precision. Rows are converted in parallel.
 */
final class WeightPacker {
  /** Ends the name of the scales of a matrix. */
  static final String SCALES = ".scales";

  private static final int ROWS_AT_ONCE = 64;

  private final Checkpoint checkpoint;
  private final PackingPlan plan;
  private final Precision precision;

  WeightPacker(Checkpoint checkpoint, Precision precision) {
    this.checkpoint = checkpoint;
    this.plan = PackingPlan.of(checkpoint);
    this.precision = precision;
  }

  /** Size of the file to be written in bytes. */
  long length() {
    return header().length();
  }

  /**
   * Writes the file.
   *
   * @param progress is told the fraction done, from 0 to 1
   */
  void write(Path path, DoubleConsumer progress) throws IOException {
    PackedWeights.Header header = header();
    try (FileChannel channel =
        FileChannel.open(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      byte[] json = JsonMapper.shared().writeValueAsBytes(header);
      if (Integer.BYTES + json.length > firstOffset()) {
        throw new IllegalStateException("the header does not fit its room: " + json.length);
      }
      ByteBuffer start = ByteBuffer.allocate(Integer.BYTES + json.length);
      start.putInt(json.length).put(json);
      writeAt(channel, start.flip(), 0);
      // The last byte first: a full disk is noticed at once where the file system allocates ahead,
      // and the file has its
      // length whatever the padding at its end.
      writeAt(channel, ByteBuffer.allocate(1), header.length() - 1);
      long done = 0;
      for (Item item : plan.items()) {
        write(channel, header, item);
        done += header.entry(item.name()).bytes();
        progress.accept((double) done / header.length());
      }
      channel.force(true);
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  private PackedWeights.Header header() {
    long offset = firstOffset();
    Map<String, PackedWeights.Entry> entries = new LinkedHashMap<>();
    for (Item item : plan.items()) {
      PackedWeights.Type type = type(item);
      boolean pairs = type == PackedWeights.Type.INT4_PAIR;
      PackedWeights.Entry entry =
          new PackedWeights.Entry(
              type, item.rows(), pairs ? item.columns() / 2 : item.columns(), offset);
      entries.put(item.name(), entry);
      offset = align(offset + entry.bytes());
      if (pairs || type == PackedWeights.Type.INT8) {
        PackedWeights.Entry scales =
            pairs
                ? new PackedWeights.Entry(
                    PackedWeights.Type.BFLOAT16,
                    item.rows(),
                    2 * item.columns() / Int4.GROUP,
                    offset)
                : new PackedWeights.Entry(PackedWeights.Type.BFLOAT16, 1, item.rows(), offset);
        entries.put(item.name() + SCALES, scales);
        offset = align(offset + scales.bytes());
      }
    }
    return new PackedWeights.Header(PackedWeights.VERSION, offset, entries);
  }

  /** The header's length depends on the digits of the offsets, so it has room for the longest. */
  private long firstOffset() {
    return align(4096 + 256L * plan.items().size());
  }

  private PackedWeights.Type type(Item item) {
    return switch (item.kind()) {
      case NORM, ROUTER -> PackedWeights.Type.FLOAT32;
      case BIAS ->
          precision == Precision.FLOAT32 ? PackedWeights.Type.FLOAT32 : PackedWeights.Type.BFLOAT16;
      case MATRIX ->
          switch (precision) {
            case FLOAT32 -> PackedWeights.Type.FLOAT32;
            case BF16 -> PackedWeights.Type.BFLOAT16;
            case INT8 -> PackedWeights.Type.INT8;
            case INT4 -> Int4.fits(item) ? PackedWeights.Type.INT4_PAIR : PackedWeights.Type.INT8;
          };
    };
  }

  /**
   * Some rows of a source.
   *
   * @param target row of the stacked matrix, or element of the joined vector, at which they start
   */
  private record Piece(String source, int row, int rows, int columns, int target) {}

  private void write(FileChannel channel, PackedWeights.Header header, Item item) {
    pieces(item).parallelStream()
        .forEach(piece -> {
          float[] values = new float[piece.rows() * piece.columns()];
          checkpoint.readRows(piece.source(), piece.row(), piece.rows(), values);
          try {
            write(channel, header, item, piece, values);
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });
  }

  private static void write(
      FileChannel channel, PackedWeights.Header header, Item item, Piece piece, float[] values)
      throws IOException {
    PackedWeights.Entry entry = header.entry(item.name());
    switch (entry.type()) {
      case INT8, INT4_PAIR -> {
        Quantized quantized =
            entry.type() == PackedWeights.Type.INT8
                ? Int8.quantize(values, piece.columns())
                : Int4.quantize(values);
        PackedWeights.Entry scales = header.entry(item.name() + SCALES);
        long row = piece.target();
        writeAt(
            channel, ByteBuffer.wrap(quantized.weights()), entry.offset() + row * entry.columns());
        int ofRow = quantized.scales().length / piece.rows();
        ByteBuffer bytes = littleEndian(quantized.scales().length * Short.BYTES);
        bytes.asShortBuffer().put(quantized.scales());
        writeAt(channel, bytes, scales.offset() + row * ofRow * Short.BYTES);
      }
      case FLOAT32, BFLOAT16 -> {
        long first = item.isMatrix() ? (long) piece.target() * piece.columns() : piece.target();
        writeAt(
            channel, encode(values, entry.type()), entry.offset() + first * entry.type().bytes());
      }
    }
  }

  private List<Piece> pieces(Item item) {
    List<Piece> pieces = new ArrayList<>();
    int target = 0;
    for (String source : item.sources()) {
      List<Integer> shape = checkpoint.shape(source);
      boolean matrix = item.isMatrix();
      if (shape.size() != (matrix ? 2 : 1) || (matrix && shape.getLast() != item.columns())) {
        throw unexpectedShape(source, shape);
      }
      int rows = matrix ? shape.getFirst() : 1;
      int columns = shape.getLast();
      for (int row = 0; row < rows; row += ROWS_AT_ONCE) {
        pieces.add(
            new Piece(source, row, Math.min(ROWS_AT_ONCE, rows - row), columns, target + row));
      }
      target += matrix ? rows : columns;
    }
    if (target != (item.isMatrix() ? item.rows() : item.columns())) {
      String last = item.sources().getLast();
      throw unexpectedShape(last, checkpoint.shape(last));
    }
    return pieces;
  }

  private static UserException unexpectedShape(String tensor, List<Integer> shape) {
    return new UserException(
        "The tensor %s has the shape %s, which does not fit the model's configuration: the file is damaged or of another model."
            .formatted(tensor, shape));
  }

  private static ByteBuffer encode(float[] values, PackedWeights.Type type) {
    ByteBuffer bytes = littleEndian(values.length * type.bytes());
    switch (type) {
      case FLOAT32 -> {
        bytes.asFloatBuffer().put(values);
        bytes.position(bytes.capacity());
      }
      case BFLOAT16 -> {
        for (float value : values) {
          bytes.putShort(BFloat16.nearest(value));
        }
      }
      case INT8, INT4_PAIR -> throw new IllegalArgumentException(type + " needs scales");
    }
    return bytes.flip();
  }

  private static long align(long offset) {
    return Math.ceilDiv(offset, PackedWeights.ALIGNMENT) * PackedWeights.ALIGNMENT;
  }

  private static ByteBuffer littleEndian(int capacity) {
    return ByteBuffer.allocate(capacity).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static void writeAt(FileChannel channel, ByteBuffer bytes, long position)
      throws IOException {
    long at = position;
    while (bytes.hasRemaining()) {
      at += channel.write(bytes, at);
    }
  }
}
