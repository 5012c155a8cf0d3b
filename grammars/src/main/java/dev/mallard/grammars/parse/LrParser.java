package dev.mallard.grammars.parse;

import java.util.BitSet;
import java.util.List;

/**
 * What all states of a parser share.
 *
 * @param allowed the terminals that may come next, by the top of the stack
 */
record LrParser(LrTable table, Productions productions, StackCache<BitSet> allowed) {
  private static final int MOST_KNOWN = 100_000;

  LrParser(Productions productions) {
    this(new LrTable(productions), productions, new StackCache<>(MOST_KNOWN));
  }

  /** Before any terminal. */
  ParserState start() {
    return new ParserState(this, List.of(new StackNode(0)));
  }
}
