package dev.mallard.generator.loop;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A fenced code block of an answer.
 *
 * @param label the first word after the opening fence, in small letters; empty if there is none
 * @param code what is in it, its last line ended
 * @param closed whether it is; if not, the text has ended first
 */
record FencedBlock(String label, String code, boolean closed) {
  private static final Pattern OPENING =
      Pattern.compile("(?<indent>\\s*)(?<fence>`{3,}|~{3,})(?<info>[^`]*)");

  /** A fence at the end of a line of prose, which Markdown would not take for one. */
  private static final Pattern LATE_OPENING =
      Pattern.compile("[^`]*[^`\\s][^`]*(?<fence>`{3,})(?<info>[A-Za-z0-9]+)\\s*");

  /**
   * All of an answer, in order.
   *
   * @param labels of blocks that may also open at the end of a line of prose
   */
  static List<FencedBlock> all(String answer, Set<String> labels) {
    List<FencedBlock> blocks = new ArrayList<>();
    String[] lines = answer.replace("\r\n", "\n").split("\n", -1);
    int i = 0;
    while (i < lines.length) {
      Matcher opening = OPENING.matcher(lines[i]);
      if (!opening.matches()) {
        opening = LATE_OPENING.matcher(lines[i]);
        if (!opening.matches() || !labels.contains(label(opening))) {
          i++;
          continue;
        }
      }
      int indent = opening.pattern() == OPENING ? opening.group("indent").length() : 0;
      String fence = opening.group("fence");
      StringBuilder code = new StringBuilder();
      i++;
      while (i < lines.length && !closes(lines[i], fence)) {
        code.append(outdent(lines[i], indent)).append('\n');
        i++;
      }
      boolean closed = i < lines.length;
      blocks.add(
          new FencedBlock(
              label(opening), closed ? code.toString() : unclosed(code, fence), closed));
      i++;
    }
    return blocks;
  }

  private static String label(Matcher opening) {
    return opening.group("info").strip().split("\\s+", 2)[0].toLowerCase(Locale.ROOT);
  }

  private static boolean closes(String line, String fence) {
    String text = line.strip();
    return text.length() >= fence.length()
        && text.chars().allMatch(character -> character == fence.charAt(0));
  }

  /** Removes an indentation, as far as a line has it. */
  static String outdent(String line, int indent) {
    int i = 0;
    while (i < indent && i < line.length() && Character.isWhitespace(line.charAt(i))) {
      i++;
    }
    return line.substring(i);
  }

  /** Models put the closing fence behind the last statement at times. */
  private static String unclosed(CharSequence code, String fence) {
    String text = code.toString().stripTrailing();
    if (text.endsWith(fence)) {
      text = text.substring(0, text.length() - fence.length()).stripTrailing();
    }
    return text + "\n";
  }
}
