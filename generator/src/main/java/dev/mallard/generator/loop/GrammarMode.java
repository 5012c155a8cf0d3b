package dev.mallard.generator.loop;

import java.util.Locale;

/** What the grammar of a problem's language is used for. */
public enum GrammarMode {
  /** Nothing. */
  OFF,
  /** The model reads it, and what it says of syntax errors. */
  PROMPT,
  /** What the model writes is held to it. */
  CONSTRAIN,
  /** Both. */
  BOTH;

  /** Whether the model reads the grammar. */
  public boolean prompts() {
    return this == PROMPT || this == BOTH;
  }

  /** Whether what the model writes is held to the grammar. */
  public boolean constrains() {
    return this == CONSTRAIN || this == BOTH;
  }

  /** The name in lower case, such as {@code prompt}. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
