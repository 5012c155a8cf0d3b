package dev.mallard.generator.prompt;

/**
 * Text from outside, for a terminal or a model: characters that could drive the one, or mislead who
 * reads with the other, are shown as escapes.
 */
public final class VisibleText {
  private VisibleText() {}

  /**
   * The text with every control character but line feeds and tabs, and every character that hides
   * or reorders others, written as an escape such as {@code \x1b} or {@code \u202e}.
   */
  public static String of(String text) {
    StringBuilder visible = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\n' || c == '\t' || !isDangerous(c)) {
        visible.append(c);
      } else {
        visible.append(c < 0x100 ? "\\x%02x".formatted((int) c) : "\\u%04x".formatted((int) c));
      }
    }
    return visible.toString();
  }

  private static boolean isDangerous(char c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> true;
      // Joiners are formats too, and emoji and some scripts need them.
      case Character.FORMAT -> c != '\u200c' && c != '\u200d';
      default -> false;
    };
  }
}
