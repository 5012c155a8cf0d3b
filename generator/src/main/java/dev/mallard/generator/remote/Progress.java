package dev.mallard.generator.remote;

import java.util.BitSet;

/** Which completions of an answer have begun, and which have ended. */
final class Progress {
  private final int choices;
  private final BitSet begun = new BitSet();
  private final BitSet ended = new BitSet();

  Progress(int choices) {
    this.choices = choices;
  }

  void add(Chunk chunk) {
    for (Chunk.Choice choice : chunk.choices()) {
      if (choice.index() >= 0 && choice.index() < choices && choice.brings()) {
        begun.set(choice.index());
        ended.set(choice.index(), ended.get(choice.index()) || choice.finishReason().isPresent());
      }
    }
  }

  /** Whether all that was asked for has ended. */
  boolean allEnded() {
    return ended.cardinality() == choices;
  }

  /** Whether there is something, and all of it has ended. */
  boolean whole() {
    return !begun.isEmpty() && begun.equals(ended);
  }
}
