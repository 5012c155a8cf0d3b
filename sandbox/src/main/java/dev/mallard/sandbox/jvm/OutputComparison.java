package dev.mallard.sandbox.jvm;

import dev.mallard.sandbox.executor.PrintedText;
import dev.mallard.sandbox.runner.Event.Held;
import dev.mallard.sandbox.runner.Event.Outcome;
import dev.mallard.sandbox.runner.Event.Unequal;
import java.util.Optional;

/** Compares what a program has printed with what it must print. */
final class OutputComparison {
  private static final int LONGEST = 1000;

  private OutputComparison() {}

  /** White space at the ends of lines and of the text does not count. */
  static Outcome compare(String actual, String expected) {
    return PrintedText.same(actual, expected)
        ? new Held()
        : new Unequal(cut(actual), cut(expected), Optional.empty());
  }

  private static String cut(String text) {
    String stripped = text.stripTrailing();
    return stripped.length() <= LONGEST ? stripped : stripped.substring(0, LONGEST) + " ...";
  }
}
