package dev.mallard.generator.prompt;

import java.util.regex.Pattern;

/**
 * Text from outside within a prompt: statements, programs, what they print, what other models say.
 * It is data. It stands in a block that it cannot close, its control characters are visible, it
 * cannot look like the markers with which chat templates begin a message, and it may be cut to a
 * length.
 */
public final class Quoted {
  private static final String FENCE = "```";

  /** Of what is cut the beginning is kept, and this part of the length for the end. */
  private static final int SHARE_OF_END = 3;

  /**
   * Markers of messages that tokenizers do not know as special tokens, such as TinyLlama's {@code
   * <|user|>}: the text alone would begin a message.
   */
  private static final Pattern MARKER =
      Pattern.compile("<(?=\\|[\\w ]{1,32}\\|>)|\\[(?=/?INST\\])|<(?=</?SYS>>)");

  private Quoted() {}

  /** A fenced code block whose content cannot close it. */
  public static String fenced(String label, String content) {
    String harmless = harmless(content);
    String fence = FENCE;
    while (harmless.contains(fence)) {
      fence += "`";
    }
    return fence + label + "\n" + harmless.stripTrailing() + "\n" + fence;
  }

  /** A text between tags that it cannot close. */
  public static String tagged(String tag, String content) {
    String inside =
        harmless(content)
            .replaceAll("(?i)<(?=\\s*/?\\s*" + Pattern.quote(tag) + "\\b)", "< ")
            .strip();
    return "<" + tag + ">\n" + inside + "\n</" + tag + ">";
  }

  /** On one line, within backticks that it cannot close. */
  public static String inline(String content, int most) {
    return "`" + line(content, most) + "`";
  }

  /** On one line, and without backticks. */
  public static String line(String content, int most) {
    return harmless(cut(content.strip(), most)).replace("\n", "\\n").replace('`', '\'');
  }

  /**
   * The beginning and the end of a text that is longer than allowed, with a word on how much is
   * missing between them.
   *
   * @param most characters that are kept
   */
  public static String cut(String text, int most) {
    if (text.length() <= most) {
      return text;
    }
    int end = most / SHARE_OF_END;
    int start = most - end;
    return "%s[... %,d characters ...]%s"
        .formatted(
            text.substring(0, whole(text, start)),
            text.length() - most,
            text.substring(whole(text, text.length() - end)));
  }

  /** The place, or the one before it where it would part a surrogate pair. */
  private static int whole(String text, int place) {
    return place > 0
            && place < text.length()
            && Character.isSurrogatePair(text.charAt(place - 1), text.charAt(place))
        ? place - 1
        : place;
  }

  private static String harmless(String text) {
    return MARKER.matcher(VisibleText.of(text.replace("\r\n", "\n"))).replaceAll("$0 ");
  }
}
