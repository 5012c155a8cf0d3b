package dev.mallard.sandbox.javascript;

/**
 * A token of JavaScript.
 *
 * @param kind what it is
 * @param start where it begins in the text
 * @param end where it ends
 * @param text its text
 */
record Token(Kind kind, int start, int end, String text) {
  /** What a token may be. */
  enum Kind {
    /** An identifier or a keyword. */
    WORD,
    NUMBER,
    /** A string, or a whole template with all that is in it. */
    STRING,
    REGULAR_EXPRESSION,
    PUNCTUATOR
  }

  boolean is(String expected) {
    return text.equals(expected) && (kind == Kind.WORD || kind == Kind.PUNCTUATOR);
  }

  boolean opens() {
    return kind == Kind.PUNCTUATOR && (is("(") || is("[") || is("{"));
  }

  boolean closes() {
    return kind == Kind.PUNCTUATOR && (is(")") || is("]") || is("}"));
  }
}
