package dev.mallard.grammars.parse;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where a generalised LR parser is after some terminals. It never changes, so that any number of
 * continuations share it. Results are remembered; not for several threads at once.
 */
final class ParserState {
  private final LrParser parser;
  private final List<StackNode> heads;
  private final int top;
  private @Nullable Step[] steps = new Step[0];

  /** By depth; 0 where it is not known yet. */
  private long[] signatures = {};

  /** What a terminal leads to, and how far down one had to look to know. */
  private record Step(Optional<ParserState> next, Inspection inspection) {}

  ParserState(LrParser parser, List<StackNode> heads) {
    this.parser = parser;
    this.heads = heads;
    int highest = Integer.MIN_VALUE;
    for (StackNode head : heads) {
      highest = Math.max(highest, head.freeze());
    }
    top = highest;
  }

  /** The level of the highest node. */
  int top() {
    return top;
  }

  /** Of all ways down from here, as {@link StackNode#signature}. */
  long signature(int depth) {
    if (signatures.length <= depth) {
      signatures = Arrays.copyOf(signatures, depth + 1);
    }
    if (signatures[depth] == 0) {
      signatures[depth] = findSignature(depth);
    }
    return signatures[depth];
  }

  private long findSignature(int depth) {
    if (heads.size() == 1) {
      return heads.getFirst().signature(depth);
    }
    long sum = heads.size();
    for (StackNode head : heads) {
      sum += head.signature(depth);
    }
    return Hash.mix(sum);
  }

  /** After one more terminal; empty if the grammar has none there. */
  Optional<ParserState> after(int terminal, Inspection inspection) {
    if (steps.length == 0) {
      steps = new Step[parser.productions().terminals()];
    }
    Step step = steps[terminal];
    if (step == null) {
      step = step(terminal);
      steps[terminal] = step;
    }
    inspection.add(step.inspection());
    return step.next();
  }

  private Step step(int terminal) {
    Inspection own = new Inspection();
    List<StackNode> shifted = new ArrayList<>(1);
    for (StackNode node : closure(terminal, own)) {
      int state = parser.table().successor(node.state(), terminal);
      if (state != LrTable.NONE) {
        find(shifted, state).addBelow(node);
      }
    }
    return new Step(
        shifted.isEmpty() ? Optional.empty() : Optional.of(new ParserState(parser, shifted)), own);
  }

  /** Whether the text may end here. */
  boolean mayEnd(Inspection inspection) {
    for (StackNode node : closure(parser.productions().end(), inspection)) {
      for (int production : parser.table().reductions(node.state())) {
        if (production == 0) {
          return true;
        }
      }
    }
    return false;
  }

  /** The terminals that may come next; the end of the text is one. */
  BitSet allowed(Inspection inspection) {
    Optional<BitSet> known = parser.allowed().find(0, this, 0, inspection);
    if (known.isPresent()) {
      return known.get();
    }
    Inspection own = new Inspection();
    BitSet candidates = new BitSet();
    heads.forEach(head -> candidates.or(parser.table().expected(head.state())));
    BitSet found = new BitSet();
    for (int i = candidates.nextSetBit(0); i >= 0; i = candidates.nextSetBit(i + 1)) {
      found.set(i, i == parser.productions().end() ? mayEnd(own) : canShift(i, own));
    }
    inspection.add(own);
    parser.allowed().put(0, this, 0, own, found);
    return found;
  }

  private boolean canShift(int terminal, Inspection inspection) {
    for (StackNode node : closure(terminal, inspection)) {
      if (parser.table().successor(node.state(), terminal) != LrTable.NONE) {
        return true;
      }
    }
    return false;
  }

  /** The heads, and all that reductions before a terminal make of them. */
  private List<StackNode> closure(int terminal, Inspection inspection) {
    List<StackNode> level = new ArrayList<>(heads);
    boolean changed = true;
    while (changed) {
      changed = false;
      // A new edge may be on a path of a node that was looked at before, so all are looked at
      // again.
      for (int i = 0; i < level.size(); i++) {
        StackNode node = level.get(i);
        for (int production : parser.table().reductions(node.state())) {
          if (production != 0 && parser.table().mayFollow(production, terminal)) {
            Production rule = parser.productions().get(production);
            changed |= reduce(level, node, rule.right().length, rule.left(), inspection);
          }
        }
      }
    }
    return level;
  }

  private boolean reduce(
      List<StackNode> level, StackNode node, int depth, int left, Inspection inspection) {
    if (depth > 0) {
      boolean changed = false;
      List<StackNode> below = node.below(inspection);
      for (int i = 0; i < below.size(); i++) {
        changed |= reduce(level, below.get(i), depth - 1, left, inspection);
      }
      return changed;
    }
    int state = parser.table().successor(node.state(), left);
    if (state == LrTable.NONE) {
      return false;
    }
    return findOrAdd(level, state).addBelow(node);
  }

  /** Heads belong to other parsers too: only what is above them here may be added to. */
  private StackNode findOrAdd(List<StackNode> level, int state) {
    for (int i = heads.size(); i < level.size(); i++) {
      if (level.get(i).state() == state) {
        return level.get(i);
      }
    }
    StackNode node = new StackNode(state);
    level.add(node);
    return node;
  }

  private static StackNode find(List<StackNode> nodes, int state) {
    for (StackNode node : nodes) {
      if (node.state() == state) {
        return node;
      }
    }
    StackNode node = new StackNode(state);
    nodes.add(node);
    return node;
  }
}
