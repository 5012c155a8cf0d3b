package dev.mallard.generator.engine;

import java.util.Arrays;
import java.util.Optional;

/**
 * The slots of the key-value cache: each holds the keys and values of one position, for as long as
 * somebody holds it. Sequences that begin alike hold the same slots for what they share (as pages
 * of one position in Kwon et al., arXiv 2309.06180). Slot 0 is never given away: the decoder reads
 * it where a batch has nothing.
 */
final class SlotPool {
  private final int[] holders;
  private int free;
  private int next = 1;

  /**
   * Makes a pool.
   *
   * @param slots how many, without slot 0
   */
  SlotPool(int slots) {
    holders = new int[slots + 1];
    holders[0] = 1;
    free = slots;
  }

  int size() {
    return holders.length - 1;
  }

  /** How many are held by nobody. */
  int free() {
    return free;
  }

  /**
   * Takes slots that nobody holds: neighbours in ascending order where there are so many, else any.
   *
   * @return none if fewer are free
   */
  Optional<int[]> take(int count) {
    if (count > free) {
      return Optional.empty();
    }
    int start = run(next, count);
    if (start < 0) {
      start = run(1, count);
    }
    int[] slots = start < 0 ? scattered(count) : neighbours(start, count);
    for (int slot : slots) {
      holders[slot] = 1;
    }
    free -= count;
    next = count == 0 ? next : slots[count - 1] + 1;
    return Optional.of(slots);
  }

  /** Holds slots once more. */
  void retain(int[] slots, int from, int to) {
    for (int i = from; i < to; i++) {
      holders[slots[i]]++;
    }
  }

  /** Holds slots once less; what nobody holds any more is free. */
  void release(int[] slots, int from, int to) {
    for (int i = from; i < to; i++) {
      int left = --holders[slots[i]];
      if (left < 0) {
        throw new IllegalStateException("slot " + slots[i] + " was released too often");
      }
      free += left == 0 ? 1 : 0;
    }
  }

  /** The first of so many free neighbours, searched from a slot on; -1 if there are none. */
  private int run(int from, int count) {
    int length = 0;
    for (int slot = from; slot < holders.length; slot++) {
      length = holders[slot] == 0 ? length + 1 : 0;
      if (length == count) {
        return slot - count + 1;
      }
    }
    return -1;
  }

  private static int[] neighbours(int start, int count) {
    int[] slots = new int[count];
    Arrays.setAll(slots, i -> start + i);
    return slots;
  }

  private int[] scattered(int count) {
    int[] slots = new int[count];
    int found = 0;
    for (int slot = 1; found < count; slot++) {
      if (holders[slot] == 0) {
        slots[found++] = slot;
      }
    }
    return slots;
  }
}
