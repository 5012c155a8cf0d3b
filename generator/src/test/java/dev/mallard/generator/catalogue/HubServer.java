package dev.mallard.generator.catalogue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * A hub as Hugging Face's is: it lists a repository's files, gives small ones itself, and sends for
 * large ones to a second server, which knows ranges and entity tags. It can misbehave in many ways.
 */
final class HubServer implements AutoCloseable {
  static final String COMMIT = "0123456789abcdef0123456789abcdef01234567";
  static final String REPOSITORY = "acme/duck-coder";

  final Map<String, byte[]> files = new ConcurrentSkipListMap<>();
  final List<String> hubTokens = new CopyOnWriteArrayList<>();
  final List<String> cdnTokens = new CopyOnWriteArrayList<>();

  /** Range headers of requests for large files, "all" where there was none. */
  final List<String> ranges = new CopyOnWriteArrayList<>();

  final List<String> requests = new CopyOnWriteArrayList<>();

  /** Answered instead, one for each request to the hub, with Retry-After if after a colon. */
  final Queue<String> troubles = new ConcurrentLinkedQueue<>();

  /** Lengths after which answers with large files are cut, one for each. */
  final Queue<Integer> cuts = new ConcurrentLinkedQueue<>();

  /** Sizes that the list of files says, where they are not the real ones. */
  final Map<String, Long> announcedSizes = new ConcurrentHashMap<>();

  final Map<String, byte[]> served = new ConcurrentHashMap<>();
  volatile boolean ignoresRanges;
  volatile boolean listsNamesOnly;
  volatile boolean redirectsToItself;
  volatile Optional<String> requiredToken = Optional.empty();
  volatile String entityTagSalt = "";
  volatile long millisecondsPerChunk;

  private final HttpServer hub;
  private final HttpServer cdn;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  HubServer() throws IOException {
    // Two host names for one machine, so that the second is another host to whoever looks.
    hub = start(this::hub);
    cdn = start(this::cdn);
    files.put("config.json", "{\"model_type\":\"qwen2\"}".getBytes(StandardCharsets.UTF_8));
    files.put("tokenizer.json", "{}".getBytes(StandardCharsets.UTF_8));
    files.put("README.md", "not wanted".getBytes(StandardCharsets.UTF_8));
    files.put("model.safetensors", bytes(700_000, 1));
  }

  static byte[] bytes(int size, int seed) {
    byte[] bytes = new byte[size];
    new java.util.Random(seed).nextBytes(bytes);
    return bytes;
  }

  byte[] file(String name) {
    return Objects.requireNonNull(files.get(name));
  }

  URI uri() {
    return URI.create("http://127.0.0.1:" + hub.getAddress().getPort());
  }

  private HttpServer start(Handler handler) throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext(
        "/",
        exchange -> {
          try (exchange) {
            handler.handle(exchange);
          } catch (NoSuchAlgorithmException e) {
            throw new IOException(e);
          }
        });
    server.start();
    return server;
  }

  private void hub(HttpExchange exchange) throws IOException, NoSuchAlgorithmException {
    String path = exchange.getRequestURI().getPath();
    requests.add(path);
    String token = exchange.getRequestHeaders().getFirst("Authorization");
    if (token != null) {
      hubTokens.add(token);
    }
    String trouble = troubles.poll();
    if (trouble != null) {
      String[] parts = trouble.split(":", 2);
      if (parts.length == 2) {
        exchange.getResponseHeaders().set("Retry-After", parts[1]);
      }
      answer(exchange, Integer.parseInt(parts[0]), "{}");
    } else if (requiredToken.isPresent() && !("Bearer " + requiredToken.get()).equals(token)) {
      answer(exchange, token == null ? 401 : 403, "{}");
    } else if (path.startsWith("/api/models/" + REPOSITORY + "/revision/")) {
      String revision = path.substring(path.lastIndexOf('/') + 1);
      boolean known = revision.equals("main") || revision.equals(COMMIT);
      answer(exchange, known ? 200 : 404, known ? listing() : "{}");
    } else if (path.startsWith("/" + REPOSITORY + "/resolve/" + COMMIT + "/")) {
      resolve(exchange, path.substring(path.lastIndexOf('/') + 1));
    } else {
      answer(exchange, 404, "{}");
    }
  }

  private void resolve(HttpExchange exchange, String name)
      throws IOException, NoSuchAlgorithmException {
    byte[] content = files.get(name);
    if (content == null) {
      answer(exchange, 404, "{}");
      return;
    }
    exchange.getResponseHeaders().set("X-Repo-Commit", COMMIT);
    if (redirectsToItself) {
      redirect(exchange, exchange.getRequestURI().toString());
    } else if (large(name)) {
      exchange.getResponseHeaders().set("X-Linked-Etag", '"' + sha256(content) + '"');
      exchange.getResponseHeaders().set("X-Linked-Size", "" + content.length);
      redirect(
          exchange, "http://localhost:" + cdn.getAddress().getPort() + "/" + name + "?signed=1");
    } else {
      exchange.getResponseHeaders().set("ETag", '"' + gitBlob(content) + '"');
      byte[] body = served.getOrDefault(name, content);
      send(exchange, 200, body, body.length);
    }
  }

  private void cdn(HttpExchange exchange) throws IOException, NoSuchAlgorithmException {
    String token = exchange.getRequestHeaders().getFirst("Authorization");
    if (token != null) {
      cdnTokens.add(token);
    }
    String name = exchange.getRequestURI().getPath().substring(1);
    byte[] content =
        served.containsKey(name) ? Objects.requireNonNull(served.get(name)) : file(name);
    String tag = '"' + entityTagSalt + sha256(content) + '"';
    String range = exchange.getRequestHeaders().getFirst("Range");
    String condition = exchange.getRequestHeaders().getFirst("If-Range");
    ranges.add(range == null ? "all" : range);
    int from = 0;
    int status = 200;
    exchange.getResponseHeaders().set("ETag", tag);
    if (range != null && !ignoresRanges && (condition == null || condition.equals(tag))) {
      from = Integer.parseInt(range.substring("bytes=".length(), range.length() - 1));
      status = 206;
      exchange
          .getResponseHeaders()
          .set(
              "Content-Range",
              "bytes %d-%d/%d".formatted(from, content.length - 1, content.length));
    }
    Integer cut = cuts.poll();
    byte[] rest = Arrays.copyOfRange(content, from, content.length);
    send(exchange, status, rest, cut == null ? rest.length : Math.min(cut, rest.length));
  }

  private String listing() throws NoSuchAlgorithmException {
    StringBuilder siblings = new StringBuilder();
    for (Map.Entry<String, byte[]> file : files.entrySet()) {
      byte[] content = file.getValue();
      siblings.append(siblings.isEmpty() ? "" : ",");
      siblings.append("{\"rfilename\":\"").append(file.getKey()).append('"');
      if (!listsNamesOnly) {
        siblings.append(",\"size\":").append(content.length);
        siblings.append(",\"blobId\":\"").append(gitBlob(content)).append('"');
        if (large(file.getKey())) {
          siblings.append(",\"lfs\":{\"sha256\":\"").append(sha256(content));
          long size = announcedSizes.getOrDefault(file.getKey(), (long) content.length);
          siblings.append("\",\"size\":").append(size).append('}');
        }
      }
      siblings.append('}');
    }
    return "{\"sha\":\"" + COMMIT + "\",\"siblings\":[" + siblings + "]}";
  }

  private static boolean large(String name) {
    return name.endsWith(".safetensors");
  }

  private void redirect(HttpExchange exchange, String target) throws IOException {
    exchange.getResponseHeaders().set("Location", target);
    exchange.sendResponseHeaders(302, -1);
  }

  private static void answer(HttpExchange exchange, int status, String body) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
  }

  /**
   * Announces all of a body and sends some of it; closing the exchange then cuts the connection.
   */
  private void send(HttpExchange exchange, int status, byte[] body, int length) throws IOException {
    if (exchange.getRequestMethod().equals("HEAD")) {
      exchange.getResponseHeaders().set("Content-Length", "" + body.length);
      exchange.sendResponseHeaders(status, -1);
      return;
    }
    exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
    for (int from = 0; from < Math.min(length, body.length); from += 50_000) {
      exchange
          .getResponseBody()
          .write(body, from, Math.min(50_000, Math.min(length, body.length) - from));
      exchange.getResponseBody().flush();
      try {
        Thread.sleep(millisecondsPerChunk);
      } catch (InterruptedException e) {
        throw new IOException(e);
      }
    }
  }

  static String sha256(byte[] content) throws NoSuchAlgorithmException {
    return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
  }

  private static String gitBlob(byte[] content) throws NoSuchAlgorithmException {
    MessageDigest sha1 = MessageDigest.getInstance("SHA-1");
    sha1.update(("blob " + content.length + "\0").getBytes(StandardCharsets.US_ASCII));
    return HexFormat.of().formatHex(sha1.digest(content));
  }

  @Override
  public void close() {
    hub.stop(0);
    cdn.stop(0);
    threads.shutdownNow();
  }

  private interface Handler {
    void handle(HttpExchange exchange) throws IOException, NoSuchAlgorithmException;
  }
}
