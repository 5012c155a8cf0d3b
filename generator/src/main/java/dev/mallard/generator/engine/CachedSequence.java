package dev.mallard.generator.engine;

import java.util.Arrays;

/**
 * The slots of one sequence, in the order of its positions; not all of them need be filled.
 *
 * <p>Not changed once made.
 */
final class CachedSequence {
  private final int[] slots;
  private final int neighbours;

  /**
   * Makes a sequence.
   *
   * @param slots by position
   */
  CachedSequence(int[] slots) {
    this.slots = slots;
    int length = Math.min(1, slots.length);
    while (length < slots.length && slots[length] == slots[length - 1] + 1) {
      length++;
    }
    this.neighbours = length;
  }

  /** How many positions there is room for. */
  int capacity() {
    return slots.length;
  }

  int slot(int position) {
    return slots[position];
  }

  /** The slot of the first position if those of the first {@code length} follow it, else -1. */
  int firstOfNeighbours(int length) {
    return length <= neighbours ? slots[0] : -1;
  }

  /** All slots; not to be changed. */
  int[] slots() {
    return slots;
  }

  /** The same for its first positions, and others after these. */
  CachedSequence with(int length, int[] more) {
    int[] all = Arrays.copyOf(slots, length + more.length);
    System.arraycopy(more, 0, all, length, more.length);
    return new CachedSequence(all);
  }
}
