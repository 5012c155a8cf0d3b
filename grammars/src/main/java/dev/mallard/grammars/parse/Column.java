package dev.mallard.grammars.parse;

/**
 * Where something stands in a line that begins with white space, as a number of two halves: once
 * with tabs that go to the next multiple of eight, once with tabs that are as wide as a space. Two
 * columns can be compared only if both halves say the same, which is what Python asks of lines.
 */
final class Column {
  private static final int TAB = 8;
  private static final int BITS = 15;
  private static final int MOST = (1 << BITS) - TAB;

  private Column() {}

  /** Where the next byte stands after one. */
  static int after(int column, byte value) {
    int wide = column >> BITS;
    return switch (value) {
      case '\n', '\r' -> 0;
      case '\t' -> wide < MOST ? column + 1 + ((TAB - wide % TAB) << BITS) : column;
      case ' ' -> wide < MOST ? column + 1 + (1 << BITS) : column;
      default -> column;
    };
  }

  /** Whether one is to the left of another, however wide a tab is. */
  static boolean isLeftOf(int one, int other) {
    return one >> BITS < other >> BITS && narrow(one) < narrow(other);
  }

  private static int narrow(int column) {
    return column & ((1 << BITS) - 1);
  }
}
