package dev.mallard.generator.catalogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import dev.mallard.generator.UserException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What only time or a broken server shows; the rest is in the test of the store of data sets. */
@Timeout(60)
class PinnedDownloadTest {
  private static final byte[] CONTENT = HubServer.bytes(200_000, 5);

  @TempDir private Path home;
  private final List<Duration> sleeps = new CopyOnWriteArrayList<>();
  private final List<DownloadProgress.State> states = new CopyOnWriteArrayList<>();
  private HttpServer server;
  private volatile int status = 200;
  private volatile int sent = CONTENT.length;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          try (exchange) {
            exchange.sendResponseHeaders(status, status == 200 ? sent : -1);
            if (status == 200) {
              exchange.getResponseBody().write(CONTENT, 0, sent);
            }
          }
        });
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  @Test
  void getsAFile() throws Exception {
    fetch();

    assertThat(home.resolve("sets/a.jsonl")).hasBinaryContent(CONTENT);
    assertThat(states.getLast().bytes()).isEqualTo(CONTENT.length);
    assertThat(states.getLast().total()).isEqualTo(CONTENT.length);
  }

  @Test
  void givesUpOnAFileThatIsAlwaysCutShort() {
    sent = CONTENT.length - 1;

    assertThatThrownBy(this::fetch)
        .isInstanceOf(UserException.class)
        .hasMessageContaining("was cut while getting a.jsonl");
    assertThat(sleeps).hasSize(4);
    assertThat(home.resolve("sets/a.jsonl")).doesNotExist();
  }

  @Test
  void asksABusyServerAgainAndSaysSo() {
    status = 503;

    assertThatThrownBy(this::fetch)
        .isInstanceOf(UserException.class)
        .hasMessageContaining("busy: try again later, or fetch it by hand.");
    assertThat(sleeps).hasSize(3);
  }

  @Test
  void saysThatTheFolderCannotBeUsed() throws Exception {
    Files.writeString(home.resolve("sets"), "a file in its place");

    assertThatThrownBy(this::fetch)
        .isInstanceOf(UserException.class)
        .hasMessageContaining("sets cannot be used");
  }

  private void fetch() throws Exception {
    HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    Outside outside =
        new Outside(
            home, http, folder -> Optional.empty(), Disk.REAL, sleeps::add, InstantSource.system());
    PinnedDownload.File file =
        new PinnedDownload.File(
            "a.jsonl",
            URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/home/a.jsonl"),
            CONTENT.length,
            HubServer.sha256(CONTENT));
    new PinnedDownload(outside)
        .fetch("a", List.of(file), home.resolve("sets"), "fetch it by hand", states::add);
  }
}
