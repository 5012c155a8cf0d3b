package dev.mallard.generator.remote;

import static dev.mallard.generator.remote.RemoteModelFixture.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mallard.generator.UserException;
import dev.mallard.generator.model.Completion;
import dev.mallard.generator.model.Completion.Finish;
import dev.mallard.generator.model.GenerationListener;
import dev.mallard.generator.model.Sampling;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Servers that send without end, and clients that have had enough. */
@Timeout(120)
class RemoteModelHostileServerTest {
  private static final String EVENTS = "text/event-stream";

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
  void readsNoLineWithoutEnd() throws Exception {
    server.withoutEnd(EVENTS, "data: ", "x".repeat(1 << 16), 0);
    assertSendsTooMuch();
  }

  @Test
  void readsNoEventWithoutEnd() throws Exception {
    server.withoutEnd(EVENTS, "", ("data: " + "x".repeat(1 << 10) + "\n").repeat(64), 0);
    assertSendsTooMuch();
  }

  @Test
  void readsNoEventsWithoutEnd() throws Exception {
    server.withoutEnd(EVENTS, "", ": nothing\ndata: {\"choices\":[]}\n\n".repeat(1000), 0);
    assertSendsTooMuch();
  }

  @Test
  void readsNoDocumentWithoutEnd() throws Exception {
    server.withoutEnd("application/json", "{\"a\":\"", "x".repeat(1 << 16), 0);
    assertSendsTooMuch();
  }

  @Test
  void endsTextThatIsFarLongerThanAskedFor() throws Exception {
    server.withoutEnd(EVENTS, "", ChatServer.text("all work and no play ").repeat(20), 0);

    Completion completion = fixture.generate(request(1, Sampling.GREEDY, 10)).getFirst();

    assertThat(completion.finish()).isEqualTo(Finish.LENGTH);
    assertThat(completion.text()).hasSize(1000 + 32 * 10);
    assertHungUp();
  }

  @Test
  void readsNoErrorWithoutEnd() {
    server.misbehaviour =
        Optional.of(exchange -> {
          exchange.sendResponseHeaders(400, 0);
          OutputStream out = exchange.getResponseBody();
          for (int i = 0; i < 10_000; i++) {
            ChatServer.write(out, "no ".repeat(1000));
          }
        });
    assertThatThrownBy(() -> fixture.complete())
        .isInstanceOf(UserException.class)
        .satisfies(e -> assertThat(e.getMessage()).hasSizeLessThan(400));
  }

  @Test
  void readsNoListOfModelsWithoutEnd() {
    server.models = "[" + " ".repeat(9 << 20) + "]";
    assertThatThrownBy(() -> fixture.open())
        .isInstanceOf(UserException.class)
        .hasMessageContaining("sends far more than was asked for");
  }

  @Test
  void survivesWhatIsNoUtf8AndNoChunk() throws Exception {
    server.misbehaviour =
        Optional.of(exchange -> {
          OutputStream out = ChatServer.begin(exchange, EVENTS);
          ChatServer.write(out, "data: {\"choices\":[{\"delta\":{\"content\":\"a");
          out.write(new byte[] {(byte) 0xff, (byte) 0xc3});
          ChatServer.write(out, "\"}}]}\n\n");
          ChatServer.write(
              out,
              "data: {\"choices\":[7,null,{},{\"index\":-1,\"delta\":{\"content\":\"x\"}}]}\n\n");
          ChatServer.write(
              out, "data: {\"choices\":[{\"index\":5,\"delta\":{\"content\":\"x\"}}]}\n\n");
          ChatServer.write(
              out,
              "data: {\"choices\":{\"a\":1},\"usage\":{\"prompt_tokens\":-3,\"completion_tokens\":1e99}}\n\n");
          ChatServer.write(out, ChatServer.end("b"));
        });

    Completion completion = fixture.complete();

    assertThat(completion.text()).isEqualTo("a\ufffd\ufffdb");
    assertThat(completion.promptTokens()).isPositive();
  }

  @Test
  void readsNoJsonWithoutBottom() {
    server.answerWith("data: " + "[".repeat(100_000) + "\n\n");
    assertThatThrownBy(() -> fixture.complete())
        .isInstanceOf(UserException.class)
        .hasMessageContaining("does not answer with JSON");
  }

  @Test
  void endsTheConnectionWhenTheListenerHasEnough() throws Exception {
    server.withoutEnd(EVENTS, "", ChatServer.text("quack "), 5);
    StringBuilder text = new StringBuilder();

    List<Completion> completions =
        fixture.generate(
            request(1),
            new GenerationListener() {
              @Override
              public void onText(int candidate, String more) {
                text.append(more);
              }

              @Override
              public boolean cancelled() {
                return text.length() >= 12;
              }
            });

    assertThat(completions.getFirst().finish()).isEqualTo(Finish.CANCELLED);
    assertThat(completions.getFirst().text()).isEqualTo("quack quack ");
    assertThat(completions.getFirst().tokens()).isEqualTo(4);
    assertHungUp();
  }

  @Test
  void endsTheConnectionWhenTheTextNeedsNoMore() throws Exception {
    server.withoutEnd(EVENTS, "", ChatServer.text("quack\n"), 5);

    List<Completion> completions =
        fixture.generate(
            request(1),
            new GenerationListener() {
              @Override
              public void onText(int candidate, String more) {}

              @Override
              public boolean isComplete(String text) {
                return text.length() >= 12;
              }
            });

    assertThat(completions.getFirst().finish()).isEqualTo(Finish.STOP);
    assertThat(completions.getFirst().text()).isEqualTo("quack\nquack\n");
    assertHungUp();
  }

  @Test
  void endsTheConnectionWhenTheListenerHasEnoughOfASilentServer() throws Exception {
    server.withoutEnd(EVENTS, "", ": nothing\n\n", 5);

    List<Completion> completions =
        fixture.generate(
            request(2),
            new GenerationListener() {
              @Override
              public void onText(int candidate, String more) {}

              @Override
              public boolean cancelled() {
                return !server.requests.isEmpty();
              }
            });

    assertThat(completions).extracting(Completion::finish).containsOnly(Finish.CANCELLED);
    assertHungUp();
  }

  @Test
  void endsTheConnectionWhenInterrupted() throws Exception {
    server.withoutEnd(EVENTS, "", ChatServer.text("quack "), 5);
    CountDownLatch some = new CountDownLatch(1);
    AtomicReference<Throwable> failure = new AtomicReference<>();
    Thread thread =
        Thread.ofPlatform()
            .start(() -> {
              try {
                fixture.generate(
                    request(1, Sampling.GREEDY, 100_000), (candidate, text) -> some.countDown());
              } catch (Throwable e) {
                failure.set(e);
              }
            });
    assertThat(some.await(30, TimeUnit.SECONDS)).isTrue();

    thread.interrupt();
    thread.join(10_000);

    assertThat(failure.get()).isInstanceOf(InterruptedException.class);
    assertHungUp();
  }

  @Test
  void endsABackOffWhenInterrupted() throws Exception {
    CountDownLatch sleeping = new CountDownLatch(1);
    CountDownLatch woken = new CountDownLatch(1);
    Retries retries =
        new Retries(
            duration -> {
              sleeping.countDown();
              try {
                Thread.sleep(60_000);
              } finally {
                woken.countDown();
              }
            },
            () -> 1);
    server.troubles.add("503");
    try (RemoteModel model =
        RemoteModel.open(
            RemoteModelOptions.read(server.address(), Optional.empty(), Map.of()),
            Patience.DEFAULT,
            retries)) {
      model.generate(
          request(1),
          new GenerationListener() {
            @Override
            public void onText(int candidate, String more) {}

            @Override
            public boolean cancelled() {
              return sleeping.getCount() == 0;
            }
          });
    }
    assertThat(woken.await(10, TimeUnit.SECONDS)).isTrue();
  }

  private void assertSendsTooMuch() throws InterruptedException {
    assertThatThrownBy(() -> fixture.complete())
        .isInstanceOf(UserException.class)
        .hasMessageContaining("sends far more than was asked for");
    assertHungUp();
  }

  private void assertHungUp() throws InterruptedException {
    assertThat(server.hungUp.await(30, TimeUnit.SECONDS)).isTrue();
  }
}
