package dev.mallard.lsp.request;

import dev.mallard.lsp.document.TextDocument;
import dev.mallard.lsp.source.Span;
import dev.mallard.lsp.splice.Replacement;
import dev.mallard.lsp.work.Analysis;
import dev.mallard.lsp.work.BodyWriting;
import dev.mallard.lsp.work.Services;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.eclipse.lsp4j.CompletionItem;
import org.eclipse.lsp4j.CompletionItemKind;
import org.eclipse.lsp4j.CompletionList;
import org.eclipse.lsp4j.InlineCompletionItem;
import org.eclipse.lsp4j.InlineCompletionList;
import org.eclipse.lsp4j.InlineCompletionTriggerKind;
import org.eclipse.lsp4j.InsertTextMode;
import org.eclipse.lsp4j.Position;
import org.eclipse.lsp4j.TextEdit;
import org.eclipse.lsp4j.jsonrpc.messages.Either;

/**
 * {@code textDocument/completion} and {@code textDocument/inlineCompletion} in a stub: its body, as
 * the model writes it, held to the language's grammar. As editors ask at each key, the model writes
 * only if the user has allowed that, or asks for an inline completion by hand; else the completion
 * is one that, when chosen, has the body generated.
 */
final class CompletionHandler {
  private final Services services;
  private final BodyWriting writing;

  CompletionHandler(Services services) {
    this.services = services;
    writing = new BodyWriting(services);
  }

  CompletionList completions(Analysis analysis, Position position) throws InterruptedException {
    TextDocument document = analysis.document();
    int offset = document.offset(position);
    var stub = writing.stubAt(analysis, offset);
    if (stub.isEmpty()) {
      return new CompletionList(false, List.of());
    }
    String name = stub.get().definition().qualifiedName();
    CompletionItem item = new CompletionItem("body of " + stub.get().definition().name());
    item.setKind(CompletionItemKind.Snippet);
    item.setDetail("written by Mallard");
    item.setSortText("~");
    // Whatever was typed before it stays what the list is filtered by.
    String typed = word(document, offset);
    item.setFilterText(typed.isEmpty() ? item.getLabel() : typed);
    if (!services.settings().get().inlineCompletion()) {
      item.setInsertText(typed);
      item.setCommand(Commands.of(Commands.GENERATE, "Generate", document.uri(), name));
      return new CompletionList(false, List.of(item));
    }
    Optional<List<Replacement>> edits = writing.write(analysis, offset);
    Optional<Replacement> main = edits.flatMap(all -> at(document, all, position));
    if (main.isEmpty()) {
      return new CompletionList(false, List.of());
    }
    item.setInsertTextMode(InsertTextMode.AsIs);
    item.setTextEdit(
        Either.forLeft(new TextEdit(document.range(main.get().span()), main.get().text())));
    List<TextEdit> others = new ArrayList<>();
    for (Replacement edit : edits.orElse(List.of())) {
      if (!edit.equals(main.get())) {
        others.add(new TextEdit(document.range(edit.span()), edit.text()));
      }
    }
    item.setAdditionalTextEdits(others);
    item.setDocumentation(main.get().text());
    return new CompletionList(false, List.of(item));
  }

  InlineCompletionList inlineCompletions(
      Analysis analysis, Position position, InlineCompletionTriggerKind trigger)
      throws InterruptedException {
    if (trigger != InlineCompletionTriggerKind.Invoked
        && !services.settings().get().inlineCompletion()) {
      return new InlineCompletionList(List.of());
    }
    TextDocument document = analysis.document();
    Optional<List<Replacement>> edits = writing.write(analysis, document.offset(position));
    Optional<Replacement> main =
        edits.filter(all -> all.size() == 1).flatMap(all -> at(document, all, position));
    if (main.isEmpty()) {
      return new InlineCompletionList(List.of());
    }
    InlineCompletionItem item = new InlineCompletionItem();
    item.setInsertText(Either.forLeft(main.get().text()));
    item.setRange(document.range(main.get().span()));
    return new InlineCompletionList(List.of(item));
  }

  /** The edit at the cursor; it must be within its line. */
  private static Optional<Replacement> at(
      TextDocument document, List<Replacement> edits, Position position) {
    int offset = document.offset(position);
    for (Replacement edit : edits) {
      Span span = edit.span();
      int line = position.getLine();
      if (document.line(span.start()) == line && document.line(span.end()) == line) {
        int start = Math.min(span.start(), offset);
        int end = Math.max(span.end(), offset);
        String text = document.text();
        return Optional.of(
            new Replacement(
                new Span(start, end),
                text.substring(start, span.start())
                    + edit.text()
                    + text.substring(span.end(), end)));
      }
    }
    return Optional.empty();
  }

  private static String word(TextDocument document, int offset) {
    int start = offset;
    while (start > 0 && Character.isJavaIdentifierPart(document.text().charAt(start - 1))) {
      start--;
    }
    return document.text().substring(start, offset);
  }
}
