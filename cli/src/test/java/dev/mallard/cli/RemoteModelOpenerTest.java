package dev.mallard.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.mallard.sandbox.pool.WorkerPool;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code solve --endpoint} with a server that gives prepared answers, and the real sandbox. */
class RemoteModelOpenerTest {
  private static final String WRONG = "```python\ndef add(a, b):\n    return a - b\n```";
  private static final String RIGHT = "```python\ndef add(a, b):\n    return a + b\n```";

  @TempDir private Path folder;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private final Queue<String> answers = new ConcurrentLinkedQueue<>(List.of(WRONG, RIGHT));
  private final List<JsonNode> requests = new CopyOnWriteArrayList<>();
  private final List<String> keys = new CopyOnWriteArrayList<>();
  private HttpServer server;
  private String endpoint = "";

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/v1/models", exchange -> answer(exchange, "{\"data\":[{\"id\":\"duck\"}]}"));
    server.createContext("/v1/chat/completions", this::chat);
    server.start();
    endpoint = "http://127.0.0.1:" + server.getAddress().getPort() + "/v1";
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  @Test
  void solvesAProblemWithTheModelOfAServer() throws IOException {
    Path program = folder.resolve("add.py");

    int exitCode =
        solve(
            Map.of("MALLARD_API_KEY", "sk-secret"),
            "--endpoint",
            endpoint,
            "--json",
            "--out",
            program.toString());

    assertThat(exitCode).as("%s%s", out, err).isZero();
    assertThat(program).hasContent("def add(a, b):\n    return a + b\n");
    List<JsonNode> events =
        out.toString(StandardCharsets.UTF_8)
            .lines()
            .map(line -> JsonMapper.shared().readTree(line))
            .toList();
    assertThat(events.getFirst().path("model").asString()).isEqualTo("duck at " + endpoint);
    assertThat(events.getLast().path("event").asString()).isEqualTo("solved");
    // The answers are ended before the server gives their numbers of tokens.
    assertThat(events.getLast().path("tokens").intValue()).isEqualTo((WRONG + RIGHT).length() / 3);
    assertThat(events)
        .filteredOn(event -> event.path("event").asString().equals("attempt"))
        .hasSize(2)
        .noneMatch(event -> event.has("log_probability"));
    assertThat(requests)
        .hasSize(2)
        .allMatch(request -> request.path("model").asString().equals("duck"));
    assertThat(requests.get(1).path("messages").toString()).contains("return a - b");
    assertThat(keys).containsOnly("Bearer sk-secret");
    assertThat(out.toString(StandardCharsets.UTF_8) + err).doesNotContain("sk-secret");
  }

  @Test
  void saysInOneSentenceWhatIsWrongWithAnAddress() {
    assertThat(solve(Map.of(), "--endpoint", "ftp://x")).isEqualTo(2);

    assertThat(out.toString(StandardCharsets.UTF_8)).isEmpty();
    assertThat(err.toString(StandardCharsets.UTF_8))
        .isEqualTo(
            "--endpoint is no http or https address: ftp://x. Write it like http://localhost:8000/v1.\n");
  }

  @Test
  void asksNoServerThatIsNotNamed() {
    assertThat(solve(Map.of("MALLARD_API_KEY", "sk-secret"))).isEqualTo(70);

    assertThat(err.toString(StandardCharsets.UTF_8)).contains("the local opener");
    assertThat(keys).isEmpty();
  }

  private int solve(Map<String, String> environment, String... more) {
    Console console =
        new Console(
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            false,
            false,
            false);
    ModelOpener opener =
        new RemoteModelOpener(
            environment,
            (choice, ignored) -> {
              throw new IllegalStateException("the local opener");
            });
    String[] arguments = new String[more.length + 2];
    arguments[0] = "solve";
    arguments[1] = "../examples/add.md";
    System.arraycopy(more, 0, arguments, 2, more.length);
    return MallardCommand.create(new Services(console, folder, opener, WorkerPool::start))
        .execute(arguments);
  }

  private void chat(HttpExchange exchange) throws IOException {
    requests.add(JsonMapper.shared().readTree(exchange.getRequestBody().readAllBytes()));
    String text = JsonMapper.shared().writeValueAsString(answers.remove());
    exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
    answer(
        exchange,
        """
        data: {"choices":[{"index":0,"delta":{"content":%s},"finish_reason":null}]}

        data: {"choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}

        data: {"choices":[],"usage":{"prompt_tokens":90,"completion_tokens":20}}

        data: [DONE]

        """
            .formatted(text));
  }

  private void answer(HttpExchange exchange, String body) throws IOException {
    try (exchange) {
      keys.add(String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")));
      byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(200, bytes.length);
      exchange.getResponseBody().write(bytes);
    }
  }
}
