package dev.mallard.generator.remote;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** An OpenAI-compatible server as there are several, which can misbehave in many ways. */
final class ChatServer implements AutoCloseable {
  static final String ONE_MODEL = "{\"data\":[{\"id\":\"duck\",\"max_model_len\":8000}]}";

  /** How the server behaves where such servers differ. */
  enum Kind {
    /** Gives as many choices as are asked for, side by side. */
    VLLM,
    /** Gives one choice, whatever is asked for. */
    OLLAMA,
    /** Answers 500 where several choices are asked for. */
    LLAMA_CPP,
    /** Gives JSON lines without an end mark, and log probabilities in a list. */
    DJL_SERVING,
    /** Gives one JSON document. */
    WITHOUT_STREAM
  }

  /** An answer of another kind. */
  @FunctionalInterface
  interface Misbehaviour {
    void answer(HttpExchange exchange) throws IOException;
  }

  final List<JsonNode> requests = new CopyOnWriteArrayList<>();
  final List<String> keys = new CopyOnWriteArrayList<>();

  /** Answered instead, one for each request for completions, with what comes after a colon. */
  final Queue<String> troubles = new ConcurrentLinkedQueue<>();

  /** Fields that the server answers 400 to. */
  final List<String> refusedFields = new CopyOnWriteArrayList<>();

  /** Counted down when a client is gone while it is written to. */
  final CountDownLatch hungUp = new CountDownLatch(1);

  volatile Kind kind = Kind.VLLM;
  volatile String models = ONE_MODEL;
  volatile int modelsStatus = 200;

  /** What the model writes, token by token; each choice has its number before it. */
  volatile List<String> tokens = List.of("a", " + ", "b");

  volatile String finishReason = "stop";
  volatile boolean countsTokens = true;
  volatile boolean givesLogProbabilities = true;
  volatile Optional<Misbehaviour> misbehaviour = Optional.empty();

  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  ChatServer() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext(
        "/v1/",
        exchange -> {
          try (exchange) {
            handle(exchange);
          }
        });
    server.start();
  }

  String address() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/v1";
  }

  private void handle(HttpExchange exchange) throws IOException {
    String key = exchange.getRequestHeaders().getFirst("Authorization");
    keys.add(key == null ? "none" : key);
    byte[] body = exchange.getRequestBody().readAllBytes();
    switch (exchange.getRequestURI().getPath()) {
      case "/v1/models" -> answer(exchange, modelsStatus, models);
      case "/v1/chat/completions" -> chat(exchange, JsonMapper.shared().readTree(body));
      default -> answer(exchange, 404, "{\"detail\":\"Not Found\"}");
    }
  }

  private void chat(HttpExchange exchange, JsonNode request) throws IOException {
    requests.add(request);
    String trouble = troubles.poll();
    Optional<String> refused = refusedFields.stream().filter(request::has).findFirst();
    int choices = request.path("n").asInt(1);
    if (trouble != null) {
      String[] parts = trouble.split(":", 2);
      if (parts.length == 2) {
        exchange.getResponseHeaders().set("Retry-After", parts[1]);
      }
      answer(exchange, Integer.parseInt(parts[0]), "{}");
    } else if (refused.isPresent()) {
      answer(exchange, 400, error(400, "Unsupported field: " + refused.get()));
    } else if (misbehaviour.isPresent()) {
      misbehaviour.get().answer(exchange);
    } else if (kind == Kind.LLAMA_CPP && choices > 1) {
      answer(exchange, 500, error(500, "Only one completion choice is allowed"));
    } else if (kind == Kind.WITHOUT_STREAM) {
      answer(exchange, 200, document(request));
    } else {
      stream(exchange, request, kind == Kind.OLLAMA ? 1 : choices);
    }
  }

  private void stream(HttpExchange exchange, JsonNode request, int choices) throws IOException {
    boolean lines = kind == Kind.DJL_SERVING;
    boolean probabilities = givesLogProbabilities && request.path("logprobs").asBoolean(false);
    try (OutputStream out =
        begin(exchange, lines ? "application/jsonlines" : "text/event-stream; charset=utf-8")) {
      for (int i = 0; i < choices && kind == Kind.VLLM; i++) {
        send(out, choice(i, "", "\"role\":\"assistant\",", "null", "null"), lines);
      }
      for (int at = -1; at < tokens.size(); at++) {
        for (int i = 0; i < choices; i++) {
          String token = at < 0 ? i + ":" : tokens.get(at);
          String finish = at == tokens.size() - 1 ? '"' + finishReason + '"' : "null";
          String logprobs =
              "{\"content\":[{\"token\":\"\",\"logprob\":-0.5,\"top_logprobs\":[{\"logprob\":-7}]}]}";
          logprobs = lines ? "[" + logprobs + "]" : logprobs;
          send(out, choice(i, token, "", probabilities ? logprobs : "null", finish), lines);
        }
      }
      if (countsTokens && request.path("stream_options").path("include_usage").asBoolean(false)) {
        int written = choices * (tokens.size() + 1);
        send(out, "{\"choices\":[],\"usage\":" + usage(written) + "}", lines);
      }
      if (!lines) {
        send(out, "[DONE]", false);
      }
    }
  }

  private String document(JsonNode request) {
    String text = "0:" + String.join("", tokens);
    return """
    {"object": "chat.completion",
     "choices": [{"index": 0, "message": {"role": "assistant", "content": %s},
                  "finish_reason": "stop"}],
     "usage": %s}
    """
        .formatted(quoted(text), usage(request.size()));
  }

  private static String usage(int written) {
    return "{\"prompt_tokens\":42,\"completion_tokens\":%d,\"total_tokens\":%d}"
        .formatted(written, 42 + written);
  }

  static String choice(int index, String token, String more, String logprobs, String finish) {
    return ("{\"object\":\"chat.completion.chunk\",\"choices\":[{\"index\":%d,"
            + "\"delta\":{%s\"content\":%s},\"logprobs\":%s,\"finish_reason\":%s}]}")
        .formatted(index, more, quoted(token), logprobs, finish);
  }

  static String text(String token) {
    return "data: " + choice(0, token, "", "null", "null") + "\n\n";
  }

  static String end(String token) {
    return "data: " + choice(0, token, "", "null", "\"stop\"") + "\n\ndata: [DONE]\n\n";
  }

  static String error(int code, String message) {
    return "{\"error\":{\"code\":%d,\"message\":%s,\"type\":\"x\"}}"
        .formatted(code, quoted(message));
  }

  private static String quoted(String text) {
    return JsonMapper.shared().writeValueAsString(text);
  }

  static void answer(HttpExchange exchange, int status, String body) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
    exchange.getResponseBody().write(bytes);
  }

  static OutputStream begin(HttpExchange exchange, String type) throws IOException {
    exchange.getResponseHeaders().set("Content-Type", type);
    exchange.sendResponseHeaders(200, 0);
    return exchange.getResponseBody();
  }

  private static void send(OutputStream out, String data, boolean line) throws IOException {
    write(out, line ? data + "\n" : "data: " + data + "\n\n");
  }

  static void write(OutputStream out, String text) throws IOException {
    out.write(text.getBytes(StandardCharsets.UTF_8));
    out.flush();
  }

  /** Answers with exactly this stream of events. */
  void answerWith(String events) {
    misbehaviour = Optional.of(exchange -> write(begin(exchange, "text/event-stream"), events));
  }

  /** Begins to answer, and then cuts the connection. */
  static void cut(HttpExchange exchange, String events) throws IOException {
    exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
    exchange.sendResponseHeaders(200, 1_000_000);
    write(exchange.getResponseBody(), events);
  }

  /** Sends something again and again until the client is gone. */
  void withoutEnd(String type, String first, String again, long pauseMillis) {
    misbehaviour =
        Optional.of(exchange -> {
          try {
            OutputStream out = begin(exchange, type);
            write(out, first);
            while (true) {
              Thread.sleep(pauseMillis);
              write(out, again);
            }
          } catch (IOException e) {
            hungUp.countDown();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        });
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
