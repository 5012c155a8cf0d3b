package dev.mallard.lsp.request;

import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonPrimitive;
import dev.mallard.lsp.work.WarmModel;
import dev.mallard.lsp.work.WarmSandbox;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.eclipse.lsp4j.InitializeParams;
import org.eclipse.lsp4j.InitializeResult;
import org.eclipse.lsp4j.InitializedParams;
import org.eclipse.lsp4j.Registration;
import org.eclipse.lsp4j.RegistrationParams;
import org.eclipse.lsp4j.SetTraceParams;
import org.eclipse.lsp4j.TextDocumentIdentifier;
import org.eclipse.lsp4j.WorkDoneProgressCancelParams;
import org.eclipse.lsp4j.jsonrpc.services.JsonRequest;
import org.eclipse.lsp4j.services.LanguageClient;
import org.eclipse.lsp4j.services.LanguageServer;
import org.eclipse.lsp4j.services.TextDocumentService;
import org.eclipse.lsp4j.services.WorkspaceService;

/** The server as LSP4J calls it. */
final class MallardLanguageServer implements LanguageServer {
  private final Lifecycle lifecycle;
  private final Supplier<LanguageClient> client;
  private final WarmModel model;
  private final WarmSandbox sandbox;
  private final Path folder;
  private final DocumentService documents;
  private final WorkspaceRequests workspace;
  private volatile boolean registers;

  MallardLanguageServer(
      Lifecycle lifecycle,
      Supplier<LanguageClient> client,
      WarmModel model,
      WarmSandbox sandbox,
      Path folder) {
    this.lifecycle = lifecycle;
    this.client = client;
    this.model = model;
    this.sandbox = sandbox;
    this.folder = folder;
    documents = new DocumentService(lifecycle);
    workspace = new WorkspaceRequests(lifecycle);
  }

  @Override
  public CompletableFuture<InitializeResult> initialize(InitializeParams params) {
    return lifecycle.begin(now -> {
      Session session = new Session(params, client.get(), model, sandbox, folder);
      now.sessionBegins(session);
      registers = registersConfiguration(params);
      // An editor that dies may leave the stream open, in a process of its own.
      Optional.ofNullable(params.getProcessId())
          .flatMap(ProcessHandle::of)
          .ifPresent(editor -> {
            var _ = editor.onExit().thenRun(now::exit);
          });
      return Capabilities.announced(session.encoding());
    });
  }

  private static boolean registersConfiguration(InitializeParams params) {
    return Optional.ofNullable(params.getCapabilities())
        .flatMap(all -> Optional.ofNullable(all.getWorkspace()))
        .flatMap(all -> Optional.ofNullable(all.getDidChangeConfiguration()))
        .flatMap(all -> Optional.ofNullable(all.getDynamicRegistration()))
        .orElse(false);
  }

  @Override
  public void initialized(InitializedParams params) {
    lifecycle
        .session()
        .ifPresent(session -> {
          session.configuration().ask(Optional.empty());
          if (registers) {
            Registration registration =
                new Registration("configuration", "workspace/didChangeConfiguration");
            var _ = client.get().registerCapability(new RegistrationParams(List.of(registration)));
          }
        });
  }

  @Override
  public CompletableFuture<Object> shutdown() {
    return lifecycle.request(session -> {
      lifecycle.shutDown();
      session.jobs().close();
      return CompletableFuture.completedFuture(JsonNull.INSTANCE);
    });
  }

  /**
   * A request of our own, {@code mallard/viewText}: the text of an open document as the server has
   * it, by which a client can check that both have the same; null if it is not open.
   */
  @JsonRequest("mallard/viewText")
  public CompletableFuture<JsonElement> viewText(TextDocumentIdentifier document) {
    return lifecycle.request(session ->
        CompletableFuture.completedFuture(
            session
                .documents()
                .find(document.getUri())
                .<JsonElement>map(found -> new JsonPrimitive(found.text()))
                .orElse(JsonNull.INSTANCE)));
  }

  @Override
  public void exit() {
    lifecycle.exit();
  }

  @Override
  public void cancelProgress(WorkDoneProgressCancelParams params) {
    lifecycle.session().ifPresent(session -> session.progress().cancel(params.getToken()));
  }

  @Override
  public void setTrace(SetTraceParams params) {
    // What happens is in the log.
  }

  @Override
  public TextDocumentService getTextDocumentService() {
    return documents;
  }

  @Override
  public WorkspaceService getWorkspaceService() {
    return workspace;
  }
}
