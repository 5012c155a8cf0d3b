package dev.mallard.sandbox.executor;

import java.util.stream.Collectors;

/** Compares what a program has printed with what it must print. */
public final class PrintedText {
  private PrintedText() {}

  /** Whether two texts are the same but for white space at the ends of lines and of the text. */
  public static boolean same(String actual, String expected) {
    return normal(actual).equals(normal(expected));
  }

  private static String normal(String text) {
    return text.lines()
        .map(String::stripTrailing)
        .collect(Collectors.joining("\n"))
        .stripTrailing();
  }
}
