package dev.mallard.lsp.source;

import java.util.Optional;

/** The languages whose source texts can be read. */
public final class SourceReaders {
  private SourceReaders() {}

  /**
   * The reader of a language.
   *
   * @param languageId as editors call the language: {@code python}, {@code java}, {@code
   *     javascript}, {@code javascriptreact} or {@code sql}
   */
  public static Optional<SourceReader> of(String languageId) {
    return switch (languageId) {
      case "python" -> Optional.of(new PythonReader());
      case "java" -> Optional.of(new JavaReader());
      case "javascript", "javascriptreact" -> Optional.of(new JavaScriptReader());
      case "sql" -> Optional.of(new SqlReader());
      default -> Optional.empty();
    };
  }
}
