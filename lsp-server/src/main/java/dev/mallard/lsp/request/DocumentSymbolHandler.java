package dev.mallard.lsp.request;

import dev.mallard.lsp.document.TextDocument;
import dev.mallard.lsp.source.Definition;
import dev.mallard.lsp.source.Definition.Kind;
import dev.mallard.lsp.work.Analysis;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.lsp4j.DocumentSymbol;
import org.eclipse.lsp4j.Location;
import org.eclipse.lsp4j.SymbolInformation;
import org.eclipse.lsp4j.SymbolKind;
import org.eclipse.lsp4j.jsonrpc.messages.Either;

/**
 * {@code textDocument/documentSymbol}: definitions, as a tree where the client takes one. The
 * detail of a method is its name with that of its class, by which commands know it.
 */
final class DocumentSymbolHandler {
  private final boolean tree;

  DocumentSymbolHandler(boolean tree) {
    this.tree = tree;
  }

  List<Either<SymbolInformation, DocumentSymbol>> symbols(Analysis analysis) {
    return tree ? hierarchical(analysis) : flat(analysis);
  }

  private static List<Either<SymbolInformation, DocumentSymbol>> hierarchical(Analysis analysis) {
    TextDocument document = analysis.document();
    List<Either<SymbolInformation, DocumentSymbol>> top = new ArrayList<>();
    Map<String, DocumentSymbol> classes = new HashMap<>();
    for (Definition definition : analysis.outline().definitions()) {
      DocumentSymbol symbol =
          new DocumentSymbol(
              definition.name(),
              kind(definition),
              document.range(definition.span()),
              document.range(definition.nameSpan()),
              definition.container().isPresent() ? definition.qualifiedName() : "",
              new ArrayList<>());
      DocumentSymbol outer = definition.container().map(classes::get).orElse(null);
      if (outer == null) {
        top.add(Either.forRight(symbol));
      } else {
        outer.getChildren().add(symbol);
      }
      if (definition.kind() == Kind.CLASS) {
        classes.put(definition.qualifiedName(), symbol);
      }
    }
    return top;
  }

  @SuppressWarnings("deprecation") // For clients that take no tree.
  private static List<Either<SymbolInformation, DocumentSymbol>> flat(Analysis analysis) {
    TextDocument document = analysis.document();
    List<Either<SymbolInformation, DocumentSymbol>> symbols = new ArrayList<>();
    for (Definition definition : analysis.outline().definitions()) {
      symbols.add(
          Either.forLeft(
              new SymbolInformation(
                  definition.name(),
                  kind(definition),
                  new Location(document.uri(), document.range(definition.span())),
                  definition.container().orElse(null))));
    }
    return symbols;
  }

  private static SymbolKind kind(Definition definition) {
    return switch (definition.kind()) {
      case FUNCTION -> SymbolKind.Function;
      case METHOD -> SymbolKind.Method;
      case CLASS -> SymbolKind.Class;
      case QUERY -> SymbolKind.Event;
    };
  }
}
