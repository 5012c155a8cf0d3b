package dev.mallard.benchmarks.dataset;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What can be said of a text in Python without parsing it. */
final class PythonSource {
  private static final List<String> QUOTES = List.of("\"\"\"", "'''");

  private PythonSource() {}

  /** Where the last definition of a function begins, at the margin; -1 if there is none. */
  static int definition(String source, String function) {
    Matcher matcher =
        Pattern.compile("(?m)^def " + Pattern.quote(function) + "\\s*\\(").matcher(source);
    int found = -1;
    while (matcher.find()) {
      found = matcher.start();
    }
    return found;
  }

  /** Its first line, such as {@code def add(a, b):}; that of a function of any number if absent. */
  static String signature(String source, String function) {
    int start = definition(source, function);
    return start < 0
        ? "def " + function + "(*args):"
        : source.substring(start).lines().findFirst().orElseThrow().strip();
  }

  /**
   * What stands before the definition of a function, if it defines other functions, which its tests
   * may call; else nothing.
   */
  static String helpers(String source, String function) {
    String before = source.substring(0, Math.max(0, definition(source, function)));
    return Pattern.compile("(?m)^def ").matcher(before).find() ? before.strip() + "\n\n" : "";
  }

  /** The first text between triple quotes after the definition of a function. */
  static String docstring(String source, String function) {
    int start = Math.max(0, definition(source, function));
    int best = source.length();
    String docstring = "";
    for (String quote : QUOTES) {
      int open = source.indexOf(quote, start);
      if (open >= 0 && open < best) {
        int close = source.indexOf(quote, open + quote.length());
        best = open;
        docstring = source.substring(open + quote.length(), close < 0 ? source.length() : close);
      }
    }
    return docstring;
  }

  /** The code of a line without a comment at its end. */
  static String withoutComment(String line) {
    int comment = masked(line).indexOf('#');
    return (comment < 0 ? line : line.substring(0, comment)).strip();
  }

  /** How many brackets are open at the end of a text; those within quotes do not count. */
  static int openBrackets(String text) {
    String code = masked(text);
    int open = 0;
    for (int i = 0; i < code.length(); i++) {
      open += "([{".indexOf(code.charAt(i)) >= 0 ? 1 : 0;
      open -= ")]}".indexOf(code.charAt(i)) >= 0 ? 1 : 0;
    }
    return open;
  }

  /** The same with a blank for each character that stands between quotes. */
  private static String masked(String text) {
    StringBuilder code = new StringBuilder(text);
    char quote = 0;
    for (int i = 0; i < text.length(); i++) {
      char character = text.charAt(i);
      if (quote == 0) {
        quote = character == '"' || character == '\'' ? character : 0;
        continue;
      }
      quote = character == quote ? 0 : quote;
      code.setCharAt(i, ' ');
      if (character == '\\' && i + 1 < text.length()) {
        i++;
        code.setCharAt(i, ' ');
      }
    }
    return code.toString();
  }
}
