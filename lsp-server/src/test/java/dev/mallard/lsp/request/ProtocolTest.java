package dev.mallard.lsp.request;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.mallard.lsp.work.ModelSource;
import dev.mallard.sandbox.pool.PoolOptions;
import dev.mallard.sandbox.pool.WorkerPool;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What the specification of the Language Server Protocol 3.17 (and for inline completion 3.18) says
 * of each request that is announced, and of clients that do not keep to it, message by message.
 */
class ProtocolTest {
  private static final String URI = "file:///no/such/folder/calc.py";
  private static final String AT =
      "{\"textDocument\":{\"uri\":\"%s\"},\"position\":{\"line\":1,\"character\":4}}"
          .formatted(URI);
  private static final String ARGUMENT = "{\"uri\":\"%s\",\"problem\":\"add\"}".formatted(URI);
  private static final String STUB = "def add(a, b):\n    pass\n";

  private static final int PARSE_ERROR = -32700;
  private static final int INVALID_REQUEST = -32600;
  private static final int METHOD_NOT_FOUND = -32601;
  private static final int INVALID_PARAMS = -32602;
  private static final int SERVER_NOT_INITIALIZED = -32002;
  private static final int REQUEST_CANCELLED = -32800;
  private static final int REQUEST_FAILED = -32803;

  @TempDir private Path folder;
  private final ScriptedModel model =
      ScriptedModel.held("```python\ndef add(a, b):\n    return a + b\n```\n");
  private final CompletableFuture<Integer> exit = new CompletableFuture<>();
  private OutputStream toServer;
  private RawClient client;

  @BeforeEach
  void startServer() throws Exception {
    Wire wire = Wire.open();
    toServer = wire.client().getOutputStream();
    InputStream in = wire.server().getInputStream();
    OutputStream fromServer = wire.server().getOutputStream();
    ModelSource models = ScriptedModel.source(model);
    PoolOptions options = PoolOptions.DEFAULT.withWorkers(1).withAhead(Set.of());
    LspServer server = new LspServer(models, () -> WorkerPool.start(options), folder);
    Thread.ofPlatform()
        .daemon()
        .start(() -> {
          try {
            exit.complete(server.serve(in, fromServer));
          } catch (InterruptedException | RuntimeException e) {
            exit.completeExceptionally(e);
          }
        });
    client = new RawClient(wire.client().getInputStream(), toServer);
  }

  @AfterEach
  void endServer() throws Exception {
    toServer.close();
    exit.get(5, TimeUnit.SECONDS);
  }

  private static int code(JsonObject answer) {
    return answer.getAsJsonObject("error").get("code").getAsInt();
  }

  private static JsonObject object(String json) {
    return JsonParser.parseString(json).getAsJsonObject();
  }

  @Test
  void whatIsAnnouncedIsWhatThereIs() throws Exception {
    JsonObject result = client.begin().getAsJsonObject("result");
    JsonObject capabilities = result.getAsJsonObject("capabilities");
    assertThat(result.getAsJsonObject("serverInfo").get("name").getAsString()).isEqualTo("mallard");
    assertThat(capabilities.keySet())
        .containsExactlyInAnyOrder(
            "positionEncoding",
            "textDocumentSync",
            "hoverProvider",
            "documentSymbolProvider",
            "codeLensProvider",
            "codeActionProvider",
            "completionProvider",
            "inlineCompletionProvider",
            "executeCommandProvider");
    assertThat(capabilities.get("positionEncoding").getAsString()).isEqualTo("utf-16");
    assertThat(capabilities.getAsJsonObject("textDocumentSync"))
        .isEqualTo(object("{\"openClose\":true,\"change\":2,\"save\":{\"includeText\":false}}"));
  }

  @Test
  void theClientsFirstEncodingIsTaken() throws Exception {
    JsonObject answer =
        client.ask(
            "initialize",
            """
            {"processId":null,"rootUri":null,"capabilities":
             {"general":{"positionEncodings":["utf-7","utf-8","utf-16"]}}}\
            """);
    assertThat(
            answer
                .getAsJsonObject("result")
                .getAsJsonObject("capabilities")
                .get("positionEncoding")
                .getAsString())
        .isEqualTo("utf-8");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "textDocument/hover",
        "textDocument/documentSymbol",
        "textDocument/codeLens",
        "textDocument/completion",
        "textDocument/inlineCompletion",
        "textDocument/codeAction"
      })
  void eachRequestOnADocumentIsAnswered(String method) throws Exception {
    client.begin();
    client.open(URI, "python", STUB);
    JsonObject params = object(AT);
    params.add(
        "range",
        object("{\"start\":{\"line\":1,\"character\":0},\"end\":{\"line\":1,\"character\":0}}"));
    params.add("context", object("{\"diagnostics\":[],\"triggerKind\":1}"));
    int id = client.sendRequest(method, params.toString());
    model.answer();
    assertThat(client.answer(id).has("result")).isTrue();
    // And of a document that is not open.
    params.getAsJsonObject("textDocument").addProperty("uri", "untitled:Untitled-1");
    assertThat(client.ask(method, params.toString()).has("result")).isTrue();
    // And of one in a language that Mallard does not know.
    client.open("file:///a.rs", "rust", "fn main() {}");
    params.getAsJsonObject("textDocument").addProperty("uri", "file:///a.rs");
    assertThat(client.ask(method, params.toString()).has("result")).isTrue();
  }

  @Test
  void aStubIsASymbolWithItsRanges() throws Exception {
    client.ask(
        "initialize",
        """
        {"processId":null,"rootUri":null,"capabilities":{"textDocument":{"documentSymbol":
         {"hierarchicalDocumentSymbolSupport":true}}}}\
        """);
    client.open(URI, "python", "class A:\n    def f(self):\n        pass\n");
    JsonObject symbol =
        client
            .ask("textDocument/documentSymbol", AT)
            .getAsJsonArray("result")
            .get(0)
            .getAsJsonObject();
    assertThat(symbol.get("name").getAsString()).isEqualTo("A");
    JsonObject method = symbol.getAsJsonArray("children").get(0).getAsJsonObject();
    assertThat(method.get("detail").getAsString()).isEqualTo("A.f");
    assertThat(method.getAsJsonObject("selectionRange"))
        .isEqualTo(
            object(
                "{\"start\":{\"line\":1,\"character\":8},\"end\":{\"line\":1,\"character\":9}}"));
  }

  @Test
  void anInlineCompletionIsTheBody() throws Exception {
    client.begin();
    client.open(URI, "python", STUB);
    model.answer();
    JsonObject params = object(AT);
    params.add("context", object("{\"triggerKind\":1}"));
    JsonObject item =
        client
            .ask("textDocument/inlineCompletion", params.toString())
            .getAsJsonObject("result")
            .getAsJsonArray("items")
            .get(0)
            .getAsJsonObject();
    assertThat(item.get("insertText").getAsString()).isEqualTo("return a + b");
    assertThat(item.getAsJsonObject("range"))
        .isEqualTo(
            object(
                "{\"start\":{\"line\":1,\"character\":4},\"end\":{\"line\":1,\"character\":8}}"));
  }

  @Test
  void beforeItIsInitializedTheServerAnswersNothingElse() throws Exception {
    assertThat(code(client.ask("textDocument/hover", AT))).isEqualTo(SERVER_NOT_INITIALIZED);
    client.open(URI, "python", STUB);
    client.begin();
    assertThat(client.ask("textDocument/documentSymbol", AT).getAsJsonArray("result")).isEmpty();
    assertThat(code(client.ask("initialize", "{\"capabilities\":{}}"))).isEqualTo(INVALID_REQUEST);
  }

  @Test
  void afterShutdownItAnswersNothingAndEndsWithZero() throws Exception {
    client.begin();
    JsonObject answer = client.ask("shutdown", "null");
    assertThat(answer.has("error")).isFalse();
    assertThat(code(client.ask("textDocument/hover", AT))).isEqualTo(INVALID_REQUEST);
    client.sendNotification("exit", "null");
    assertThat(exit.get(5, TimeUnit.SECONDS)).isZero();
  }

  @Test
  void exitWithoutShutdownIsAFailure() throws Exception {
    client.begin();
    client.sendNotification("exit", "null");
    assertThat(exit.get(5, TimeUnit.SECONDS)).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"textDocument/references", "workspace/symbol", "no/suchThing", "$/other"})
  void whatIsNotAnnouncedIsNoMethod(String method) throws Exception {
    client.begin();
    assertThat(code(client.ask(method, AT))).isEqualTo(METHOD_NOT_FOUND);
  }

  @Test
  void unknownNotificationsAreIgnored() throws Exception {
    client.begin();
    client.sendNotification("$/whatever", "{}");
    client.sendNotification("no/such", "{}");
    client.sendNotification("workspace/didChangeWatchedFiles", "{\"changes\":[]}");
    client.sendNotification("$/setTrace", "{\"value\":\"off\"}");
    assertThat(client.ask("textDocument/documentSymbol", AT).has("result")).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      value = {
        "{\"command\":\"no.such\",\"arguments\":[]}",
        "{\"command\":\"mallard.generate\",\"arguments\":[]}",
        "{\"command\":\"mallard.generate\",\"arguments\":[7]}",
        "{\"command\":\"mallard.generate\",\"arguments\":[{\"uri\":7}]}",
        "{\"command\":\"mallard.generate\"}"
      })
  void aCommandWithWrongArgumentsIsRefused(String params) throws Exception {
    client.begin();
    assertThat(code(client.ask("workspace/executeCommand", params))).isEqualTo(INVALID_PARAMS);
  }

  @Test
  void aCommandOnADocumentThatIsNotOpenSaysWhatToDo() throws Exception {
    client.begin();
    JsonObject answer =
        client.ask(
            "workspace/executeCommand",
            "{\"command\":\"mallard.generate\",\"arguments\":[%s]}".formatted(ARGUMENT));
    assertThat(code(answer)).isEqualTo(REQUEST_FAILED);
    assertThat(answer.getAsJsonObject("error").get("message").getAsString())
        .contains("open it first");
  }

  @Test
  void aRequestIsCancelled() throws Exception {
    client.begin();
    client.open(URI, "python", STUB);
    int id =
        client.sendRequest(
            "workspace/executeCommand",
            "{\"command\":\"mallard.generate\",\"arguments\":[%s]}".formatted(ARGUMENT));
    TestEditor.await(() -> !model.questions().isEmpty());
    assertThat(client.ask("textDocument/documentSymbol", AT).has("result")).isTrue();
    client.sendNotification("$/cancelRequest", "{\"id\":%d}".formatted(id));
    assertThat(code(client.answer(id))).isEqualTo(REQUEST_CANCELLED);
    client.sendNotification("$/cancelRequest", "{\"id\":%d}".formatted(id));
    client.sendNotification("$/cancelRequest", "{\"id\":4711}");
    assertThat(client.ask("textDocument/documentSymbol", AT).has("result")).isTrue();
  }

  @Test
  void messagesThatComeInPiecesOrTogetherAreRead() throws Exception {
    client.begin();
    client.open(URI, "python", STUB);
    String message =
        "{\"jsonrpc\":\"2.0\",\"id\":901,\"method\":\"textDocument/documentSymbol\",\"params\":%s}"
            .formatted(AT);
    String framed = "Content-Length: %d\r\n\r\n%s".formatted(message.length(), message);
    for (int i = 0; i < framed.length(); i++) {
      client.sendBytes(framed.substring(i, i + 1));
    }
    assertThat(client.answer(901).has("result")).isTrue();
    client.sendBytes(framed.replace("901", "902") + framed.replace("901", "903"));
    assertThat(client.answers(Set.of(902, 903)).values()).allMatch(answer -> answer.has("result"));
  }

  @Test
  void whatIsNoJsonIsAParseErrorAndTheServerGoesOn() throws Exception {
    client.begin();
    client.send("{\"jsonrpc\":\"2.0\",\"id\":1,");
    assertThat(code(client.error())).isIn(PARSE_ERROR, INVALID_REQUEST);
    assertThat(client.ask("textDocument/documentSymbol", AT).has("result")).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Content-Length: 4000000000\r\n\r\n{}",
        "Content-Length: many\r\n\r\n{}",
        "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n"
      })
  void aHeaderThatIsNoneEndsTheServer(String bytes) throws Exception {
    client.begin();
    client.sendBytes(bytes);
    assertThat(exit.get(5, TimeUnit.SECONDS)).isEqualTo(1);
  }

  @Test
  void changesOutOfPlaceAreHarmless() throws Exception {
    client.begin();
    client.open(URI, "python", STUB);
    // Of a document that is not open; beyond the end; backwards; of an older version; twice opened.
    String change =
        "{\"textDocument\":{\"uri\":\"%s\",\"version\":%d},\"contentChanges\":[{\"range\":{\"start\":{\"line\":%d,\"character\":%d},\"end\":{\"line\":%d,\"character\":%d}},\"text\":\"x\"}]}";
    client.sendNotification(
        "textDocument/didChange", change.formatted("file:///no", 2, 0, 0, 0, 0));
    client.sendNotification("textDocument/didChange", change.formatted(URI, 2, 99, 99, 99, 99));
    client.sendNotification("textDocument/didChange", change.formatted(URI, 1, 1, 4, 0, 0));
    client.open(URI, "python", STUB);
    client.open(URI, "python", STUB + "\ndef two():\n    pass\n");
    assertThat(client.ask("textDocument/documentSymbol", AT).getAsJsonArray("result")).hasSize(2);
    client.sendNotification("textDocument/didClose", "{\"textDocument\":{\"uri\":\"file:///no\"}}");
    assertThat(client.ask("textDocument/documentSymbol", AT).getAsJsonArray("result")).hasSize(2);
  }

  @Test
  void aDocumentOfTenMegabytesIsTakenAndChanged() throws Exception {
    client.begin();
    String line = "x = 'abcdefghijklmnopqrstuvwxyz'\n";
    client.open(URI, "python", line.repeat(10 * 1024 * 1024 / line.length()));
    for (int i = 0; i < 20; i++) {
      client.sendNotification(
          "textDocument/didChange",
          """
          {"textDocument":{"uri":"%s","version":%d},"contentChanges":[{"range":{"start":
           {"line":100000,"character":1},"end":{"line":100000,"character":1}},"text":"y"}]}\
          """
              .formatted(URI, i + 2));
    }
    assertThat(client.ask("textDocument/codeLens", AT).getAsJsonArray("result")).isEmpty();
  }

  @Test
  void theServerEndsWhenTheClientIsGone() throws Exception {
    client.begin();
    client.open(URI, "python", STUB);
    client.sendRequest(
        "workspace/executeCommand",
        "{\"command\":\"mallard.generate\",\"arguments\":[%s]}".formatted(ARGUMENT));
    TestEditor.await(() -> !model.questions().isEmpty());
    toServer.close();
    assertThat(exit.get(5, TimeUnit.SECONDS)).isEqualTo(1);
  }

  @Test
  void aProcessWhoseClientIsGoneLeavesNone() throws Exception {
    Process server =
        new ProcessBuilder(ScriptedServer.command(folder.resolve("shown")))
            .redirectError(folder.resolve("err.txt").toFile())
            .start();
    RawClient raw = new RawClient(server.getInputStream(), server.getOutputStream());
    raw.begin();
    raw.open(URI, "python", "def add(a, b):\n    while True: pass\n\nassert add(1, 2) == 3\n");
    TestEditor.await(() -> server.descendants().findAny().isPresent());
    List<ProcessHandle> workers = server.descendants().toList();
    server.getOutputStream().close();
    assertThat(server.waitFor(5, TimeUnit.SECONDS)).isTrue();
    TestEditor.await(() -> workers.stream().noneMatch(ProcessHandle::isAlive));
  }
}
