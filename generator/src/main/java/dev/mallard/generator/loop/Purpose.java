package dev.mallard.generator.loop;

import java.util.Locale;

/** What the model is asked for. */
public enum Purpose {
  /** A program. */
  PROGRAM,
  /** What it thinks of a program, for the feedback. */
  FEEDBACK,
  /** Tests, where the user gave none. */
  TESTS;

  /** The name in lower case, such as {@code program}. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
