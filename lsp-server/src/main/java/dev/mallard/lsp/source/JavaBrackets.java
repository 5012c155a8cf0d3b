package dev.mallard.lsp.source;

/**
 * How brackets lie in one another in a text in Java.
 *
 * @param deepest the most that are open in one place
 * @param openBraces how many braces are not closed at the end
 */
record JavaBrackets(int deepest, int openBraces) {

  /** Counts. */
  static JavaBrackets of(String text) {
    int deepest = 0;
    int depth = 0;
    int braces = 0;
    int at = 0;
    while (at < text.length()) {
      char character = text.charAt(at);
      int next = at + 1;
      switch (character) {
        case '(', '[', '{' -> {
          deepest = Math.max(deepest, ++depth);
          braces += character == '{' ? 1 : 0;
        }
        case ')', ']', '}' -> {
          depth = Math.max(0, depth - 1);
          braces -= character == '}' ? 1 : 0;
        }
        case '/' -> next = afterComment(text, at);
        case '"', '\'' -> next = afterLiteral(text, at);
        default -> {}
      }
      at = next;
    }
    return new JavaBrackets(deepest, Math.max(0, braces));
  }

  private static int afterComment(String text, int at) {
    if (text.startsWith("//", at)) {
      return SourceLines.end(text, at);
    }
    if (text.startsWith("/*", at)) {
      int end = text.indexOf("*/", at + 2);
      return end < 0 ? text.length() : end + 2;
    }
    return at + 1;
  }

  private static int afterLiteral(String text, int at) {
    if (text.startsWith("\"\"\"", at)) {
      int end = text.indexOf("\"\"\"", at + 3);
      return end < 0 ? text.length() : end + 3;
    }
    for (int end = at + 1; end < text.length() && text.charAt(end) != '\n'; end++) {
      if (text.charAt(end) == text.charAt(at)) {
        return end + 1;
      }
      end += text.charAt(end) == '\\' ? 1 : 0;
    }
    return Math.min(text.length(), SourceLines.end(text, at) + 1);
  }
}
