package dev.mallard.lsp.splice;

import dev.mallard.sandbox.GuestLanguage;

/**
 * How programs of a language are laid out.
 *
 * @param braces whether bodies stand between braces
 * @param typesFirst whether the type of a parameter stands before its name
 * @param indentation of a body, where the file does not show its own
 * @param blankLines between definitions at the top level
 */
public record LanguageStyle(
    boolean braces, boolean typesFirst, String indentation, int blankLines) {

  /** That of a language. */
  public static LanguageStyle of(GuestLanguage language) {
    return switch (language) {
      case PYTHON -> new LanguageStyle(false, false, "    ", 2);
      case JAVA -> new LanguageStyle(true, true, "    ", 1);
      case JAVASCRIPT -> new LanguageStyle(true, false, "  ", 1);
      case SQL -> new LanguageStyle(false, false, "  ", 1);
    };
  }

  /** The indentation of the first line of a file that has any. */
  String unit(String file) {
    return file.lines()
        .filter(line -> !line.isBlank() && (line.startsWith("  ") || line.startsWith("\t")))
        .filter(line -> !line.strip().startsWith("*"))
        .findFirst()
        .map(line -> line.startsWith("\t") ? "\t" : spaces(line))
        .orElse(indentation);
  }

  private static String spaces(String line) {
    int count = line.length() - line.stripLeading().length();
    return " ".repeat(Math.min(count, 8));
  }
}
