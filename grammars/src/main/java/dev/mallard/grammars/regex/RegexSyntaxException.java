package dev.mallard.grammars.regex;

/** A regular expression that is not one, or asks for what an automaton cannot do. */
public final class RegexSyntaxException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final int offset;

  RegexSyntaxException(String message, int offset) {
    super(message);
    this.offset = offset;
  }

  /** Where in the expression, in UTF-16 units from its beginning. */
  public int offset() {
    return offset;
  }
}
