package dev.mallard.lsp.source;

import java.util.ArrayList;
import java.util.List;

/** Lines of source text, and what is done with them. */
final class SourceLines {
  private SourceLines() {}

  /** Where the lines of a part of a text are, without their ends. */
  static List<Span> in(String text, Span part) {
    List<Span> lines = new ArrayList<>();
    int start = part.start();
    while (start <= part.end()) {
      int end = text.indexOf('\n', start);
      int next = end < 0 || end >= part.end() ? part.end() : end;
      boolean carriage = next > start && next < part.end() && text.charAt(next - 1) == '\r';
      lines.add(new Span(start, carriage ? next - 1 : next));
      start = next + 1;
    }
    return lines;
  }

  /** Where the line begins that a place is in. */
  static int start(String text, int place) {
    return place == 0 ? 0 : text.lastIndexOf('\n', place - 1) + 1;
  }

  /** Where the line ends that a place is in, before its break. */
  static int end(String text, int place) {
    int end = text.indexOf('\n', place);
    if (end < 0) {
      return text.length();
    }
    return end > place && text.charAt(end - 1) == '\r' ? end - 1 : end;
  }

  /** Where the line after a place begins; that of the place itself if it is the last. */
  static int startOfNext(String text, int place) {
    int end = text.indexOf('\n', place);
    return end < 0 ? start(text, place) : end + 1;
  }

  /** The white space before a place, if there is nothing else before it in its line. */
  static String indentation(String text, int place) {
    int start = place;
    while (start > 0 && (text.charAt(start - 1) == ' ' || text.charAt(start - 1) == '\t')) {
      start--;
    }
    return isStart(text, start) ? text.substring(start, place) : "";
  }

  /** Whether nothing but white space is before a place in its line. */
  static boolean isFirst(String text, int place) {
    return isStart(text, place - indentation(text, place).length());
  }

  private static boolean isStart(String text, int place) {
    return place == 0 || text.charAt(place - 1) == '\n';
  }

  /** Whether nothing but white space, or a comment, is behind a place in its line. */
  static boolean isLast(String text, int place, String comment) {
    int at = place;
    while (at < text.length() && text.charAt(at) != '\n') {
      if (!Character.isWhitespace(text.charAt(at))) {
        return text.startsWith(comment, at);
      }
      at++;
    }
    return true;
  }

  /** Whether a part of a text is white space alone; soon told if it is not at its end. */
  static boolean isBlank(String text, Span part) {
    int at = part.end();
    while (at > part.start() && Character.isWhitespace(text.charAt(at - 1))) {
      at--;
    }
    return at == part.start();
  }

  /** A part of a text without white space at its ends. */
  static Span stripped(String text, Span part) {
    int start = part.start();
    int end = part.end();
    while (start < end && Character.isWhitespace(text.charAt(start))) {
      start++;
    }
    while (end > start && Character.isWhitespace(text.charAt(end - 1))) {
      end--;
    }
    return new Span(start, end);
  }

  /** A header that may be written on several lines, in one. */
  static String joined(String header) {
    StringBuilder line = new StringBuilder();
    for (String part : header.lines().map(String::strip).filter(one -> !one.isEmpty()).toList()) {
      boolean closes = ")]}".indexOf(part.charAt(0)) >= 0;
      if (closes && !line.isEmpty() && line.charAt(line.length() - 1) == ',') {
        line.setLength(line.length() - 1);
      }
      boolean opened = !line.isEmpty() && "([{".indexOf(line.charAt(line.length() - 1)) >= 0;
      line.append(line.isEmpty() || opened || closes ? "" : " ").append(part);
    }
    return line.toString();
  }

  /** A text without the indentation that its lines after the first have in common. */
  static String dedented(String text) {
    List<String> lines = text.lines().toList();
    int common =
        lines.stream()
            .skip(1)
            .filter(line -> !line.isBlank())
            .mapToInt(line -> line.length() - line.stripLeading().length())
            .min()
            .orElse(0);
    List<String> result = new ArrayList<>();
    for (int index = 0; index < lines.size(); index++) {
      String line = lines.get(index).stripTrailing();
      result.add(
          index == 0 ? line.stripLeading() : line.substring(Math.min(common, line.length())));
    }
    return String.join("\n", result).strip();
  }

  /** A part of a text without comments in it, in one line. */
  static String withoutComments(String text, Span part, List<Span> comments) {
    TextEdits edits = new TextEdits();
    for (Span comment : comments) {
      int start = comment.start();
      while (start > part.start() && text.charAt(start - 1) == ' ') {
        start--;
      }
      edits.replace(new Span(start, comment.end()), "");
    }
    return joined(edits.apply(text, part));
  }
}
