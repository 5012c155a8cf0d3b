package dev.mallard.grammars.parse;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A node of the graph-structured stack (Tomita, An Efficient Augmented-Context-Free Parsing
 * Algorithm, 1987): a state, above each of some nodes. Once a terminal has been shifted, the nodes
 * below it do not change any more, so that parsers share them.
 */
final class StackNode {
  private static final int GROWING = -1;
  private static final int FREEZING = -2;
  private static final int CYCLE = -1_000_000;

  private final int state;
  private final List<StackNode> below = new ArrayList<>(1);
  private int level = GROWING;

  /** By depth, of a node above several; 0 where it is not known yet. */
  private long[] signatures = {};

  StackNode(int state) {
    this.state = state;
  }

  int state() {
    return state;
  }

  /** The nodes below, which someone looks at. */
  List<StackNode> below(Inspection inspection) {
    if (level != GROWING) {
      inspection.below(level);
    }
    return below;
  }

  /** Puts it above another; false if it is already. */
  boolean addBelow(StackNode node) {
    for (StackNode known : below) {
      if (known == node) {
        return false;
      }
    }
    below.add(node);
    return true;
  }

  /**
   * Says that it does not change any more.
   *
   * @return its level: 0 at the bottom, and higher than that of any node below it; far below 0
   *     where it is below itself, so that whoever looks at it has looked at everything
   */
  int freeze() {
    if (level == GROWING) {
      level = FREEZING;
      int highest = below.isEmpty() ? -1 : CYCLE;
      boolean cycle = false;
      for (StackNode node : below) {
        cycle |= node.level == FREEZING;
        highest = Math.max(highest, node.freeze());
      }
      level = cycle ? CYCLE : highest + 1;
    }
    return level;
  }

  /**
   * A number that is the same for two nodes if all ways down from them meet the same states, as far
   * as a depth; for others it differs but by a chance of one in 2^64.
   */
  long signature(int depth) {
    if (depth == 0 || below.isEmpty()) {
      return Hash.mix(state + (depth == 0 ? 0x10001L : 0x20003L));
    }
    if (below.size() == 1) {
      return Hash.mix(31 * below.getFirst().signature(depth - 1) + state);
    }
    if (signatures.length <= depth) {
      signatures = Arrays.copyOf(signatures, depth + 1);
    }
    if (signatures[depth] == 0) {
      long sum = 0;
      for (StackNode node : below) {
        sum += node.signature(depth - 1);
      }
      signatures[depth] = Hash.mix(31 * sum + state);
    }
    return signatures[depth];
  }
}
