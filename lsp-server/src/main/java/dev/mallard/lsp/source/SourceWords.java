package dev.mallard.lsp.source;

import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.Consumer;

/** Finds the words of a text in any language, but those in its strings and comments. */
final class SourceWords {
  private final String text;
  private final String comment;

  private SourceWords(String text, String comment) {
    this.text = text;
    this.comment = comment;
  }

  /** Words of a text whose comments begin with {@code #}. */
  static SourceWords ofPython(String text) {
    return new SourceWords(text, "#");
  }

  /** Words of a text whose comments begin with two slashes. */
  static SourceWords ofBraces(String text) {
    return new SourceWords(text, "//");
  }

  /** The words, each once. */
  Set<String> names() {
    Set<String> names = new LinkedHashSet<>();
    scan(word -> {
      names.add(word.of(text));
    });
    return names;
  }

  /** The text without a word and the dot after it, wherever no dot is before it. */
  String withoutQualifier(String qualifier) {
    if (qualifier.isEmpty() || !text.contains(qualifier)) {
      return text;
    }
    StringBuilder result = new StringBuilder();
    int[] copied = {0};
    scan(word -> {
      boolean qualifies =
          word.of(text).equals(qualifier)
              && text.startsWith(".", word.end())
              && (word.start() == 0 || text.charAt(word.start() - 1) != '.');
      if (qualifies) {
        result.append(text, copied[0], word.start());
        copied[0] = word.end() + 1;
      }
    });
    return result.append(text, copied[0], text.length()).toString();
  }

  private void scan(Consumer<Span> word) {
    int at = 0;
    while (at < text.length()) {
      char character = text.charAt(at);
      if (text.startsWith(comment, at)) {
        at = lineEnd(at);
      } else if (character == '"' || character == '\'') {
        at = stringEnd(at);
      } else if (Character.isJavaIdentifierStart(character)) {
        int end = at + 1;
        while (end < text.length() && Character.isJavaIdentifierPart(text.charAt(end))) {
          end++;
        }
        word.accept(new Span(at, end));
        at = end;
      } else {
        at++;
      }
    }
  }

  private int lineEnd(int from) {
    int end = text.indexOf('\n', from);
    return end < 0 ? text.length() : end;
  }

  private int stringEnd(int from) {
    String quote = text.substring(from, from + 1);
    if (text.startsWith(quote.repeat(3), from)) {
      int end = text.indexOf(quote.repeat(3), from + 3);
      return end < 0 ? text.length() : end + 3;
    }
    int at = from + 1;
    while (at < text.length() && text.charAt(at) != '\n') {
      if (text.charAt(at) == quote.charAt(0)) {
        return at + 1;
      }
      at += text.charAt(at) == '\\' ? 2 : 1;
    }
    return Math.min(at, text.length());
  }
}
