package dev.mallard.grammars.parse;

import dev.mallard.grammars.parse.TrieReading.Crossing;
import dev.mallard.grammars.parse.TrieReading.Failure;
import dev.mallard.grammars.parse.TrieReading.Stay;
import dev.mallard.grammars.regex.Automaton;
import java.util.Optional;

/**
 * Finds the tokens of a vocabulary that keep a prefix viable.
 *
 * <p>The lexer's part is read once for each of its states ({@link TrieReading}). What the parser
 * says to it is kept for as much of its stack as was looked at, for the whole vocabulary and for
 * each piece of it behind the end of a terminal. Not for several threads at once.
 */
public final class TokenMasks {
  /** What is kept at most, in bytes; all is forgotten once it is more. */
  private static final long MOST_MEMORY =
      Math.min(256L << 20, Runtime.getRuntime().maxMemory() / 16);

  private static final int MOST_ANSWERS = 200_000;

  private final Grammar grammar;
  private final TokenTrie trie;
  private final TrieReader reader;
  private final StackCache<TokenSet> answers = new StackCache<>(MOST_ANSWERS);
  private long memory;

  /**
   * Makes masks for the texts of a grammar.
   *
   * @param trie may be shared
   */
  public TokenMasks(Grammar grammar, TokenTrie trie) {
    this.grammar = grammar;
    this.trie = trie;
    this.reader = new TrieReader(grammar, trie);
  }

  /** How many words of 64 bits a mask has. */
  public int words() {
    return (trie.vocabularySize() + 63) >> 6;
  }

  /** The tokens that keep a prefix of the grammar's texts viable. */
  public TokenMask of(Prefix prefix) {
    boolean mayEnd = prefix.isComplete();
    if (prefix.hypotheses().size() == 1) {
      Hypothesis only = prefix.hypotheses().getFirst();
      return new TokenMask(
          allowed(reader.whole(), only, new Inspection()).bits(trie.vocabularySize()), mayEnd);
    }
    long[] bits = new long[words()];
    for (Hypothesis hypothesis : prefix.hypotheses()) {
      allowed(reader.whole(), hypothesis, new Inspection()).addTo(bits);
    }
    return new TokenMask(bits, mayEnd);
  }

  private TokenSet allowed(TriePiece piece, Hypothesis from, Inspection inspection) {
    TrieReading reading = reader.read(piece, from);
    Lexeme lexeme = from.lexeme();
    boolean mayFallBack = !reading.failures().isEmpty() && lexeme.accepted() != Automaton.DEAD;
    long question = Hash.mix(reading.number()) + from.place().variant();
    if (mayFallBack) {
      question = Hash.of(question, lexeme.accepted(), Hash.of(lexeme.pending()));
    }
    long blocks = from.place().block().signature();
    Optional<TokenSet> known = answers.find(question, from.parser(), blocks, inspection);
    if (known.isPresent()) {
      return known.get();
    }
    Inspection own = new Inspection();
    TokenSet found = find(reading, from, mayFallBack, own);
    inspection.add(own);
    memory += found.memory();
    if (memory > MOST_MEMORY) {
      memory = 0;
      answers.clear();
    }
    answers.put(question, from.parser(), blocks, own, found);
    return found;
  }

  private TokenSet find(
      TrieReading reading, Hypothesis from, boolean mayFallBack, Inspection inspection) {
    // That may come is what the parser's stack says, and what the reading depends on.
    Expectation expectation = grammar.expectation(from.parser(), from.place(), inspection);
    TokenSet.Builder tokens = new TokenSet.Builder(trie.vocabularySize());
    for (Stay stay : reading.stays()) {
      if (stay.alive().intersects(expectation.viable())) {
        tokens.add(stay.tokens());
      }
    }
    for (Crossing crossing : reading.crossings()) {
      if (crossing.alive().intersects(expectation.viable())) {
        cross(from.with(crossing.end()), crossing.rest(), tokens, inspection);
      }
    }
    if (mayFallBack) {
      for (Failure failure : reading.failures()) {
        if (failure.alive().intersects(expectation.viable())) {
          from.lexeme()
              .fallenBack(failure.bytes())
              .ifPresent(end -> cross(from.with(end), failure.rest(), tokens, inspection));
        }
      }
    }
    return tokens.build();
  }

  private void cross(
      Hypothesis end, TriePiece rest, TokenSet.Builder tokens, Inspection inspection) {
    for (Hypothesis after : end.finish(inspection)) {
      for (Hypothesis further : after.feed(end.lexeme().pending(), inspection)) {
        tokens.add(allowed(rest, further, inspection));
      }
    }
  }
}
