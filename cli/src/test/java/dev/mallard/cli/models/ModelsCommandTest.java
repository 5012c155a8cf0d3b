package dev.mallard.cli.models;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.mallard.generator.UserException;
import dev.mallard.generator.catalogue.DeviceMemory;
import dev.mallard.generator.model.Precision;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ModelsCommandTest {
  private static final String COMMIT = "0123456789abcdef0123456789abcdef01234567";

  @TempDir private Path home;
  private final Map<String, String> environment = new HashMap<>();
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private HttpServer hub;

  @BeforeEach
  void start() throws Exception {
    Map<String, byte[]> files =
        Map.of(
            "config.json", "{}".getBytes(StandardCharsets.UTF_8),
            "tokenizer.json", "{ }".getBytes(StandardCharsets.UTF_8),
            "model.safetensors", new byte[100_000]);
    StringBuilder siblings = new StringBuilder();
    for (Map.Entry<String, byte[]> file : files.entrySet()) {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(file.getValue());
      siblings.append(siblings.isEmpty() ? "" : ",");
      siblings.append(
          "{\"rfilename\":\"%s\",\"lfs\":{\"sha256\":\"%s\",\"size\":%d}}"
              .formatted(file.getKey(), HexFormat.of().formatHex(digest), file.getValue().length));
    }
    String listing = "{\"sha\":\"" + COMMIT + "\",\"siblings\":[" + siblings + "]}";
    hub = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    serve("/api/models/acme/duck/revision/main", listing.getBytes(StandardCharsets.UTF_8));
    files.forEach((name, body) -> serve("/acme/duck/resolve/" + COMMIT + "/" + name, body));
    hub.start();
    environment.put("MALLARD_CACHE", home.resolve("cache").toString());
    environment.put("HF_HOME", home.resolve("hf").toString());
    environment.put("HF_ENDPOINT", "http://127.0.0.1:" + hub.getAddress().getPort());
  }

  @AfterEach
  void stop() {
    hub.stop(0);
  }

  private void serve(String path, byte[] body) {
    hub.createContext(
        path,
        exchange -> {
          try (exchange) {
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
          }
        });
  }

  private int run(String... arguments) {
    DeviceMemory memory = new DeviceMemory(16L << 30, Precision.INT8);
    CommandLine command = new CommandLine(new ModelsCommand(environment, memory));
    command.setOut(new PrintWriter(out, true));
    command.setErr(new PrintWriter(err, true));
    command.setExecutionExceptionHandler((exception, line, result) -> {
      if (exception instanceof UserException) {
        line.getErr().println(exception.getMessage());
        return 2;
      }
      throw exception;
    });
    return command.execute(arguments);
  }

  @Test
  void listsWhatFitsAndWhatDoesNot() {
    assertThat(run("list")).isZero();

    assertThat(out.toString())
        .containsPattern("qwen2.5-coder-7b +7.6B +about 15 GB +no, fits +Apache-2.0\\R")
        .containsPattern("qwen2.5-coder-32b +32.8B +about 66 GB +no, too large +Apache-2.0\\R")
        .containsPattern("tinyllama-1.1b-chat +1.1B +about 319 MB +no, fits +Apache-2.0\\R");
  }

  @Test
  void pullsListsDescribesAndRemovesAModel() {
    assertThat(run("pull", "hf:acme/duck")).isZero();
    assertThat(out.toString()).startsWith("acme/duck is on this machine: 100 kB, ");
    assertThat(err.toString()).contains("acme/duck: 100% of 100 kB");

    out.getBuffer().setLength(0);
    assertThat(run("list", "--json")).isZero();
    JsonNode list = JsonMapper.shared().readTree(out.toString());
    JsonNode duck = list.path(list.size() - 1);
    assertThat(duck.path("name").asString()).isEqualTo("acme/duck");
    assertThat(duck.path("state").asString()).isEqualTo("downloaded");
    assertThat(Path.of(duck.path("path").asString()).resolve("model.safetensors")).exists();

    out.getBuffer().setLength(0);
    assertThat(run("info", "acme/duck")).isZero();
    assertThat(out.toString()).contains("Hugging Face, acme/duck (" + COMMIT + ")");

    out.getBuffer().setLength(0);
    assertThat(run("rm", "acme/duck")).isZero();
    assertThat(out.toString())
        .isEqualTo("Removed acme/duck: 101 kB freed." + System.lineSeparator());
    assertThat(run("rm", "acme/duck")).isEqualTo(2);
  }

  @Test
  void describesAModelOfTheCatalogueAsJson() {
    assertThat(run("info", "qwen2.5-coder-7b", "--json")).isZero();

    JsonNode json = JsonMapper.shared().readTree(out.toString());
    assertThat(json.path("parameters").asLong()).isEqualTo(7_615_616_512L);
    assertThat(json.path("state").asString()).isEqualTo("fits");
    assertThat(json.path("memoryBytes").asLong()).isBetween(9_000_000_000L, 10_000_000_000L);
  }

  @Test
  void endsWithTwoAndOneSentenceOnTheUsersMistakes() throws IOException {
    assertThat(run("pull", "qwen2.5-codr-7b")).isEqualTo(2);
    assertThat(err.toString()).contains("did you mean qwen2.5-coder-7b?").doesNotContain("\tat ");
    assertThat(run("pull", "acme/goose")).isEqualTo(2);
    assertThat(run("rm", "../outside")).isEqualTo(2);
    assertThat(run("info", "acme/goose")).isEqualTo(2);
    assertThat(run()).isEqualTo(2);
    assertThat(run("list", "--yaml")).isEqualTo(2);
  }
}
