package dev.mallard.generator.model;

import dev.mallard.grammars.GrammarSource;

/**
 * A reply that is one fenced code block and nothing else, with a text of a grammar in it. The
 * opening fence is given to the model; it writes the text, and then the closing fence or its end
 * token.
 *
 * @param label what stands behind the opening fence
 * @param grammar of the text
 */
public record FencedProgram(String label, GrammarSource grammar) {
  /** What the closing fence is. */
  public static final String FENCE = "```";

  /** How the reply begins. */
  public String opening() {
    return FENCE + label + "\n";
  }
}
