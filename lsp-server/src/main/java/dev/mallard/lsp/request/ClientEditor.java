package dev.mallard.lsp.request;

import dev.mallard.lsp.document.TextDocument;
import dev.mallard.lsp.splice.Replacement;
import dev.mallard.lsp.work.Editor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.eclipse.lsp4j.AnnotatedTextEdit;
import org.eclipse.lsp4j.ApplyWorkspaceEditParams;
import org.eclipse.lsp4j.ApplyWorkspaceEditResponse;
import org.eclipse.lsp4j.ChangeAnnotation;
import org.eclipse.lsp4j.CreateFile;
import org.eclipse.lsp4j.MessageActionItem;
import org.eclipse.lsp4j.MessageParams;
import org.eclipse.lsp4j.MessageType;
import org.eclipse.lsp4j.Position;
import org.eclipse.lsp4j.Range;
import org.eclipse.lsp4j.ResourceOperation;
import org.eclipse.lsp4j.ShowDocumentParams;
import org.eclipse.lsp4j.ShowMessageRequestParams;
import org.eclipse.lsp4j.SnippetTextEdit;
import org.eclipse.lsp4j.TextDocumentEdit;
import org.eclipse.lsp4j.TextEdit;
import org.eclipse.lsp4j.VersionedTextDocumentIdentifier;
import org.eclipse.lsp4j.WorkspaceEdit;
import org.eclipse.lsp4j.jsonrpc.messages.Either;
import org.eclipse.lsp4j.services.LanguageClient;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The editor at the other end of the connection. */
final class ClientEditor implements Editor {
  private static final Logger LOG = LoggerFactory.getLogger(ClientEditor.class);
  private static final int LONGEST_NAME = 80;
  private static final String ANNOTATION = "mallard";

  private final LanguageClient client;
  private final ClientFeatures features;
  private final Path folder;

  /**
   * An editor.
   *
   * @param folder where texts are kept that it is to show
   */
  ClientEditor(LanguageClient client, ClientFeatures features, Path folder) {
    this.client = client;
    this.features = features;
    this.folder = folder;
  }

  @Override
  public Answer propose(Proposal proposal) throws InterruptedException {
    List<Either<TextEdit, SnippetTextEdit>> edits = new ArrayList<>();
    for (Replacement replacement : proposal.replacements()) {
      edits.add(
          edit(
              proposal.document().range(replacement.span()),
              withLineBreaksOf(proposal.document(), replacement.text())));
    }
    WorkspaceEdit edit =
        features.documentChanges()
            ? new WorkspaceEdit(List.of(Either.forLeft(versioned(proposal.document(), edits))))
            : new WorkspaceEdit(
                Map.of(proposal.document().uri(), edits.stream().map(Either::getLeft).toList()));
    return apply(edit, proposal.label());
  }

  private static String withLineBreaksOf(TextDocument document, String text) {
    String plain = text.replace("\r\n", "\n");
    return document.text().contains("\r\n") ? plain.replace("\n", "\r\n") : plain;
  }

  private static TextDocumentEdit versioned(
      TextDocument document, List<Either<TextEdit, SnippetTextEdit>> edits) {
    return new TextDocumentEdit(
        new VersionedTextDocumentIdentifier(document.uri(), document.version()), edits);
  }

  @Override
  public Answer proposeFile(String uri, String label, String text) throws InterruptedException {
    if (!features.documentChanges() || !features.createFiles()) {
      return Answer.UNABLE;
    }
    CreateFile creation = new CreateFile(uri);
    if (features.changeAnnotations()) {
      creation.setAnnotationId(ANNOTATION);
    }
    Position start = new Position(0, 0);
    VersionedTextDocumentIdentifier document = new VersionedTextDocumentIdentifier();
    document.setUri(uri);
    Either<TextDocumentEdit, ResourceOperation> content =
        Either.forLeft(
            new TextDocumentEdit(document, List.of(edit(new Range(start, start), text))));
    return apply(new WorkspaceEdit(List.of(Either.forRight(creation), content)), label);
  }

  private Either<TextEdit, SnippetTextEdit> edit(Range range, String text) {
    return Either.forLeft(
        features.changeAnnotations()
            ? new AnnotatedTextEdit(range, text, ANNOTATION)
            : new TextEdit(range, text));
  }

  private Answer apply(WorkspaceEdit edit, String label) throws InterruptedException {
    if (!features.applyEdit()) {
      return Answer.UNABLE;
    }
    if (features.changeAnnotations()) {
      ChangeAnnotation annotation = new ChangeAnnotation(label);
      annotation.setNeedsConfirmation(true);
      annotation.setDescription("Written by a model: look at it before you take it.");
      edit.setChangeAnnotations(Map.of(ANNOTATION, annotation));
    }
    try {
      ApplyWorkspaceEditResponse response =
          answer(client.applyEdit(new ApplyWorkspaceEditParams(edit, label)));
      if (!response.isApplied()) {
        LOG.info("the editor did not apply an edit: {}", response.getFailureReason());
      }
      return response.isApplied() ? Answer.APPLIED : Answer.REFUSED;
    } catch (ExecutionException e) {
      LOG.warn("the editor cannot apply an edit", e);
      return Answer.REFUSED;
    }
  }

  private static <T> T answer(CompletableFuture<T> future)
      throws InterruptedException, ExecutionException {
    return future.get();
  }

  @Override
  public void show(String name, String markdown) throws InterruptedException {
    String plain = name.replaceAll("[^\\p{Alnum}_.-]", "_");
    Path file = folder.resolve(plain.substring(0, Math.min(plain.length(), LONGEST_NAME)) + ".md");
    try {
      Files.createDirectories(folder);
      Files.writeString(file, markdown);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    if (features.showDocument()) {
      ShowDocumentParams params = new ShowDocumentParams(file.toUri().toString());
      params.setTakeFocus(false);
      try {
        if (client.showDocument(params).get().isSuccess()) {
          return;
        }
      } catch (ExecutionException e) {
        LOG.info("the editor cannot show a document", e);
      }
    }
    tell("It is in %s.".formatted(file));
  }

  @Override
  public void tell(String message) {
    client.showMessage(new MessageParams(MessageType.Info, message));
  }

  @Override
  public void warn(String message) {
    client.showMessage(new MessageParams(MessageType.Error, message));
  }

  @Override
  public boolean offer(String question, String choice) throws InterruptedException {
    ShowMessageRequestParams params = new ShowMessageRequestParams();
    params.setType(MessageType.Warning);
    params.setMessage(question);
    params.setActions(List.of(new MessageActionItem(choice)));
    try {
      MessageActionItem chosen = client.showMessageRequest(params).get();
      return chosen != null && choice.equals(chosen.getTitle());
    } catch (ExecutionException e) {
      warn(question);
      return false;
    }
  }

  /** Deletes the texts that were shown. */
  void close() {
    try (var files = Files.newDirectoryStream(folder, "*.md")) {
      for (Path file : files) {
        Files.deleteIfExists(file);
      }
      Files.deleteIfExists(folder);
    } catch (IOException e) {
      LOG.debug("texts that were shown are left", e);
    }
  }
}
