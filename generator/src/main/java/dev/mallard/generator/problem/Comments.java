package dev.mallard.generator.problem;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * How comments are written in a language.
 *
 * @param line what begins one that goes to the end of its line
 * @param block what one that may have several lines stands between
 */
public record Comments(Optional<String> line, Optional<Block> block) {
  /** No comments. */
  static final Comments NONE = new Comments(Optional.empty(), Optional.empty());

  /** What a comment begins and ends with. */
  public record Block(String start, String end) {}

  /** Whether a text holds nothing but comments and white space. */
  boolean areAllOf(String text) {
    String rest = block.map(delimiters -> without(delimiters, text)).orElse(text);
    return rest.lines()
        .map(String::strip)
        .allMatch(content -> content.isEmpty() || line.filter(content::startsWith).isPresent());
  }

  private static String without(Block delimiters, String text) {
    String comment = Pattern.quote(delimiters.start()) + ".*?" + Pattern.quote(delimiters.end());
    return Pattern.compile(comment, Pattern.DOTALL).matcher(text).replaceAll(" ");
  }
}
