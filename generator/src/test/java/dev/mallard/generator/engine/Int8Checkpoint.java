package dev.mallard.generator.engine;

import dev.mallard.generator.checkpoint.Checkpoint;
import java.util.Arrays;

/** A checkpoint whose matrices are the weights that the decoder has in int8. */
class Int8Checkpoint extends DelegatingCheckpoint {
  Int8Checkpoint(Checkpoint exact) {
    super(exact);
  }

  @Override
  public void readRows(String tensor, int firstRow, int rowCount, float[] destination) {
    exact().readRows(tensor, firstRow, rowCount, destination);
    if (shape(tensor).size() == 2) {
      int columns = shape(tensor).getLast();
      Quantized quantized = Int8.quantize(Arrays.copyOf(destination, rowCount * columns), columns);
      for (int i = 0; i < rowCount * columns; i++) {
        destination[i] = quantized.weights()[i] * BFloat16.value(quantized.scales()[i / columns]);
      }
    }
  }

  @Override
  public String fingerprint() {
    return "rounded";
  }
}
