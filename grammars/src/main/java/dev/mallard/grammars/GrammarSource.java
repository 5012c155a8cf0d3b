package dev.mallard.grammars;

import dev.mallard.grammars.notation.GrammarCompiler;
import dev.mallard.grammars.parse.Grammar;

/**
 * A grammar as it is written.
 *
 * @param text in some notation
 */
public record GrammarSource(String text, Notation notation) {
  private static final String START = "start";

  /** How a grammar is written. */
  public enum Notation {
    /** Lark's; the rule {@code start} is what a whole text is. */
    LARK,
    /** Lark's, of a grammar that is known to decide between its terminals. */
    CHECKED_LARK,
    /** That of llama.cpp; the rule {@code root} is what a whole text is. */
    GBNF
  }

  /**
   * The grammar, made anew: it is not for several threads at once.
   *
   * @throws GrammarException if there is something wrong with it
   */
  public Grammar compile() {
    return switch (notation) {
      case LARK -> GrammarCompiler.lark(text, START);
      case CHECKED_LARK -> GrammarCompiler.knownLark(text, START);
      case GBNF -> GrammarCompiler.gbnf(text);
    };
  }
}
