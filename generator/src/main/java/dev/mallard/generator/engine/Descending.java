package dev.mallard.generator.engine;

/**
 * Indices by descending weight, ties by ascending index, sorted only as far as they are asked for:
 * a binary heap, so that the few likeliest of a large vocabulary cost one pass and not a sort.
 */
final class Descending {
  private final double[] weights;
  private final int[] heap;
  private int size;

  Descending(double[] weights) {
    this.weights = weights;
    this.size = weights.length;
    this.heap = new int[size];
    for (int i = 0; i < size; i++) {
      heap[i] = i;
    }
    for (int i = size / 2 - 1; i >= 0; i--) {
      sink(i);
    }
  }

  /** The index that {@link #next} would return. */
  int peek() {
    return heap[0];
  }

  /** Takes the next index. */
  int next() {
    int top = heap[0];
    heap[0] = heap[--size];
    sink(0);
    return top;
  }

  private void sink(int start) {
    int at = start;
    int value = heap[at];
    while (2 * at + 1 < size) {
      int child = 2 * at + 1;
      if (child + 1 < size && before(heap[child + 1], heap[child])) {
        child++;
      }
      if (!before(heap[child], value)) {
        break;
      }
      heap[at] = heap[child];
      at = child;
    }
    heap[at] = value;
  }

  private boolean before(int one, int other) {
    return weights[one] > weights[other] || (weights[one] == weights[other] && one < other);
  }
}
