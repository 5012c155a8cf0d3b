package dev.mallard.generator.engine;

import dev.mallard.generator.checkpoint.Checkpoint;

/**
 * A checkpoint whose matrices are rounded to int8, row by row, and back: what exact arithmetic
 * would make of them.
 */
final class RoundedCheckpoint extends DelegatingCheckpoint {
  RoundedCheckpoint(Checkpoint exact) {
    super(exact);
  }

  @Override
  public void readRows(String tensor, int firstRow, int rowCount, float[] destination) {
    exact().readRows(tensor, firstRow, rowCount, destination);
    if (shape(tensor).size() < 2) {
      return;
    }
    int columns = shape(tensor).getLast();
    for (int row = 0; row < rowCount; row++) {
      double largest = 0;
      for (int i = row * columns; i < (row + 1) * columns; i++) {
        largest = Math.max(largest, Math.abs(destination[i]));
      }
      double scale = largest / 127;
      for (int i = row * columns; i < (row + 1) * columns && scale > 0; i++) {
        destination[i] = (float) (Math.rint(destination[i] / scale) * scale);
      }
    }
  }

  @Override
  public String fingerprint() {
    return exact().fingerprint() + "-rounded";
  }
}
