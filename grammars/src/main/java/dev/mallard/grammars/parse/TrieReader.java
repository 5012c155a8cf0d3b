package dev.mallard.grammars.parse;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Reads the trie of a vocabulary with a grammar's lexer, each piece from each place once. */
final class TrieReader {
  /** What the readings take in memory at most, in bytes; all are forgotten once it is more. */
  private static final long MOST_MEMORY =
      Math.min(256L << 20, Runtime.getRuntime().maxMemory() / 16);

  private record Question(int piece, boolean between, int state, int column, boolean brokeLine) {
    @Override
    public int hashCode() {
      return (int)
          Hash.mix(
              ((long) piece << 32) + 4L * state + (between ? 2 : 0) + (brokeLine ? 1 : 0)
                  ^ (long) column << 48);
    }
  }

  private final Grammar grammar;
  private final TokenTrie trie;
  private final TriePiece whole;
  private final Map<List<Integer>, TriePiece> pieces = new HashMap<>();
  private final Map<Integer, TriePiece> below = new HashMap<>();
  private final Map<Question, TrieReading> readings = new HashMap<>();
  private int piecesMade;
  private int readingsMade;
  private long memory;

  TrieReader(Grammar grammar, TokenTrie trie) {
    this.grammar = grammar;
    this.trie = trie;
    this.whole = piece(trie.roots());
  }

  /** The whole trie. */
  TriePiece whole() {
    return whole;
  }

  /** The piece that is made of some nodes. */
  TriePiece piece(int[] nodes) {
    return pieces.computeIfAbsent(
        Arrays.stream(nodes).boxed().toList(), _ -> new TriePiece(piecesMade++, nodes));
  }

  /** Reads a piece from where a hypothesis is. */
  TrieReading read(TriePiece piece, Hypothesis from) {
    Lexeme lexeme = from.lexeme();
    boolean between = lexeme.isBetween();
    int state = between ? from.expectation().start() : lexeme.state();
    Question question =
        new Question(
            piece.number(),
            between,
            state,
            grammar.needsColumn(state) ? lexeme.column() : 0,
            grammar.needsLineBreaks() && lexeme.brokeLine());
    if (memory > MOST_MEMORY) {
      forget();
    }
    return read(piece, question);
  }

  private TrieReading read(TriePiece piece, Question question) {
    TrieReading known = readings.get(question);
    if (known == null) {
      known =
          new TrieWalk(
                  this,
                  grammar,
                  trie,
                  question.between(),
                  question.state(),
                  question.column(),
                  question.brokeLine())
              .read(piece, readingsMade++);
      memory += known.memory();
      readings.put(question, known);
    }
    return known;
  }

  private void forget() {
    memory = 0;
    readings.clear();
    below.clear();
    pieces.clear();
    pieces.put(Arrays.stream(whole.nodes()).boxed().toList(), whole);
  }

  /** What is below a node, from where a terminal may end. */
  TrieReading readBelow(int node, int state) {
    TriePiece piece = below.computeIfAbsent(node, _ -> piece(trie.children(node)));
    return read(piece, new Question(piece.number(), false, state, 0, false));
  }
}
