package dev.mallard.lsp.request;

import dev.mallard.lsp.document.TextDocument;
import dev.mallard.lsp.source.Definition;
import dev.mallard.lsp.work.Analysis;
import dev.mallard.lsp.work.Findings;
import dev.mallard.lsp.work.Services;
import java.util.Optional;
import org.eclipse.lsp4j.Hover;
import org.eclipse.lsp4j.MarkupContent;
import org.eclipse.lsp4j.MarkupKind;
import org.eclipse.lsp4j.Position;

/**
 * {@code textDocument/hover}: what the model said of the line when the definition was last
 * explained; on the name of the definition, all that it said.
 */
final class HoverHandler {
  private final Services services;

  HoverHandler(Services services) {
    this.services = services;
  }

  Optional<Hover> hover(Analysis analysis, Position position) {
    TextDocument document = analysis.document();
    int offset = document.offset(position);
    Optional<Definition> definition = analysis.definitionAt(offset);
    return definition.flatMap(found -> {
      String text = found.span().of(document.text());
      return services
          .findings()
          .explanation(document.uri(), found.qualifiedName(), text)
          .flatMap(explanation -> said(document, found, explanation, offset));
    });
  }

  private static Optional<Hover> said(
      TextDocument document, Definition definition, Findings.Explanation explanation, int offset) {
    if (definition.nameSpan().touches(offset)) {
      return Optional.of(
          new Hover(plain(explanation.whole()), document.range(definition.nameSpan())));
    }
    int line = document.line(offset);
    int number = line - document.line(definition.span().start());
    return Optional.ofNullable(explanation.lines().get(number))
        .map(words -> new Hover(plain(words), document.range(document.lineContent(line))));
  }

  /** What a model wrote is no Markdown of ours. */
  private static MarkupContent plain(String text) {
    return new MarkupContent(MarkupKind.PLAINTEXT, text);
  }
}
