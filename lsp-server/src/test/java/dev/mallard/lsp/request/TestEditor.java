package dev.mallard.lsp.request;

import com.google.gson.JsonObject;
import dev.mallard.generator.model.LanguageModel;
import dev.mallard.lsp.document.PositionEncoding;
import dev.mallard.lsp.document.TextDocument;
import dev.mallard.lsp.source.Span;
import dev.mallard.lsp.work.ModelSource;
import dev.mallard.sandbox.Execution;
import dev.mallard.sandbox.ProgramLanguage;
import dev.mallard.sandbox.Report;
import dev.mallard.sandbox.Sandbox;
import dev.mallard.sandbox.TestSuite;
import dev.mallard.sandbox.Verdict;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.eclipse.lsp4j.ApplyWorkspaceEditParams;
import org.eclipse.lsp4j.ApplyWorkspaceEditResponse;
import org.eclipse.lsp4j.ClientCapabilities;
import org.eclipse.lsp4j.ConfigurationParams;
import org.eclipse.lsp4j.CreateFile;
import org.eclipse.lsp4j.Diagnostic;
import org.eclipse.lsp4j.DidChangeTextDocumentParams;
import org.eclipse.lsp4j.DidCloseTextDocumentParams;
import org.eclipse.lsp4j.DidOpenTextDocumentParams;
import org.eclipse.lsp4j.DidSaveTextDocumentParams;
import org.eclipse.lsp4j.ExecuteCommandParams;
import org.eclipse.lsp4j.InitializeParams;
import org.eclipse.lsp4j.InitializeResult;
import org.eclipse.lsp4j.InitializedParams;
import org.eclipse.lsp4j.MessageActionItem;
import org.eclipse.lsp4j.MessageParams;
import org.eclipse.lsp4j.ProgressParams;
import org.eclipse.lsp4j.PublishDiagnosticsParams;
import org.eclipse.lsp4j.Range;
import org.eclipse.lsp4j.ShowDocumentParams;
import org.eclipse.lsp4j.ShowDocumentResult;
import org.eclipse.lsp4j.ShowMessageRequestParams;
import org.eclipse.lsp4j.TextDocumentContentChangeEvent;
import org.eclipse.lsp4j.TextDocumentIdentifier;
import org.eclipse.lsp4j.TextDocumentItem;
import org.eclipse.lsp4j.TextEdit;
import org.eclipse.lsp4j.VersionedTextDocumentIdentifier;
import org.eclipse.lsp4j.WorkDoneProgressCreateParams;
import org.eclipse.lsp4j.jsonrpc.Launcher;
import org.eclipse.lsp4j.services.LanguageClient;
import org.eclipse.lsp4j.services.LanguageServer;

/**
 * An editor as the protocol sees it: it holds the texts of open documents, applies the edits that
 * are proposed, and remembers all that it is told. Connected to a server of its own.
 */
final class TestEditor implements LanguageClient, AutoCloseable {
  private static final Duration LONGEST = Duration.ofSeconds(60);

  private final Map<String, TextDocument> documents = new ConcurrentHashMap<>();
  private final Map<String, List<Diagnostic>> diagnostics = new ConcurrentHashMap<>();
  private final List<String> messages = Collections.synchronizedList(new ArrayList<>());
  private final List<ApplyWorkspaceEditParams> edits =
      Collections.synchronizedList(new ArrayList<>());
  private final List<ProgressParams> progress = Collections.synchronizedList(new ArrayList<>());
  private final List<Path> shown = Collections.synchronizedList(new ArrayList<>());
  private final Map<String, String> created = new ConcurrentHashMap<>();
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final LanguageServer server;
  private final CompletableFuture<Integer> exit = new CompletableFuture<>();
  private Object settings = new JsonObject();
  private PositionEncoding encoding = PositionEncoding.UTF_16;
  private Consumer<ApplyWorkspaceEditParams> beforeEdit = edit -> {};

  /** An editor and a server on a model and a sandbox. */
  TestEditor(LanguageModel model, Sandbox sandbox, Path folder) throws IOException {
    this(ScriptedModel.source(model), sandbox, folder);
  }

  TestEditor(ModelSource models, Sandbox sandbox, Path folder) throws IOException {
    Wire wire = Wire.open();
    InputStream toServer = wire.server().getInputStream();
    OutputStream fromServer = wire.server().getOutputStream();
    LspServer lsp = new LspServer(models, () -> new Kept(sandbox), folder);
    threads.execute(() -> {
      try {
        exit.complete(lsp.serve(toServer, fromServer));
      } catch (InterruptedException | RuntimeException e) {
        exit.completeExceptionally(e);
      }
    });
    Launcher<LanguageServer> launcher =
        new Launcher.Builder<LanguageServer>()
            .setLocalService(this)
            .setRemoteInterface(LanguageServer.class)
            .setInput(wire.client().getInputStream())
            .setOutput(wire.client().getOutputStream())
            .setExecutorService(threads)
            .create();
    server = launcher.getRemoteProxy();
    var _ = launcher.startListening();
  }

  LanguageServer server() {
    return server;
  }

  /** Begins, with what the editor can do. */
  InitializeResult begin(ClientCapabilities capabilities) throws Exception {
    InitializeParams params = new InitializeParams();
    params.setCapabilities(capabilities);
    InitializeResult result = within(server.initialize(params));
    encoding = PositionEncoding.firstOf(List.of(result.getCapabilities().getPositionEncoding()));
    server.initialized(new InitializedParams());
    return result;
  }

  void settings(Object section) {
    settings = section;
  }

  /** Does something before an edit is looked at. */
  void beforeEdit(Consumer<ApplyWorkspaceEditParams> what) {
    beforeEdit = what;
  }

  void open(String uri, String languageId, String text) {
    documents.put(uri, TextDocument.of(uri, languageId, 1, encoding, text));
    server
        .getTextDocumentService()
        .didOpen(new DidOpenTextDocumentParams(new TextDocumentItem(uri, languageId, 1, text)));
  }

  /** Replaces the first occurrence of a text. */
  void replace(String uri, String old, String text) {
    TextDocument document = document(uri);
    int start = document.text().indexOf(old);
    if (start < 0) {
      throw new IllegalArgumentException("there is no " + old);
    }
    change(uri, document.range(new Span(start, start + old.length())), text);
  }

  void change(String uri, Range range, String text) {
    TextDocument document = document(uri);
    TextDocumentContentChangeEvent event = new TextDocumentContentChangeEvent(range, text);
    documents.put(uri, document.changed(document.version() + 1, List.of(event)).document());
    server
        .getTextDocumentService()
        .didChange(
            new DidChangeTextDocumentParams(
                new VersionedTextDocumentIdentifier(uri, document.version() + 1), List.of(event)));
  }

  void save(String uri) {
    server
        .getTextDocumentService()
        .didSave(new DidSaveTextDocumentParams(new TextDocumentIdentifier(uri)));
  }

  void closeDocument(String uri) {
    documents.remove(uri);
    server
        .getTextDocumentService()
        .didClose(new DidCloseTextDocumentParams(new TextDocumentIdentifier(uri)));
  }

  /** Starts a command on a definition. */
  CompletableFuture<Object> start(String command, String uri, String problem) {
    JsonObject argument = new JsonObject();
    argument.addProperty("uri", uri);
    argument.addProperty("problem", problem);
    return server
        .getWorkspaceService()
        .executeCommand(new ExecuteCommandParams(command, List.of(argument)));
  }

  TextDocument document(String uri) {
    TextDocument document = documents.get(uri);
    if (document == null) {
      throw new IllegalArgumentException("not open: " + uri);
    }
    return document;
  }

  String text(String uri) {
    return document(uri).text();
  }

  List<Diagnostic> diagnostics(String uri) {
    return diagnostics.getOrDefault(uri, List.of());
  }

  List<String> messages() {
    return List.copyOf(messages);
  }

  List<ApplyWorkspaceEditParams> edits() {
    return List.copyOf(edits);
  }

  List<ProgressParams> progress() {
    return List.copyOf(progress);
  }

  List<Path> shown() {
    return List.copyOf(shown);
  }

  Map<String, String> created() {
    return new HashMap<>(created);
  }

  CompletableFuture<Integer> exit() {
    return exit;
  }

  static <T> T within(CompletableFuture<T> future) throws Exception {
    return future.get(LONGEST.toSeconds(), TimeUnit.SECONDS);
  }

  /** Waits until something is so. */
  static void await(BooleanSupplier condition) throws InterruptedException {
    long end = System.nanoTime() + LONGEST.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > end) {
        throw new AssertionError("it is not so after " + LONGEST);
      }
      Thread.sleep(10);
    }
  }

  @Override
  public CompletableFuture<ApplyWorkspaceEditResponse> applyEdit(ApplyWorkspaceEditParams params) {
    edits.add(params);
    beforeEdit.accept(params);
    var changes = params.getEdit().getDocumentChanges();
    if (changes != null) {
      for (var change : changes) {
        if (change.isRight()) {
          created.put(((CreateFile) change.getRight()).getUri(), "");
          continue;
        }
        var document = change.getLeft().getTextDocument();
        List<TextEdit> texts =
            change.getLeft().getEdits().stream().map(edit -> edit.getLeft()).toList();
        if (created.containsKey(document.getUri())) {
          created.put(document.getUri(), texts.getFirst().getNewText());
        } else if (document.getVersion() != document(document.getUri()).version()) {
          return CompletableFuture.completedFuture(new ApplyWorkspaceEditResponse(false));
        } else {
          apply(document.getUri(), texts);
        }
      }
    } else {
      params.getEdit().getChanges().forEach(this::apply);
    }
    return CompletableFuture.completedFuture(new ApplyWorkspaceEditResponse(true));
  }

  /** Applies edits that all refer to the text before, from its end to its start. */
  private void apply(String uri, List<TextEdit> texts) {
    TextDocument before = document(uri);
    texts.stream()
        .sorted(
            Comparator.comparingInt((TextEdit edit) -> before.offset(edit.getRange().getStart()))
                .reversed())
        .forEach(edit -> change(uri, edit.getRange(), edit.getNewText()));
  }

  @Override
  public void publishDiagnostics(PublishDiagnosticsParams params) {
    diagnostics.put(params.getUri(), params.getDiagnostics());
  }

  @Override
  public void showMessage(MessageParams params) {
    messages.add(params.getMessage());
  }

  @Override
  public CompletableFuture<MessageActionItem> showMessageRequest(ShowMessageRequestParams params) {
    messages.add(params.getMessage());
    return CompletableFuture.completedFuture(params.getActions().getFirst());
  }

  @Override
  public void logMessage(MessageParams params) {}

  @Override
  public void telemetryEvent(Object object) {
    throw new AssertionError("there is no telemetry");
  }

  @Override
  public CompletableFuture<Void> createProgress(WorkDoneProgressCreateParams params) {
    return CompletableFuture.completedFuture(null);
  }

  @Override
  public void notifyProgress(ProgressParams params) {
    progress.add(params);
  }

  @Override
  public CompletableFuture<ShowDocumentResult> showDocument(ShowDocumentParams params) {
    shown.add(Path.of(URI.create(params.getUri())));
    return CompletableFuture.completedFuture(new ShowDocumentResult(true));
  }

  @Override
  public CompletableFuture<List<Object>> configuration(ConfigurationParams params) {
    return CompletableFuture.completedFuture(List.of(settings));
  }

  @Override
  public CompletableFuture<Void> refreshCodeLenses() {
    return CompletableFuture.completedFuture(null);
  }

  @Override
  public void close() {
    try {
      var _ = within(server.shutdown());
      server.exit();
      within(exit);
    } catch (Exception e) {
      throw new AssertionError("the server does not end", e);
    } finally {
      threads.shutdownNow();
    }
  }

  /** A sandbox that others use after this. */
  private record Kept(Sandbox sandbox) implements Sandbox {
    @Override
    public Report run(Execution execution) throws InterruptedException {
      return sandbox.run(execution);
    }

    @Override
    public Optional<Verdict.Malformed> check(ProgramLanguage language, TestSuite tests)
        throws InterruptedException {
      return sandbox.check(language, tests);
    }

    @Override
    public void close() {}
  }
}
