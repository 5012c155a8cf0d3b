package dev.mallard.grammars.parse;

import dev.mallard.grammars.regex.Regex;
import java.util.Optional;
import java.util.Set;

/**
 * A terminal of a grammar.
 *
 * @param name in the grammar, or its text in quotes
 * @param regex what it looks like; empty if something else than the lexer finds it
 * @param priority where several match the same text, the highest is taken
 * @param traits what else there is to it
 */
public record Terminal(String name, Optional<Regex> regex, int priority, Set<Trait> traits) {
  /** How a terminal differs from others. */
  public enum Trait {
    /** A text of the grammar's rules; of the same priority, it is taken before other terminals. */
    LITERAL,
    /** No other terminal may match its text. */
    RESERVED,
    /** A name that may be any word, even one that is taken before other names. */
    ANY_WORD,
    /** Nothing may be ignored before it. */
    ADJACENT,
    /** Where it may come nothing is ignored. */
    VERBATIM,
    /** No line break may be ignored before it. */
    SAME_LINE,
    /** After it and a line break, nothing may come but what follows a semicolon left out. */
    ENDS_WITH_LINE,
    /** No word may come just after it. */
    APART
  }

  /** Whether a trait says after what a terminal may come. */
  public static boolean isOfPlace(Trait trait) {
    return trait == Trait.ADJACENT || trait == Trait.SAME_LINE;
  }

  boolean is(Trait trait) {
    return traits.contains(trait);
  }

  /** The higher, the sooner it is taken where several match. */
  int rank() {
    return 2 * priority + (is(Trait.LITERAL) ? 1 : 0);
  }
}
