package dev.mallard.grammars.parse;

import java.util.Optional;

/**
 * What matters of the layout before a terminal.
 *
 * @param first whether no terminal came before
 * @param skipped whether something was ignored just before it
 * @param brokeLine whether a line break was
 * @param last what matters of the terminal before it
 * @param brackets how many are open
 * @param block the innermost block
 */
record Place(
    boolean first, boolean skipped, boolean brokeLine, Last last, int brackets, Block block) {
  /**
   * A block of lines that begin at the same column.
   *
   * @param signature the same for blocks with the same columns, in the same ones
   */
  record Block(int column, Optional<Block> outer, long signature) {
    /** The only block at first. */
    static final Block OUTERMOST = new Block(0, Optional.empty(), 1);

    /** A block within this one. */
    Block inner(int at) {
      return new Block(at, Optional.of(this), Hash.mix(31 * signature + at));
    }
  }

  /** What matters of a terminal to what comes after it. */
  enum Last {
    /** Nothing. */
    ANY,
    /** It has the trait {@link Terminal.Trait#ENDS_WITH_LINE}. */
    ENDS_WITH_LINE,
    /** It has the trait {@link Terminal.Trait#APART}. */
    APART
  }

  static final Place START = new Place(true, false, false, Last.ANY, 0, Block.OUTERMOST);

  /** Whether white space or a comment begins the text. */
  boolean isIndentedFirst() {
    return first && skipped;
  }

  /** All of it but the block, in a number. */
  int variant() {
    int of =
        switch (last) {
          case ANY -> 0;
          case ENDS_WITH_LINE -> 8;
          case APART -> 16;
        };
    return (first ? 1 : 0) + (skipped ? 2 : 0) + (brokeLine ? 4 : 0) + of + 32 * brackets;
  }

  /** After something ignored. */
  Place afterIgnored(boolean lineBreak) {
    return new Place(first, true, brokeLine || lineBreak, last, brackets, block);
  }

  /**
   * After a terminal.
   *
   * @param opened 1 if it opens a bracket, -1 if it closes one, else 0
   */
  Place afterTerminal(int opened, Last terminal) {
    return new Place(false, false, false, terminal, Math.max(0, brackets + opened), block);
  }

  /** Whether a line ended where what comes next may not belong to the line before. */
  boolean isLineOver() {
    return brokeLine && last == Last.ENDS_WITH_LINE;
  }

  Place within(Block other) {
    return new Place(false, false, false, Last.ANY, brackets, other);
  }
}
