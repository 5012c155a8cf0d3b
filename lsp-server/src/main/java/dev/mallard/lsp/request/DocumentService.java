package dev.mallard.lsp.request;

import dev.mallard.lsp.document.TextDocument;
import dev.mallard.lsp.work.Analysis;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.eclipse.lsp4j.CodeAction;
import org.eclipse.lsp4j.CodeActionParams;
import org.eclipse.lsp4j.CodeLens;
import org.eclipse.lsp4j.CodeLensParams;
import org.eclipse.lsp4j.Command;
import org.eclipse.lsp4j.CompletionItem;
import org.eclipse.lsp4j.CompletionList;
import org.eclipse.lsp4j.CompletionParams;
import org.eclipse.lsp4j.DidChangeTextDocumentParams;
import org.eclipse.lsp4j.DidCloseTextDocumentParams;
import org.eclipse.lsp4j.DidOpenTextDocumentParams;
import org.eclipse.lsp4j.DidSaveTextDocumentParams;
import org.eclipse.lsp4j.DocumentSymbol;
import org.eclipse.lsp4j.DocumentSymbolParams;
import org.eclipse.lsp4j.Hover;
import org.eclipse.lsp4j.HoverParams;
import org.eclipse.lsp4j.InlineCompletionItem;
import org.eclipse.lsp4j.InlineCompletionList;
import org.eclipse.lsp4j.InlineCompletionParams;
import org.eclipse.lsp4j.InlineCompletionTriggerKind;
import org.eclipse.lsp4j.SymbolInformation;
import org.eclipse.lsp4j.TextDocumentItem;
import org.eclipse.lsp4j.jsonrpc.messages.Either;
import org.eclipse.lsp4j.services.TextDocumentService;

/**
 * The notifications and requests of {@code textDocument}. Notifications are done at once, in the
 * order in which they come; a request is about the version that is there when it comes, and is
 * answered in a thread of its own.
 */
final class DocumentService implements TextDocumentService {
  private final Lifecycle lifecycle;

  DocumentService(Lifecycle lifecycle) {
    this.lifecycle = lifecycle;
  }

  @Override
  public void didOpen(DidOpenTextDocumentParams params) {
    lifecycle
        .session()
        .ifPresent(session -> {
          TextDocumentItem item = params.getTextDocument();
          session
              .documents()
              .open(
                  TextDocument.of(
                      item.getUri(),
                      item.getLanguageId(),
                      item.getVersion(),
                      session.encoding(),
                      item.getText()));
          session.checkSoon(item.getUri(), item.getVersion());
          session.runTests(item.getUri());
        });
  }

  @Override
  public void didChange(DidChangeTextDocumentParams params) {
    lifecycle
        .session()
        .ifPresent(session -> {
          String uri = params.getTextDocument().getUri();
          session
              .documents()
              .change(
                  uri,
                  Optional.ofNullable(params.getTextDocument().getVersion()),
                  params.getContentChanges())
              .ifPresent(changed -> {
                session.services().diagnostics().changed(uri, changed.changes());
                session.checkSoon(uri, changed.document().version());
              });
        });
  }

  @Override
  public void didSave(DidSaveTextDocumentParams params) {
    lifecycle.session().ifPresent(session -> session.runTests(params.getTextDocument().getUri()));
  }

  @Override
  public void didClose(DidCloseTextDocumentParams params) {
    lifecycle
        .session()
        .ifPresent(session -> {
          String uri = params.getTextDocument().getUri();
          Optional<TextDocument> document = session.documents().find(uri);
          session.documents().close(uri);
          session.forget(uri);
          document.ifPresent(session.services().diagnostics()::closed);
          var _ =
              session
                  .jobs()
                  .start(() -> {
                    session.claims().check();
                    return true;
                  });
        });
  }

  /** Answers a request about a document. */
  @FunctionalInterface
  private interface Answer<T> {
    T of(Session session, Analysis analysis) throws InterruptedException;
  }

  /** Answers in a thread of its own; with something else where there is nothing to say. */
  private <T> CompletableFuture<T> answer(String uri, T nothing, Answer<T> answer) {
    return lifecycle.request(session -> {
      Optional<TextDocument> document = session.documents().find(uri);
      return document.isEmpty()
          ? CompletableFuture.completedFuture(nothing)
          : session
              .jobs()
              .start(() -> {
                Optional<Analysis> analysis = session.analyses().of(document.get());
                return analysis.isEmpty() ? nothing : answer.of(session, analysis.get());
              });
    });
  }

  @Override
  public CompletableFuture<List<? extends CodeLens>> codeLens(CodeLensParams params) {
    return answer(
        params.getTextDocument().getUri(),
        List.of(),
        (session, analysis) -> new CodeLensHandler(session.services()).lenses(analysis));
  }

  @Override
  public CompletableFuture<List<Either<Command, CodeAction>>> codeAction(CodeActionParams params) {
    return answer(
        params.getTextDocument().getUri(),
        List.of(),
        (session, analysis) ->
            new CodeActionHandler(session.services(), session.features().codeActions())
                .actions(analysis, params));
  }

  @Override
  public CompletableFuture<List<Either<SymbolInformation, DocumentSymbol>>> documentSymbol(
      DocumentSymbolParams params) {
    return answer(
        params.getTextDocument().getUri(),
        List.of(),
        (session, analysis) ->
            new DocumentSymbolHandler(session.features().symbolTree()).symbols(analysis));
  }

  @Override
  @SuppressWarnings("NullAway") // No hover is null in the protocol.
  public CompletableFuture<Hover> hover(HoverParams params) {
    // Editors ask at every move of the mouse: there is mostly nothing to say.
    if (lifecycle
        .session()
        .filter(session ->
            !session.services().findings().hasExplanations(params.getTextDocument().getUri()))
        .isPresent()) {
      return CompletableFuture.completedFuture(null);
    }
    return this.<Optional<Hover>>answer(
            params.getTextDocument().getUri(),
            Optional.empty(),
            (session, analysis) ->
                new HoverHandler(session.services()).hover(analysis, params.getPosition()))
        .thenApply(hover -> hover.orElse(null));
  }

  @Override
  public CompletableFuture<Either<List<CompletionItem>, CompletionList>> completion(
      CompletionParams params) {
    return answer(
        params.getTextDocument().getUri(),
        Either.forRight(new CompletionList(false, List.of())),
        (session, analysis) ->
            Either.forRight(
                new CompletionHandler(session.services())
                    .completions(analysis, params.getPosition())));
  }

  @Override
  public CompletableFuture<Either<List<InlineCompletionItem>, InlineCompletionList>>
      inlineCompletion(InlineCompletionParams params) {
    InlineCompletionTriggerKind trigger =
        params.getContext() == null
            ? InlineCompletionTriggerKind.Automatic
            : params.getContext().getTriggerKind();
    return answer(
        params.getTextDocument().getUri(),
        Either.forRight(new InlineCompletionList(List.of())),
        (session, analysis) ->
            Either.forRight(
                new CompletionHandler(session.services())
                    .inlineCompletions(analysis, params.getPosition(), trigger)));
  }
}
