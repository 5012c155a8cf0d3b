package dev.mallard.generator.remote;

import static dev.mallard.generator.remote.RemoteModelFixture.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.mallard.generator.model.Completion;
import dev.mallard.generator.model.Completion.Finish;
import dev.mallard.generator.model.Sampling;
import dev.mallard.generator.remote.ChatServer.Kind;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

@Timeout(60)
class RemoteModelTest {
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

  @Test
  void asksForAllCandidatesInOneRequest() throws Exception {
    List<Completion> completions = fixture.generate(request(3));

    assertThat(completions)
        .containsExactly(
            new Completion("0:a + b", Finish.END, 42, 4, -2),
            new Completion("1:a + b", Finish.END, 42, 4, -2),
            new Completion("2:a + b", Finish.END, 42, 4, -2));
    assertThat(fixture.shown.subList(0, 3))
        .extracting(StringBuilder::toString)
        .containsExactly("0:a + b", "1:a + b", "2:a + b");
    assertThat(server.requests).hasSize(1);
    assertThat(server.requests.getFirst().path("n").intValue()).isEqualTo(3);
  }

  @Test
  void sendsWhatTheRequestSaysAndNoMore() throws Exception {
    fixture.generate(request(1, new Sampling(0.8, 20, 0.9, 0.05), 100, "\n\n", "END"));
    fixture.generate(request(1, Sampling.temperature(1.5), 9000));
    fixture.generate(request(1, Sampling.GREEDY, 100));

    JsonNode all = server.requests.get(0);
    assertThat(all.path("model").asString()).isEqualTo("duck");
    assertThat(all.path("messages").toString())
        .isEqualTo(
            "[{\"role\":\"system\",\"content\":\"Be brief.\"},{\"role\":\"user\",\"content\":\"Add.\"}]");
    assertThat(all.path("stream").booleanValue()).isTrue();
    assertThat(all.path("stream_options").path("include_usage").booleanValue()).isTrue();
    assertThat(all.path("max_tokens").intValue()).isEqualTo(100);
    assertThat(all.path("temperature").doubleValue()).isEqualTo(0.8);
    assertThat(all.path("top_p").doubleValue()).isEqualTo(0.9);
    assertThat(all.path("top_k").intValue()).isEqualTo(20);
    assertThat(all.path("min_p").doubleValue()).isEqualTo(0.05);
    assertThat(all.path("stop").toString()).isEqualTo("[\"\\n\\n\",\"END\"]");
    assertThat(all.path("logprobs").booleanValue()).isTrue();
    assertThat(all.path("seed").isInt()).isTrue();
    assertThat(all.path("seed").intValue()).isNotNegative();
    assertThat(all.has("n")).isFalse();
    JsonNode plain = server.requests.get(1);
    assertThat(plain.has("top_k") || plain.has("min_p") || plain.has("stop")).isFalse();
    assertThat(plain.path("top_p").doubleValue()).isEqualTo(1);
    assertThat(plain.path("max_tokens").intValue()).as("fits the context").isBetween(7900, 8000);
    JsonNode greedy = server.requests.get(2);
    assertThat(greedy.path("temperature").doubleValue()).isZero();
    assertThat(greedy.has("top_p")).isFalse();
  }

  @ParameterizedTest
  @CsvSource({"OLLAMA, 3", "LLAMA_CPP, 4"})
  void asksForEachCandidateWhereTheServerGivesOneOnly(Kind kind, int requests) throws Exception {
    server.kind = kind;

    try (RemoteModel model = fixture.open()) {
      List<Completion> completions =
          model.generate(
              request(3), (candidate, text) -> fixture.shown.get(candidate).append(text));
      assertThat(completions).hasSize(3).allMatch(c -> c.text().equals("0:a + b"));
      assertThat(completions).allMatch(c -> c.tokens() == 4 && c.promptTokens() == 42);
      assertThat(fixture.shown.subList(0, 3)).allMatch(text -> text.toString().equals("0:a + b"));
      assertThat(server.requests).hasSize(requests);

      // Now it is known.
      model.generate(request(3), (candidate, text) -> {});
    }

    assertThat(server.requests).hasSize(requests + 3);
    List<JsonNode> later = server.requests.subList(requests, requests + 3);
    assertThat(later).noneMatch(request -> request.has("n"));
    assertThat(later)
        .extracting(request -> request.path("seed").intValue())
        .doesNotHaveDuplicates();
    assertThat(fixture.sleeps).isEmpty();
  }

  @Test
  void sendsTheSameSeedsForTheSameRequest() throws Exception {
    server.kind = Kind.OLLAMA;
    try (RemoteModel model = fixture.open()) {
      model.generate(request(2), (candidate, text) -> {});
      model.generate(request(2), (candidate, text) -> {});
    }
    assertThat(server.requests.subList(2, 4))
        .extracting(request -> request.path("seed").intValue())
        .containsExactlyInAnyOrder(
            server.requests.get(0).path("seed").intValue(),
            server.requests.get(1).path("seed").intValue());
  }

  @Test
  void asksForGreedyCandidatesOneByOne() throws Exception {
    assertThat(fixture.generate(request(2, Sampling.GREEDY, 100))).hasSize(2);
    assertThat(server.requests).hasSize(2).noneMatch(request -> request.has("n"));
  }

  @ParameterizedTest
  @EnumSource(
      value = Kind.class,
      names = {"DJL_SERVING", "WITHOUT_STREAM"})
  void readsAnswersThatAreNoServerSentEvents(Kind kind) throws Exception {
    server.kind = kind;

    Completion completion = fixture.complete();

    assertThat(completion.text()).isEqualTo("0:a + b");
    assertThat(completion.finish()).isEqualTo(Finish.END);
    if (kind == Kind.DJL_SERVING) {
      assertThat(completion.logProbability()).isCloseTo(-2, within(1e-9));
    }
  }

  @Test
  void saysThatItDoesNotKnowWhatTheServerDoesNotSay() throws Exception {
    server.givesLogProbabilities = false;
    server.countsTokens = false;

    Completion completion = fixture.complete();

    assertThat(completion.logProbability()).isNaN();
    assertThat(completion.tokens()).as("pieces").isEqualTo(4);
    assertThat(completion.promptTokens()).isEqualTo(8 + 3 + 8 + 2);
  }

  @Test
  void takesStandInsForLogProbabilitiesAsUnknown() throws Exception {
    server.answerWith(
        "data: "
            + ChatServer.choice(0, "x", "", "{\"content\":[{\"logprob\":-9999.0}]}", "\"stop\"")
            + "\n\n");

    assertThat(fixture.complete().logProbability()).isNaN();
  }

  @ParameterizedTest
  @CsvSource({"logprobs", "stream_options"})
  void leavesOutWhatTheServerDoesNotTake(String field) throws Exception {
    server.refusedFields.add(field);

    try (RemoteModel model = fixture.open()) {
      for (int i = 0; i < 2; i++) {
        assertThat(model.generate(request(1), (candidate, text) -> {}).getFirst().text())
            .isEqualTo("0:a + b");
      }
    }

    assertThat(server.requests)
        .extracting(request -> request.has(field))
        .containsExactly(true, false, false);
    assertThat(fixture.sleeps).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"length, LENGTH", "stop, END", "eos_token, END", "stop_sequence, STOP"})
  void saysWhyACompletionEnded(String reason, Finish finish) throws Exception {
    server.finishReason = reason;
    assertThat(fixture.complete().finish()).isEqualTo(finish);
  }

  @Test
  void endsBeforeAStopStringAlsoWhereTheServerDoesNot() throws Exception {
    server.withoutEnd(
        "text/event-stream",
        ChatServer.text("one\nE") + ChatServer.text("ND"),
        ChatServer.text("x"),
        5);

    Completion completion = fixture.generate(request(1, Sampling.GREEDY, 100, "END")).getFirst();

    assertThat(completion.text()).isEqualTo("one\n");
    assertThat(completion.finish()).isEqualTo(Finish.STOP);
    assertThat(fixture.shown.getFirst()).hasToString("one\n");
    assertThat(server.hungUp.await(30, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void knowsAStopStringThatTheServerNames() throws Exception {
    server.answerWith(
        """
        data: {"choices":[{"index":0,"delta":{"content":"x"},"finish_reason":"stop","stop_reason":"END"}]}

        """);
    assertThat(fixture.generate(request(1, Sampling.GREEDY, 100, "END")).getFirst().finish())
        .isEqualTo(Finish.STOP);
  }

  @Test
  void showsWholeCharactersOnly() throws Exception {
    server.answerWith(
        """
        : a comment
        event: message
        data: {"choices":[{"index":0,"delta":{"content":"a\\ud83e"}}]}

        data: {"choices":[{"index":0,
        data:  "delta":{"content":"\\udd86 \\udd86 \\u001b"}}]}

        """
            + ChatServer.end(""));

    Completion completion = fixture.complete();

    assertThat(completion.text()).isEqualTo("a🦆 \ufffd \u001b");
    assertThat(fixture.shown.getFirst()).hasToString(completion.text());
  }

  @Test
  void leavesReasoningOut() throws Exception {
    server.answerWith(
        "data: {\"choices\":[{\"index\":0,\"delta\":{\"reasoning_content\":\"Hm.\"}}]}\n\n"
            + ChatServer.end("x"));
    assertThat(fixture.complete().text()).isEqualTo("x");
  }

  @Test
  void readsLinesThatEndAsTheyLike() throws Exception {
    server.answerWith((ChatServer.text("a") + ChatServer.end("b")).replace("\n", "\r\n"));
    assertThat(fixture.complete().text()).isEqualTo("ab");
    server.answerWith((ChatServer.text("a") + ChatServer.end("b")).replace("\n", "\r"));
    assertThat(fixture.complete().text()).isEqualTo("ab");
  }

  @Test
  void callsTheListenerOnTheCallingThread() throws Exception {
    server.kind = Kind.OLLAMA;
    Set<Thread> threads = ConcurrentHashMap.newKeySet();
    fixture.generate(request(5), (candidate, text) -> threads.add(Thread.currentThread()));
    assertThat(threads).containsExactly(Thread.currentThread());
  }

  @Test
  void describesTheModelAndItsServer() throws Exception {
    try (RemoteModel model = fixture.open()) {
      assertThat(model.description()).isEqualTo("duck at " + server.address());
    }
  }
}
