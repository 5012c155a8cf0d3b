package dev.mallard.grammars.digest;

import java.util.List;

/**
 * Where a text leaves its language, and what the grammar says there.
 *
 * @param line from 1
 * @param column from 1, in characters
 * @param found what stands there; {@link #LINE_END}, or empty at the end of the text
 * @param expected what could stand there instead, as people call it, what is likeliest first; texts
 *     between quotes
 * @param rules of what stands around it; empty where none were found, or fit
 */
public record Surroundings(
    int line, int column, String found, List<String> expected, String rules) {
  /** What stands there, if it is a line's end. */
  public static final String LINE_END = "the end of the line";

  public Surroundings {
    expected = List.copyOf(expected);
  }
}
