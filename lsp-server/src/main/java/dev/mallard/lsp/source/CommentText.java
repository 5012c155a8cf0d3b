package dev.mallard.lsp.source;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** The text of documentation comments, which begin with a slash and two stars. */
final class CommentText {
  private CommentText() {}

  /** All of it. */
  static String of(String text, Span comment) {
    return lines(text, comment).stream()
        .map(line -> line.of(text).stripTrailing())
        .collect(Collectors.joining("\n"))
        .strip();
  }

  /** Its lines, without the stars before them and one space after these. */
  static List<Span> lines(String text, Span comment) {
    List<Span> lines = new ArrayList<>();
    int end = comment.of(text).endsWith("*/") ? comment.end() - 2 : comment.end();
    int from = Math.min(end, comment.start() + 3);
    for (Span line : SourceLines.in(text, new Span(from, end))) {
      int start = line.start();
      while (start < line.end() && Character.isWhitespace(text.charAt(start))) {
        start++;
      }
      if (start < line.end() && text.charAt(start) == '*') {
        start++;
      }
      if (start < line.end() && text.charAt(start) == ' ') {
        start++;
      }
      lines.add(new Span(start, line.end()));
    }
    return lines;
  }

  /**
   * The lines of its examples: of each tag {@code @example}, what follows it, up to another tag.
   */
  static List<List<Span>> examples(String text, Span comment) {
    List<List<Span>> examples = new ArrayList<>();
    boolean within = false;
    for (Span line : lines(text, comment)) {
      Span words = SourceLines.stripped(text, line);
      if (text.startsWith("@example", words.start())) {
        within = true;
        examples.add(new ArrayList<>());
        words =
            SourceLines.stripped(
                text,
                new Span(Math.min(words.end(), words.start() + "@example".length()), words.end()));
      } else if (text.startsWith("@", words.start()) && words.end() > words.start()) {
        within = false;
      }
      boolean caption =
          text.startsWith("<caption", words.start()) || text.startsWith("```", words.start());
      if (within && !caption && words.end() > words.start()) {
        examples.getLast().add(words);
      }
    }
    return examples;
  }
}
