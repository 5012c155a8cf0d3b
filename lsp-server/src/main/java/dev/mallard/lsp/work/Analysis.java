package dev.mallard.lsp.work;

import dev.mallard.generator.problem.Language;
import dev.mallard.lsp.document.TextDocument;
import dev.mallard.lsp.source.Definition;
import dev.mallard.lsp.source.Outline;
import dev.mallard.lsp.source.SourceReader;
import dev.mallard.sandbox.GuestLanguage;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * A version of a document and what it holds.
 *
 * @param reader of its language
 */
public record Analysis(
    TextDocument document, Language language, SourceReader reader, Outline outline) {

  /** Its definition of a name, with or without that of the class that it is in. */
  public Optional<Definition> definition(String name) {
    List<Definition> all = outline.definitions();
    return all.stream()
        .filter(definition -> definition.qualifiedName().equals(name))
        .findFirst()
        .or(() -> all.stream().filter(definition -> definition.name().equals(name)).findFirst());
  }

  /** The innermost definition at a place. */
  public Optional<Definition> definitionAt(int offset) {
    return outline.definitions().stream()
        .filter(definition -> definition.span().touches(offset))
        .min(Comparator.comparingInt(d -> d.span().end() - d.span().start()));
  }

  /** The program of the document: all of it but its tests. */
  public String program() {
    return outline.program(document.text());
  }

  /** What the sandbox runs it as. */
  public GuestLanguage guest() {
    return (GuestLanguage) language.guestLanguage();
  }
}
