package dev.mallard.benchmarks.selfdebug;

/** Tokens that problems share: each takes its part of what is left, and puts back what it saves. */
final class Purse {
  private long left;
  private int waiting;

  Purse(long tokens, int problems) {
    this.left = tokens;
    this.waiting = problems;
  }

  /** The part of the next problem. */
  synchronized long take() {
    long share = Math.max(1, left / Math.max(1, waiting));
    waiting--;
    left -= share;
    return share;
  }

  synchronized void putBack(long tokens) {
    left += tokens;
  }
}
