package dev.mallard.lsp.splice;

import dev.mallard.lsp.source.Span;
import java.util.ArrayList;
import java.util.List;

/** White space before lines. */
final class Indentation {
  private Indentation() {}

  /** Where the line of a place begins. */
  static int lineStart(String text, int place) {
    return text.lastIndexOf('\n', place - 1) + 1;
  }

  /** What stands before a place on its line, if that is white space; else the line's own. */
  static String before(String text, int place) {
    int start = lineStart(text, place);
    int end = start;
    while (end < place && " \t".indexOf(text.charAt(end)) >= 0) {
      end++;
    }
    return text.substring(start, end);
  }

  /**
   * A part of a text with another indentation: its first line as it is, each other line with the
   * new one in place of the one that the first line has where it stands.
   */
  static String moved(String text, Span span, String indentation) {
    String old = before(text, span.start());
    List<String> lines = new ArrayList<>(List.of(span.of(text).stripTrailing().split("\n", -1)));
    for (int i = 1; i < lines.size(); i++) {
      String line = lines.get(i).stripTrailing();
      if (line.startsWith(old)) {
        lines.set(i, line.isEmpty() ? "" : indentation + line.substring(old.length()));
      } else {
        lines.set(i, line.isBlank() ? "" : line);
      }
    }
    return String.join("\n", lines);
  }
}
