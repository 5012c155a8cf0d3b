package dev.mallard.grammars.parse;

import dev.mallard.grammars.regex.Automaton;
import java.util.Arrays;
import java.util.Optional;

/**
 * A terminal that is being read.
 *
 * @param state the automaton's, {@link #BETWEEN} before its first byte
 * @param accepted the automaton's state when something matched last; {@link Automaton#DEAD} if
 *     nothing has
 * @param pending bytes since then
 * @param column where the next byte stands, if all since the last line break was white space
 * @param brokeLine whether it contains a line break
 */
@SuppressWarnings("ArrayRecordComponent") // Never changed, and compared by isSame.
record Lexeme(int state, int accepted, byte[] pending, int column, boolean brokeLine) {
  private static final int BEFORE = -1;

  /** How far a lexer goes back, after it went on for a longer match in vain. */
  static final int MOST_PENDING = 16;

  private static final byte[] NO_BYTES = {};

  static final Lexeme BETWEEN = new Lexeme(BEFORE, Automaton.DEAD, NO_BYTES, 0, false);

  boolean isBetween() {
    return state == BEFORE;
  }

  /** Whether it may end here. */
  boolean matches() {
    return accepted == state;
  }

  /** After one more byte, which leads the automaton to a state. */
  Lexeme after(Automaton automaton, int next, byte value) {
    boolean lineBreak = value == '\n' || value == '\r';
    int nextColumn = column(column, value);
    if (automaton.accepts(next)) {
      return new Lexeme(next, next, NO_BYTES, nextColumn, brokeLine || lineBreak);
    }
    if (accepted == Automaton.DEAD || pending.length == MOST_PENDING) {
      return new Lexeme(next, Automaton.DEAD, NO_BYTES, nextColumn, brokeLine || lineBreak);
    }
    byte[] more = Arrays.copyOf(pending, pending.length + 1);
    more[pending.length] = value;
    return new Lexeme(next, accepted, more, nextColumn, brokeLine || lineBreak);
  }

  /** Where the next byte stands after one; see {@link Column}. */
  static int column(int column, byte value) {
    return Column.after(column, value);
  }

  /**
   * It as it is if it ends where something matched last, although more bytes came.
   *
   * @param more those after the pending ones
   * @return empty if nothing matched, or too long ago
   */
  Optional<Lexeme> fallenBack(byte[] more) {
    if (accepted == Automaton.DEAD || pending.length + more.length > MOST_PENDING) {
      return Optional.empty();
    }
    byte[] all = Arrays.copyOf(pending, pending.length + more.length);
    System.arraycopy(more, 0, all, pending.length, more.length);
    int nextColumn = column;
    for (byte value : more) {
      nextColumn = column(nextColumn, value);
    }
    return Optional.of(new Lexeme(accepted, accepted, all, nextColumn, brokeLine));
  }

  boolean isSame(Lexeme other) {
    return state == other.state
        && accepted == other.accepted
        && column == other.column
        && brokeLine == other.brokeLine
        && Arrays.equals(pending, other.pending);
  }
}
