package dev.mallard.generator.engine;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What was computed of earlier sequences, found again by their tokens: a radix tree of tokens whose
 * nodes hold slots (Zheng et al., arXiv 2312.07104). What was not used for the longest is forgotten
 * first, when room is needed.
 */
final class PrefixCache {
  private final SlotPool pool;

  /** By what was added to the model's weights; sequences of different weights share nothing. */
  private final Map<Integer, Node> roots = new HashMap<>();

  private long clock;

  PrefixCache(SlotPool pool) {
    this.pool = pool;
  }

  private static final class Node {
    Node parent;
    int[] tokens;
    int[] slots;
    final Map<Integer, Node> children = new HashMap<>();
    long used;

    Node(Node parent, int[] tokens, int[] slots) {
      this.parent = parent;
      this.tokens = tokens;
      this.slots = slots;
    }

    /** A root. */
    Node() {
      this.parent = this;
      this.tokens = new int[0];
      this.slots = new int[0];
    }
  }

  /**
   * The slots of the longest beginning of some tokens that is known.
   *
   * @param adapter number of the adapter that the sequence is read with
   * @param most positions to look for
   * @return slots of the first positions, now held by the caller as well
   */
  int[] match(int adapter, int[] tokens, int most) {
    int[] found = new int[most];
    int length = 0;
    Node node = roots.get(adapter);
    while (node != null && length < most) {
      node.used = ++clock;
      Node child = node.children.get(tokens[length]);
      if (child == null) {
        break;
      }
      int common = common(child, tokens, length, most);
      System.arraycopy(child.slots, 0, found, length, common);
      length += common;
      child.used = ++clock;
      node = common == child.tokens.length ? child : null;
    }
    pool.retain(found, 0, length);
    return Arrays.copyOf(found, length);
  }

  /**
   * Remembers the first positions of a sequence; what is known already stays as it is.
   *
   * @param slots of the positions
   * @param length how many positions
   */
  void insert(int adapter, int[] tokens, int[] slots, int length) {
    Node node = roots.computeIfAbsent(adapter, _ -> new Node());
    int at = 0;
    while (at < length) {
      Node child = node.children.get(tokens[at]);
      if (child == null) {
        Node leaf =
            new Node(
                node,
                Arrays.copyOfRange(tokens, at, length),
                Arrays.copyOfRange(slots, at, length));
        pool.retain(slots, at, length);
        leaf.used = ++clock;
        node.children.put(tokens[at], leaf);
        return;
      }
      int common = common(child, tokens, at, length);
      if (common < child.tokens.length) {
        split(child, common);
      }
      child.used = ++clock;
      at += common;
      node = child;
    }
  }

  /**
   * Forgets until so many slots are free, or nothing is left.
   *
   * @return whether they are free
   */
  boolean makeRoom(int slots) {
    while (pool.free() < slots) {
      List<Node> leaves = new ArrayList<>();
      roots.values().forEach(root -> collectLeaves(root, leaves));
      if (leaves.isEmpty()) {
        return false;
      }
      leaves.sort((one, other) -> Long.compare(one.used, other.used));
      // Older ones first; their parents become leaves, and have their turn in the next round.
      for (Node leaf : leaves) {
        forget(leaf);
        if (pool.free() >= slots) {
          break;
        }
      }
    }
    return true;
  }

  private void forget(Node leaf) {
    pool.release(leaf.slots, 0, leaf.slots.length);
    leaf.parent.children.remove(leaf.tokens[0]);
  }

  private static void collectLeaves(Node node, List<Node> leaves) {
    if (node.children.isEmpty() && node.tokens.length > 0) {
      leaves.add(node);
    }
    node.children.values().forEach(child -> collectLeaves(child, leaves));
  }

  /** Cuts a node in two: it keeps its first tokens, and the rest becomes its only child. */
  private static void split(Node node, int at) {
    Node rest =
        new Node(
            node,
            Arrays.copyOfRange(node.tokens, at, node.tokens.length),
            Arrays.copyOfRange(node.slots, at, node.slots.length));
    rest.used = node.used;
    rest.children.putAll(node.children);
    rest.children.values().forEach(child -> child.parent = rest);
    node.tokens = Arrays.copyOf(node.tokens, at);
    node.slots = Arrays.copyOf(node.slots, at);
    node.children.clear();
    node.children.put(rest.tokens[0], rest);
  }

  private static int common(Node node, int[] tokens, int from, int to) {
    int length = Math.min(node.tokens.length, to - from);
    int mismatch = Arrays.mismatch(node.tokens, 0, length, tokens, from, from + length);
    return mismatch < 0 ? length : mismatch;
  }
}
