package dev.mallard.grammars.parse;

/** What line breaks mean in a language, beyond separating terminals. */
public sealed interface Layout {
  /** Nothing. */
  record Free() implements Layout {}

  /**
   * Lines end statements, and their indentation makes blocks, as in Python. Within brackets lines
   * have no meaning.
   *
   * @param newline the terminal of a line's end, which contains the white space before the next
   *     statement
   * @param indent declared terminal after a line's end, where the next line is further to the right
   * @param dedent declared terminal for each block that ends
   */
  record Indentation(int newline, int indent, int dedent) implements Layout {}

  /**
   * A semicolon may be left out at a line's end, before a closing brace and at the end, as in
   * ECMAScript (automatic semicolon insertion).
   *
   * @param semicolon declared terminal that stands for one that was left out
   */
  record Semicolons(int semicolon) implements Layout {}
}
