package dev.mallard.grammars.parse;

/**
 * Notes how far down the parser's stack something looked, and whether at the layout's blocks: what
 * was not looked at does not matter, so that the answer is known wherever the rest is the same.
 */
final class Inspection {
  private int lowest = Integer.MAX_VALUE;
  private boolean blocks;

  /** The nodes below a node of some level were looked at. */
  void below(int level) {
    lowest = Math.min(lowest, level);
  }

  /** The blocks were looked at. */
  void blocks() {
    blocks = true;
  }

  void add(Inspection other) {
    below(other.lowest);
    blocks |= other.blocks;
  }

  /** The lowest level below which something was looked at. */
  int lowest() {
    return lowest;
  }

  boolean sawBlocks() {
    return blocks;
  }

  /** How many nodes down from a level matter, the one on top aside. */
  int depth(int top) {
    return lowest > top ? 0 : top - lowest + 1;
  }
}
