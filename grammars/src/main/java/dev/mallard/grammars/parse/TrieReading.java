package dev.mallard.grammars.parse;

import java.util.BitSet;
import java.util.List;

/**
 * What the lexer makes of a piece of the trie, whatever the parser says to it.
 *
 * @param number of its own
 * @param stays tokens that end within the terminal
 * @param crossings ways beyond its end
 * @param failures ways to where nothing had matched since the piece began
 */
record TrieReading(int number, List<Stay> stays, List<Crossing> crossings, List<Failure> failures) {

  /** Its size in memory, in bytes and about. */
  long memory() {
    long tokens = stays.stream().mapToLong(stay -> stay.tokens().memory()).sum();
    return tokens + 200L * (crossings.size() + failures.size() + 1);
  }

  /**
   * Tokens after which the same expressions can still match.
   *
   * @param state one in which these can
   * @param alive these
   */
  record Stay(int state, BitSet alive, TokenSet tokens) {}

  /**
   * Where the terminal ends.
   *
   * @param state the automaton's when the next byte was read
   * @param alive the expressions that could still match when the next byte was read
   * @param end the terminal then
   * @param rest the bytes after that
   */
  record Crossing(int state, BitSet alive, Lexeme end, TriePiece rest) {}

  /**
   * Where nothing had matched.
   *
   * @param alive the expressions that could still match when the next byte was read
   * @param bytes what had been read of the piece
   * @param rest the bytes after that
   */
  @SuppressWarnings("ArrayRecordComponent") // Never compared, nor changed.
  record Failure(BitSet alive, byte[] bytes, TriePiece rest) {}
}
