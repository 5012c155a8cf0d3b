package dev.mallard.generator.checkpoint;

import java.util.List;
import java.util.Objects;

/**
 * A tensor where it lies in a file.
 *
 * @param shape sizes, outermost first
 * @param file which holds all of it
 * @param offset of its first byte, from the file's beginning
 */
record StoredTensor(TensorType type, List<Integer> shape, MappedFile file, long offset) {
  private static final int BUFFER_BYTES = 1 << 16;

  StoredTensor {
    shape = List.copyOf(shape);
  }

  /** Rows that can be read: all outer sizes together; 1 of a vector. */
  int rows() {
    return shape.subList(0, shape.size() - 1).stream().reduce(1, Math::multiplyExact);
  }

  /** Weights of a row. */
  int rowSize() {
    return shape.getLast();
  }

  /** One of the tensors that this one stacks along its outermost size. */
  StoredTensor part(int index) {
    Objects.checkIndex(index, shape.getFirst());
    long weights = (long) rows() / shape.getFirst() * rowSize();
    return new StoredTensor(
        type, shape.subList(1, shape.size()), file, offset + type.bytes(weights) * index);
  }

  /** Decodes rows to {@code destination}, from index {@code to}. */
  void read(int firstRow, int rowCount, float[] destination, int to) {
    Objects.checkFromIndexSize(firstRow, rowCount, rows());
    Objects.checkFromIndexSize((long) to, (long) rowCount * rowSize(), destination.length);
    long from = offset + type.bytes((long) firstRow * rowSize());
    long left = (long) rowCount * rowSize() / type.blockWeights();
    int step = (int) Math.min(left, BUFFER_BYTES / type.blockBytes());
    byte[] buffer = new byte[step * type.blockBytes()];
    while (left > 0) {
      int blocks = (int) Math.min(left, step);
      file.read(from, buffer, blocks * type.blockBytes());
      type.decoder().decode(buffer, 0, destination, to, blocks);
      from += (long) blocks * type.blockBytes();
      to += blocks * type.blockWeights();
      left -= blocks;
    }
  }
}
