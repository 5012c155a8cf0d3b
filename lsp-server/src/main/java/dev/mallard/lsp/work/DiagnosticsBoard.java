package dev.mallard.lsp.work;

import dev.mallard.lsp.document.Change;
import dev.mallard.lsp.document.Documents;
import dev.mallard.lsp.document.TextDocument;
import dev.mallard.lsp.source.Span;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.eclipse.lsp4j.Diagnostic;
import org.eclipse.lsp4j.DiagnosticSeverity;
import org.eclipse.lsp4j.PublishDiagnosticsParams;

/**
 * What the editor is shown to be wrong. Each document has remarks from several sources, such as its
 * syntax, and the runs of the tests of a program; a source's new remarks replace its old ones.
 * Remarks move with the text, and one in whose place something was changed goes; those on a version
 * that is no longer the editor's are not taken. May be used by several threads.
 */
public final class DiagnosticsBoard {
  /** The source of remarks on syntax. */
  public static final String SYNTAX = "syntax";

  private static final String NAME = "mallard";

  private final Documents documents;
  private final Consumer<PublishDiagnosticsParams> publisher;

  /** By document, by source. */
  private final Map<String, Map<String, List<Remark>>> board = new LinkedHashMap<>();

  /** Where something is wrong, and what. */
  public record Remark(Span span, DiagnosticSeverity severity, String message) {}

  public DiagnosticsBoard(Documents documents, Consumer<PublishDiagnosticsParams> publisher) {
    this.documents = documents;
    this.publisher = publisher;
  }

  /** A source's remarks on documents; those that it had on any other go. */
  public synchronized void post(String source, Map<TextDocument, List<Remark>> remarks) {
    Set<String> changed = new TreeSet<>();
    board.forEach((uri, sources) -> {
      if (sources.remove(source) != null) {
        changed.add(uri);
      }
    });
    Map<String, TextDocument> unopened = new LinkedHashMap<>();
    remarks.forEach((document, list) -> {
      if (isOld(document)) {
        return;
      }
      board
          .computeIfAbsent(document.uri(), uri -> new LinkedHashMap<>())
          .put(source, List.copyOf(list));
      changed.add(document.uri());
      unopened.put(document.uri(), document);
    });
    changed.forEach(uri -> publish(uri, Optional.ofNullable(unopened.get(uri))));
  }

  /** A source's remarks on one document; those on others stay. */
  public synchronized void post(String source, TextDocument document, List<Remark> remarks) {
    if (isOld(document)) {
      return;
    }
    List<Remark> before =
        board
            .computeIfAbsent(document.uri(), uri -> new LinkedHashMap<>())
            .getOrDefault(source, List.of());
    if (!before.equals(remarks)) {
      board.get(document.uri()).put(source, List.copyOf(remarks));
      publish(document.uri(), Optional.of(document));
    }
  }

  /** A document was changed; nothing is published until something new is posted. */
  public synchronized void changed(String uri, List<Change> changes) {
    Map<String, List<Remark>> sources = board.get(uri);
    if (sources != null) {
      sources.replaceAll((source, remarks) -> moved(remarks, changes));
    }
  }

  private static List<Remark> moved(List<Remark> remarks, List<Change> changes) {
    List<Remark> moved = remarks;
    for (Change change : changes) {
      moved =
          moved.stream()
              .flatMap(remark ->
                  change
                      .moved(remark.span())
                      .map(span -> new Remark(span, remark.severity(), remark.message()))
                      .stream())
              .toList();
    }
    return moved;
  }

  /** Publishes what there is on a document. */
  public synchronized void refresh(String uri) {
    if (board.containsKey(uri)) {
      publish(uri, Optional.empty());
    }
  }

  /** A document was closed: what is wrong with it, and with tests of it elsewhere, goes. */
  public synchronized void closed(TextDocument document) {
    post(document.uri(), Map.of());
    if (board.remove(document.uri()) != null) {
      publisher.accept(new PublishDiagnosticsParams(document.uri(), List.of()));
    }
  }

  private boolean isOld(TextDocument document) {
    return documents.find(document.uri()).filter(now -> now != document).isPresent();
  }

  private void publish(String uri, Optional<TextDocument> otherwise) {
    Optional<TextDocument> open = documents.find(uri);
    List<Diagnostic> diagnostics = new ArrayList<>();
    open.or(() -> otherwise)
        .ifPresent(document ->
            board.getOrDefault(uri, Map.of()).values().stream()
                .flatMap(List::stream)
                .forEach(remark ->
                    diagnostics.add(
                        new Diagnostic(
                            document.range(remark.span()),
                            remark.message(),
                            remark.severity(),
                            NAME))));
    PublishDiagnosticsParams params = new PublishDiagnosticsParams(uri, diagnostics);
    open.ifPresent(document -> params.setVersion(document.version()));
    publisher.accept(params);
  }
}
