package dev.mallard.benchmarks.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.mallard.generator.UserException;
import dev.mallard.generator.catalogue.DownloadProgress;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class DataSetStoreTest {
  @TempDir private Path cache;
  private final Map<String, byte[]> served = new ConcurrentHashMap<>();
  private final List<String> requests = new CopyOnWriteArrayList<>();
  private volatile int cutAt = Integer.MAX_VALUE;
  private HttpServer server;
  private DataSetStore store;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          try (exchange) {
            answer(exchange);
          }
        });
    server.start();
    store = new DataSetStore(cache);
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private void answer(HttpExchange exchange) throws IOException {
    String name = exchange.getRequestURI().getPath().replaceFirst(".*/", "");
    String range = exchange.getRequestHeaders().getFirst("Range");
    requests.add(name + (range == null ? "" : " " + range));
    byte[] content = served.get(name);
    if (content == null) {
      exchange.sendResponseHeaders(404, -1);
      return;
    }
    int from = range == null ? 0 : Integer.parseInt(range.substring(6, range.length() - 1));
    exchange
        .getResponseHeaders()
        .set("Content-Range", "bytes %d-%d/%d".formatted(from, content.length - 1, content.length));
    exchange.sendResponseHeaders(range == null ? 200 : 206, content.length - from);
    int length = Math.min(content.length - from, cutAt);
    cutAt = Integer.MAX_VALUE;
    exchange.getResponseBody().write(content, from, length);
    exchange.getResponseBody().flush();
  }

  @Test
  void getsAllFiles() throws Exception {
    DataSetInfo info = info("a.jsonl", "b.jsonl");
    List<DownloadProgress.State> states = new ArrayList<>();
    assertThat(store.find(info)).isEmpty();

    Path folder = store.fetch(info, states::add);

    assertThat(folder).isEqualTo(cache.resolve("datasets/ducks"));
    assertThat(folder.resolve("a.jsonl")).hasBinaryContent(served.get("a.jsonl"));
    assertThat(folder.resolve("b.jsonl")).hasBinaryContent(served.get("b.jsonl"));
    assertThat(store.find(info)).contains(folder);
    assertThat(states.getLast().bytes()).isEqualTo(states.getLast().total()).isEqualTo(100_000);
  }

  @Test
  void asksNobodyForWhatIsThere() throws Exception {
    DataSetInfo info = info("a.jsonl");
    store.fetch(info, DownloadProgress.SILENT);
    requests.clear();

    store.fetch(info, DownloadProgress.SILENT);

    assertThat(requests).isEmpty();
  }

  @Test
  void getsADamagedFileAgain() throws Exception {
    DataSetInfo info = info("a.jsonl");
    Path file = store.fetch(info, DownloadProgress.SILENT).resolve("a.jsonl");
    byte[] damaged = Files.readAllBytes(file);
    damaged[100]++;
    Files.write(file, damaged);

    store.fetch(info, DownloadProgress.SILENT);

    assertThat(file).hasBinaryContent(served.get("a.jsonl"));
  }

  @Test
  void refusesAFileWithAnotherChecksum() throws Exception {
    DataSetInfo info = info("a.jsonl");
    served.put("a.jsonl", bytes(99));

    assertRefused(info, "a.jsonl from 127.0.0.1 is not what it should be");
    assertThat(folder().toFile().list()).containsExactly(".lock");
  }

  @Test
  void refusesAFileThatIsTooLong() throws Exception {
    DataSetInfo info = info("a.jsonl");
    served.put("a.jsonl", new byte[60_000]);

    assertRefused(info, "more than the expected 50000 bytes");
    assertThat(folder().resolve("a.jsonl")).doesNotExist();
  }

  @Test
  void goesOnAfterACut() throws Exception {
    DataSetInfo info = info("a.jsonl");
    cutAt = 20_000;

    Path folder = store.fetch(info, DownloadProgress.SILENT);

    assertThat(requests).containsExactly("a.jsonl", "a.jsonl bytes=20000-");
    assertThat(folder.resolve("a.jsonl")).hasBinaryContent(served.get("a.jsonl"));
  }

  @Test
  void saysThatAFileIsNotThere() throws Exception {
    DataSetInfo info = info("a.jsonl");
    served.clear();

    assertRefused(
        info,
        "does not give a.jsonl to Mallard: get it from where https://example.org points to, and name it with --data.");
  }

  @Test
  void saysThatNobodyAnswers() throws Exception {
    DataSetInfo info = info("a.jsonl");
    server.stop(0);

    assertRefused(
        info,
        "is not reachable: check the network, or get it from where https://example.org points to, and name it with --data.");
  }

  @Test
  void cannotFetchWhatHasNoAddress() {
    assertRefused(info(), "ducks is not among the data sets that can be fetched");
  }

  private Path folder() {
    return cache.resolve("datasets/ducks");
  }

  private void assertRefused(DataSetInfo info, String message) {
    assertThatThrownBy(() -> store.fetch(info, DownloadProgress.SILENT))
        .isInstanceOf(UserException.class)
        .hasMessageContaining(message);
    assertThat(store.find(info)).isEmpty();
  }

  /** A data set with these files, which the server has. */
  private DataSetInfo info(String... names) {
    List<RemoteDataFile> files = new ArrayList<>();
    for (String name : names) {
      byte[] content = bytes(name.hashCode());
      served.put(name, content);
      URI address = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/x/" + name);
      files.add(new RemoteDataFile(name, address, content.length, sha256(content)));
    }
    return new DataSetInfo("ducks", "Count ducks.", 1, "MIT", "https://example.org", files);
  }

  private static byte[] bytes(int seed) {
    byte[] bytes = new byte[50_000];
    new Random(seed).nextBytes(bytes);
    return bytes;
  }

  private static String sha256(byte[] content) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
