package dev.mallard.grammars.parse;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * The beginning of a text, and what is known of it. It never changes: reading on gives another, so
 * that a program can be continued in several ways, and going back is to take an earlier one.
 */
public final class Prefix {
  private final List<Hypothesis> hypotheses;

  private Prefix(List<Hypothesis> hypotheses) {
    this.hypotheses = hypotheses;
  }

  static Prefix start(Grammar grammar, ParserState parser) {
    return new Prefix(List.of(Hypothesis.between(grammar, parser, Place.START, new Inspection())));
  }

  /** This and one more byte. */
  public Prefix feed(byte value) {
    List<Hypothesis> next = new ArrayList<>(hypotheses.size());
    for (Hypothesis hypothesis : hypotheses) {
      hypothesis.feed(
          value,
          new Inspection(),
          after -> {
            if (next.stream().noneMatch(after::isSame)) {
              next.add(after);
            }
          });
    }
    return new Prefix(next);
  }

  /**
   * This and more bytes, as far as it stays viable.
   *
   * @param from index of the first
   * @param to index after the last
   */
  public Prefix feed(byte[] bytes, int from, int to) {
    Prefix prefix = this;
    for (int i = from; i < to && prefix.isViable(); i++) {
      prefix = prefix.feed(bytes[i]);
    }
    return prefix;
  }

  /** The ways to read it. */
  List<Hypothesis> hypotheses() {
    return hypotheses;
  }

  /** Whether some text of the language begins like this. */
  public boolean isViable() {
    return !hypotheses.isEmpty();
  }

  /** Whether it is a text of the language. */
  public boolean isComplete() {
    return hypotheses.stream().anyMatch(hypothesis -> hypothesis.mayEnd(new Inspection()));
  }

  /** Whether it holds nothing but what the grammar ignores, as far as is known. */
  public boolean isBlank() {
    return hypotheses.stream()
        .allMatch(hypothesis -> hypothesis.place().first() && hypothesis.mayBeBlank());
  }

  /** The terminals that may come next, by number; within one, those after it. */
  public BitSet nextTerminals() {
    BitSet next = new BitSet();
    hypotheses.forEach(hypothesis -> next.or(hypothesis.parser().allowed(new Inspection())));
    return next;
  }
}
