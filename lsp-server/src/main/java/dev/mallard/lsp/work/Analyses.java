package dev.mallard.lsp.work;

import dev.mallard.generator.problem.Language;
import dev.mallard.lsp.document.TextDocument;
import dev.mallard.lsp.source.Outline;
import dev.mallard.lsp.source.SourceReaders;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** What documents hold, worked out once for each version. May be used by several threads. */
public final class Analyses {
  /** Longest text that is looked into, in UTF-16 code units. */
  public static final int LONGEST = 1 << 20;

  private static final Map<String, Language> LANGUAGES =
      Map.of(
          "python", Language.PYTHON,
          "java", Language.JAVA,
          "javascript", Language.JAVASCRIPT,
          "javascriptreact", Language.JAVASCRIPT,
          "sql", Language.SQL);

  private static final Outline EMPTY = new Outline(List.of(), List.of(), 0, List.of(), List.of());

  private final Map<String, Analysis> last = new ConcurrentHashMap<>();

  /** What a document holds; empty if its language is none that Mallard knows. */
  public Optional<Analysis> of(TextDocument document) {
    Analysis known = last.get(document.uri());
    if (known != null && known.document() == document) {
      return Optional.of(known);
    }
    Optional<Analysis> analysis = analyse(document);
    analysis.ifPresent(found -> last.put(document.uri(), found));
    return analysis;
  }

  /** Forgets a document that was closed. */
  public void forget(String uri) {
    last.remove(uri);
  }

  private static Optional<Analysis> analyse(TextDocument document) {
    Language language = LANGUAGES.get(document.languageId());
    if (language == null) {
      return Optional.empty();
    }
    return SourceReaders.of(document.languageId())
        .map(reader ->
            new Analysis(
                document,
                language,
                reader,
                document.text().length() > LONGEST ? EMPTY : reader.read(document.text())));
  }
}
