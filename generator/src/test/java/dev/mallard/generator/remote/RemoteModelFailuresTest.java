package dev.mallard.generator.remote;

import static dev.mallard.generator.remote.RemoteModelFixture.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mallard.generator.UserException;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What goes wrong is tried again where that helps, and said in one sentence where it does not. */
@Timeout(60)
class RemoteModelFailuresTest {
  private RemoteModelFixture fixture;
  private ChatServer server;

  @BeforeEach
  void start() throws IOException {
    fixture = new RemoteModelFixture();
    server = fixture.server;
  }

  @AfterEach
  void stop() {
    fixture.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"429", "500", "502", "503", "504"})
  void asksABusyServerAgainWithGrowingPauses(String status) throws Exception {
    server.troubles.addAll(List.of(status, status, status));

    assertThat(fixture.complete().text()).isEqualTo("0:a + b");

    assertThat(fixture.sleeps)
        .containsExactly(Duration.ofSeconds(1), Duration.ofSeconds(2), Duration.ofSeconds(4));
  }

  @Test
  void spreadsThePauses() throws Exception {
    Retries retries = new Retries(fixture.sleeps::add, () -> 0);
    server.troubles.addAll(List.of("503", "503"));
    try (RemoteModel model =
        RemoteModel.open(
            RemoteModelOptions.read(server.address(), Optional.empty(), Map.of()),
            Patience.DEFAULT,
            retries)) {
      model.generate(request(1), (candidate, text) -> {});
    }
    assertThat(fixture.sleeps).containsExactly(Duration.ofMillis(500), Duration.ofSeconds(1));
  }

  @Test
  void waitsAsLongAsTheServerSays() throws Exception {
    server.troubles.addAll(List.of("429:7", "503:0"));

    assertThat(fixture.complete().text()).isEqualTo("0:a + b");

    assertThat(fixture.sleeps).containsExactly(Duration.ofSeconds(7), Duration.ZERO);
  }

  @Test
  void doesNotWaitForHours() {
    server.troubles.add("429:7200");
    assertFails("asks to wait 7200 seconds (429): try again later.");
    assertThat(fixture.sleeps).isEmpty();
  }

  @Test
  void givesUpInTheEnd() {
    server.troubles.addAll(List.of("503", "503", "503", "503", "503", "503"));
    assertFails("is in trouble (503): try again later.");
    assertThat(server.requests).hasSize(Retries.TRIES);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "401|{}|answers only with an API key (401): set MALLARD_API_KEY.",
        "403|{}|answers only with an API key (403): set MALLARD_API_KEY.",
        "404|{\"detail\":\"Not Found\"}|is no address of an OpenAI-compatible server (404): check the address, which often ends in /v1.",
        "404|404 page not found|is no address of an OpenAI-compatible server (404)",
        "404|{\"error\":{\"message\":\"The model `duck` does not exist.\"}}|has no model duck (404, \"The model `duck` does not exist\"): name one of its models with --model.",
        "400|{\"error\":{\"message\":\"This model's maximum context length is 4096 tokens.\"}}|The prompt does not fit into the context of duck at ",
        "400|{\"error\":{\"code\":400,\"message\":\"too long\",\"type\":\"exceed_context_size_error\"}}|The prompt does not fit into the context of duck at ",
        "503|{\"error\":{\"message\":\"context length\"}}|is in trouble (503, \"context length\")",
        "413||The prompt does not fit into the context of duck at ",
        "500|{\"error\":{\"message\":\"context size exceeded\"}}|The prompt does not fit into the context of duck at ",
        "400|{\"error\":{\"message\":\"top_p is odd\"}}|refuses the request (400, \"top_p is odd\")",
        "422|{\"detail\":[{\"msg\":\"wrong\"}]}|refuses the request (422, ",
        "400|\u001b[31mred\u0007|refuses the request (400, \"[31mred\")",
        "200|<!doctype html><p>Hello|answers with a web page: check the address, which often ends in /v1.",
        "200|hello|does not answer with JSON as an OpenAI-compatible server does",
        "200|{\"hello\":|does not answer with JSON as an OpenAI-compatible server does",
        "200|{\"hello\":1}|was cut off",
      })
  void saysInOneSentenceWhatTheServerAnswered(int status, @Nullable String body, String expected) {
    server.misbehaviour =
        Optional.of(exchange -> ChatServer.answer(exchange, status, body == null ? "" : body));
    assertFails(expected);
  }

  @Test
  void tellsAWrongKeyFromNone() {
    fixture.environment = Map.of("MALLARD_API_KEY", "sk-secret");
    server.misbehaviour =
        Optional.of(exchange ->
            ChatServer.answer(exchange, 401, ChatServer.error(401, "Wrong key: sk-secret")));
    assertFails("does not accept the API key (401): check MALLARD_API_KEY");
  }

  @Test
  void neverRepeatsTheKey() {
    fixture.environment = Map.of("OPENAI_API_KEY", "sk-secret");
    server.misbehaviour =
        Optional.of(exchange ->
            ChatServer.answer(exchange, 400, ChatServer.error(400, "Bearer sk-secret is odd")));
    assertFails("Bearer (key) is odd");
    assertThat(server.keys).containsOnly("Bearer sk-secret");
  }

  @Test
  void followsNoRedirect() throws Exception {
    fixture.environment = Map.of("MALLARD_API_KEY", "sk-secret");
    try (ChatServer other = new ChatServer()) {
      server.misbehaviour =
          Optional.of(exchange -> {
            exchange.getResponseHeaders().set("Location", other.address() + "/chat/completions");
            ChatServer.answer(exchange, 307, "");
          });
      assertFails(
          "redirects to " + other.address() + "/chat/completions (307), which is not followed");
      assertThat(other.keys).isEmpty();
    }
  }

  @Test
  void asksAgainWhereTheAnswerIsCutBeforeItBegins() throws Exception {
    server.misbehaviour =
        Optional.of(exchange -> {
          server.misbehaviour = Optional.empty();
          ChatServer.cut(
              exchange, "data: " + ChatServer.choice(0, "", "", "null", "null") + "\n\n");
        });

    assertThat(fixture.complete().text()).isEqualTo("0:a + b");
    assertThat(server.requests).hasSize(2);
  }

  @Test
  void doesNotAskAgainOnceThereIsText() {
    server.misbehaviour =
        Optional.of(exchange -> ChatServer.cut(exchange, ChatServer.text("half of it")));
    assertFails("was cut off");
    assertThat(server.requests).hasSize(1);
    assertThat(fixture.shown.getFirst()).hasToString("half of it");
  }

  @Test
  void noticesAnAnswerThatEndsTooEarly() {
    server.answerWith(ChatServer.text("half of it"));
    assertFails("was cut off");
  }

  @Test
  void takesAWholeAnswerThatDoesNotEndWell() throws Exception {
    String whole = ChatServer.end("x").replace("data: [DONE]\n\n", "");
    server.misbehaviour = Optional.of(exchange -> ChatServer.cut(exchange, whole));
    assertThat(fixture.complete().text()).isEqualTo("x");

    fixture.impatient(500);
    server.withoutEnd("text/event-stream", whole, ": waiting\n\n", 20);
    assertThat(fixture.complete().text()).isEqualTo("x");
  }

  @Test
  void saysWhatAnAnswerBrokeOffWith() {
    server.answerWith(
        ChatServer.text("a") + "data: " + ChatServer.error(500, "out of memory") + "\n\n");
    assertFails("broke off with an error, \"out of memory\": try again, or look into its log.");
    server.answerWith(ChatServer.text("a") + "error: {\"code\":400,\"message\":\"bad\"}\n\n");
    assertFails("broke off with an error, \"bad\"");
  }

  @Test
  void saysThatThereIsNoCompletion() {
    server.answerWith("data: [DONE]\n\n");
    assertFails("sent no completion: check that the model duck can chat.");
  }

  @Test
  void noticesAServerThatStalls() {
    fixture.impatient(300);
    server.withoutEnd("text/event-stream", "", "", 20);
    assertFails("sent nothing for 0 seconds: it may be stuck or too busy");
    server.withoutEnd("text/event-stream", ChatServer.text("a"), ": still here\n\n", 20);
    assertFails("sent nothing for 0 seconds: it may be stuck or too busy");
  }

  @Test
  void asksAgainWhereNothingAnswers() throws Exception {
    String address;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      address = "http://127.0.0.1:" + free.getLocalPort();
    }
    assertOpeningFails(address, "Nothing answers at " + address + ": start the server");
    assertThat(fixture.sleeps).hasSize(Retries.TRIES - 1);
  }

  @Test
  void saysThatAServerHasNoTls() throws Exception {
    try (ServerSocket plain = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Thread.ofPlatform()
          .daemon()
          .start(() -> {
            try (Socket socket = plain.accept()) {
              // As servers do, it answers what it has read.
              socket.getInputStream().readNBytes(1);
              socket
                  .getOutputStream()
                  .write("HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
              socket.getInputStream().transferTo(OutputStream.nullOutputStream());
            } catch (IOException e) {
              throw new UncheckedIOException(e);
            }
          });
      assertOpeningFails(
          "https://127.0.0.1:" + plain.getLocalPort(), "cannot be spoken to securely: check");
    }
    assertThat(fixture.sleeps).isEmpty();
  }

  @Test
  void saysThatThereIsNoSuchHost() {
    assertOpeningFails("http://no-such-host.invalid/v1", "There is no host no-such-host.invalid:");
    assertThat(fixture.sleeps).isEmpty();
  }

  private void assertOpeningFails(String address, String expected) {
    assertThatThrownBy(() ->
            RemoteModel.open(
                RemoteModelOptions.read(address, Optional.empty(), Map.of()),
                Patience.DEFAULT,
                fixture.retries))
        .isInstanceOf(UserException.class)
        .hasMessageContaining(expected);
  }

  private void assertFails(String expected) {
    assertThatThrownBy(() -> fixture.complete())
        .isInstanceOf(UserException.class)
        .hasMessageContaining(expected)
        .satisfies(e -> assertThat(e.getMessage()).endsWith(".").hasLineCount(1))
        .satisfies(
            e -> assertThat(e.toString()).doesNotContain("sk-secret").doesNotContain("\u001b"));
  }
}
