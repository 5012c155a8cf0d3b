package dev.mallard.cli;

import dev.mallard.sandbox.GuestLanguage;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Tells the language of a program by its file's name. */
final class GuestLanguages {
  private static final Map<String, GuestLanguage> BY_EXTENSION =
      Map.of(
          "py", GuestLanguage.PYTHON,
          "js", GuestLanguage.JAVASCRIPT,
          "mjs", GuestLanguage.JAVASCRIPT,
          "cjs", GuestLanguage.JAVASCRIPT,
          "java", GuestLanguage.JAVA,
          "sql", GuestLanguage.SQL);

  private GuestLanguages() {}

  static Optional<GuestLanguage> of(Path file) {
    String name = file.getFileName().toString();
    String extension = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    return Optional.ofNullable(BY_EXTENSION.get(extension));
  }
}
