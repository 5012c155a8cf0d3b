package dev.mallard.lsp.request;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A client that sends and receives the protocol's messages as they are, right or wrong. */
final class RawClient {
  private static final Duration LONGEST = Duration.ofSeconds(60);

  private final OutputStream out;
  private final BlockingQueue<Arrived> messages = new LinkedBlockingQueue<>();
  private int next = 1;

  RawClient(InputStream in, OutputStream out) {
    this.out = out;
    Thread.ofPlatform().daemon().start(() -> read(in));
  }

  private void read(InputStream in) {
    try {
      while (true) {
        ByteArrayOutputStream header = new ByteArrayOutputStream();
        while (!header.toString(StandardCharsets.US_ASCII).endsWith("\r\n\r\n")) {
          int value = in.read();
          if (value < 0) {
            return;
          }
          header.write(value);
        }
        String text = header.toString(StandardCharsets.US_ASCII);
        int length = Integer.parseInt(text.replaceAll("(?s).*Content-Length: (\\d+).*", "$1"));
        byte[] body = in.readNBytes(length);
        long nanos = System.nanoTime();
        String json = new String(body, StandardCharsets.UTF_8);
        messages.add(new Arrived(JsonParser.parseString(json).getAsJsonObject(), nanos));
      }
    } catch (IOException e) {
      // The server has ended.
    }
  }

  /** Sends bytes as they are. */
  void sendBytes(String bytes) throws IOException {
    out.write(bytes.getBytes(StandardCharsets.UTF_8));
    out.flush();
  }

  /** Sends a message, with its header. */
  void send(String json) throws IOException {
    int length = json.getBytes(StandardCharsets.UTF_8).length;
    sendBytes("Content-Length: %d\r\n\r\n%s".formatted(length, json));
  }

  void sendNotification(String method, String params) throws IOException {
    send("{\"jsonrpc\":\"2.0\",\"method\":\"%s\",\"params\":%s}".formatted(method, params));
  }

  /** Sends a request; its identifier comes back. */
  int sendRequest(String method, String params) throws IOException {
    int id = next++;
    send(
        "{\"jsonrpc\":\"2.0\",\"id\":%d,\"method\":\"%s\",\"params\":%s}"
            .formatted(id, method, params));
    return id;
  }

  /** Sends a request and waits for its answer. */
  JsonObject ask(String method, String params) throws Exception {
    return answer(sendRequest(method, params));
  }

  /** Waits for the answer to a request; what else comes is dropped. */
  JsonObject answer(int id) throws InterruptedException {
    while (true) {
      JsonObject message = message();
      if (!message.has("method")
          && String.valueOf(message.get("id")).equals(Integer.toString(id))) {
        return message;
      }
    }
  }

  /** Waits for the answers to requests, which may come in any order. */
  Map<Integer, JsonObject> answers(Set<Integer> ids) throws InterruptedException {
    Map<Integer, JsonObject> answers = new HashMap<>();
    while (!answers.keySet().equals(ids)) {
      JsonObject message = message();
      if (!message.has("method") && ids.contains(message.get("id").getAsInt())) {
        answers.put(message.get("id").getAsInt(), message);
      }
    }
    return answers;
  }

  /** Waits for a notification, or a request of the server's, in which a text stands. */
  void told(String text) throws InterruptedException {
    JsonObject message;
    do {
      message = message();
    } while (!message.has("method") || !message.toString().contains(text));
  }

  /** Waits for an error, whatever it answers. */
  JsonObject error() throws InterruptedException {
    while (true) {
      JsonObject message = message();
      if (message.has("error")) {
        return message;
      }
    }
  }

  /** A message and when it came. */
  record Arrived(JsonObject message, long nanos) {}

  /** The next message, if one comes within a time. */
  Optional<Arrived> within(long nanos) throws InterruptedException {
    return Optional.ofNullable(messages.poll(nanos, TimeUnit.NANOSECONDS));
  }

  private JsonObject message() throws InterruptedException {
    return within(LONGEST.toNanos())
        .map(Arrived::message)
        .orElseThrow(() -> new AssertionError("no message after " + LONGEST));
  }

  /** Begins with what an editor of no special ability says. */
  JsonObject begin() throws Exception {
    JsonObject answer =
        ask("initialize", "{\"processId\":null,\"rootUri\":null,\"capabilities\":{}}");
    sendNotification("initialized", "{}");
    return answer;
  }

  void open(String uri, String languageId, String text) throws IOException {
    JsonObject document = new JsonObject();
    document.addProperty("uri", uri);
    document.addProperty("languageId", languageId);
    document.addProperty("version", 1);
    document.addProperty("text", text);
    JsonObject params = new JsonObject();
    params.add("textDocument", document);
    sendNotification("textDocument/didOpen", params.toString());
  }
}
