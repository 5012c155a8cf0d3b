package dev.mallard.lsp.document;

import java.net.URI;
import java.nio.file.FileSystemNotFoundException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.lsp4j.TextDocumentContentChangeEvent;

/** The documents that the editor has open. May be used by several threads. */
public final class Documents {
  private final Map<String, TextDocument> open = new ConcurrentHashMap<>();

  /** A document is opened, or opened anew. */
  public void open(TextDocument document) {
    open.put(document.uri(), document);
  }

  /**
   * A document is changed.
   *
   * @param version of the document after that; empty if the client does not count them
   * @return empty if it is not open
   */
  public Optional<TextDocument.Changed> change(
      String uri, Optional<Integer> version, List<TextDocumentContentChangeEvent> events) {
    return find(uri)
        .map(document -> {
          TextDocument.Changed changed =
              document.changed(version.orElse(document.version() + 1), events);
          open.put(uri, changed.document());
          return changed;
        });
  }

  /** A document is closed. */
  public void close(String uri) {
    open.remove(uri);
  }

  /** A document as it is now; empty if it is not open. */
  public Optional<TextDocument> find(String uri) {
    return Optional.ofNullable(open.get(uri));
  }

  /** The open document of a file, however the client writes its address. */
  public Optional<TextDocument> find(Path file) {
    return open.values().stream()
        .filter(document -> path(document.uri()).filter(file::equals).isPresent())
        .findFirst();
  }

  /** The file of a document; empty if it is in none. */
  public static Optional<Path> path(String uri) {
    try {
      URI parsed = URI.create(uri);
      return "file".equals(parsed.getScheme()) ? Optional.of(Path.of(parsed)) : Optional.empty();
    } catch (IllegalArgumentException | FileSystemNotFoundException e) {
      return Optional.empty();
    }
  }
}
