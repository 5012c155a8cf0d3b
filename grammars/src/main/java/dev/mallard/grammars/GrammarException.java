package dev.mallard.grammars;

/** A grammar that is not well made. The message says what is wrong, and where. */
public final class GrammarException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final int line;
  private final int column;

  /**
   * Makes one.
   *
   * @param line from 1 on
   * @param column from 1 on
   */
  public GrammarException(String message, int line, int column) {
    super("line %d, column %d: %s".formatted(line, column, message));
    this.line = line;
    this.column = column;
  }

  public int line() {
    return line;
  }

  public int column() {
    return column;
  }
}
