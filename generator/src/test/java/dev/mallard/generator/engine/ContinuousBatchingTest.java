package dev.mallard.generator.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mallard.generator.UserException;
import dev.mallard.generator.model.Completion;
import dev.mallard.generator.model.Completion.Finish;
import dev.mallard.generator.model.GenerationListener;
import dev.mallard.generator.model.GenerationRequest;
import dev.mallard.generator.model.Message;
import dev.mallard.generator.model.Precision;
import dev.mallard.generator.model.Sampling;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Requests that share the decoder, its cache and what was computed before them are answered as each
 * would be alone. In float32, whose sums in another order differ by too little to change a choice.
 */
class ContinuousBatchingTest {
  @TempDir static Path directory;

  @Test
  void requestsThatComeTogetherAreAnsweredAsEachAlone() throws Exception {
    List<GenerationRequest> requests = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      Sampling sampling = i % 2 == 0 ? Sampling.GREEDY : Sampling.temperature(1);
      requests.add(request(text(i, 3 + 15 * i), 1 + i % 3, 10 + 3 * i, sampling));
    }
    List<List<Completion>> alone = new ArrayList<>();
    for (GenerationRequest request : requests) {
      try (LocalModel model = load(options().withSpeculation(false))) {
        alone.add(model.generate(request, GenerationListener.SILENT));
      }
    }
    try (LocalModel model = load(options())) {
      assertThat(texts(together(model, requests))).isEqualTo(texts(alone));
    }
  }

  @Test
  void guessedTokensChangeNothing() throws InterruptedException {
    // A text that repeats itself, so that there is much to guess.
    String prompt = "for duck in ducks: quack(duck)\n".repeat(3);
    for (Sampling sampling : List.of(Sampling.GREEDY, Sampling.temperature(0.5))) {
      GenerationRequest request = request(prompt, 1, 120, sampling);
      Completion plain;
      try (LocalModel model = load(options().withSpeculation(false))) {
        plain = model.generate(request, GenerationListener.SILENT).getFirst();
      }
      try (LocalModel model = load(options())) {
        Completion guessed = model.generate(request, GenerationListener.SILENT).getFirst();
        assertThat(guessed.text()).isEqualTo(plain.text());
        assertThat(guessed.tokens()).isEqualTo(plain.tokens());
        assertThat(guessed.logProbability())
            .isCloseTo(plain.logProbability(), org.assertj.core.data.Offset.offset(1e-2));
      }
    }
  }

  @Test
  void whoCancelsGetsNothingThatWasDecodedMeanwhile() throws InterruptedException {
    String prompt = "for duck in ducks: quack(duck)\n".repeat(3);
    try (LocalModel model = load(options())) {
      for (int steps = 2; steps < 40; steps += 3) {
        Completion cancelled =
            model.generate(request(prompt, 1, 120, Sampling.GREEDY), cancelAfter(steps)).getFirst();
        assertThat(cancelled.finish()).isEqualTo(Finish.CANCELLED);
        assertThat(cancelled.tokens()).isEqualTo(steps);
      }
    }
  }

  @Test
  void endsEachCandidateThatNeedsNoMore() throws InterruptedException {
    GenerationRequest request = request(text(1, 20), 20, 60, Sampling.temperature(1.5));
    List<Completion> whole;
    List<Completion> cut;
    try (LocalModel model = load(options())) {
      whole = model.generate(request, GenerationListener.SILENT);
      cut =
          model.generate(
              request,
              new GenerationListener() {
                @Override
                public void onText(int candidate, String text) {}

                @Override
                public boolean isComplete(String text) {
                  return text.contains("\n");
                }
              });
    }

    assertThat(whole).anyMatch(one -> one.text().contains("\n"));
    assertThat(whole).anyMatch(one -> !one.text().contains("\n"));
    for (int i = 0; i < whole.size(); i++) {
      String text = whole.get(i).text();
      boolean hasLine = text.contains("\n");
      assertThat(cut.get(i).text())
          .isEqualTo(hasLine ? text.substring(0, text.indexOf('\n') + 1) : text);
      assertThat(cut.get(i).finish()).isEqualTo(hasLine ? Finish.STOP : whole.get(i).finish());
    }
  }

  @Test
  void aPrefixThatIsCachedChangesNothing() throws InterruptedException {
    String prefix = text(1, 100);
    List<GenerationRequest> requests = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      requests.add(request(prefix + text(10 + i, 5 + 10 * i), 2, 30, Sampling.GREEDY));
    }
    try (LocalModel warm = load(options())) {
      for (GenerationRequest request : requests) {
        try (LocalModel cold = load(options())) {
          assertThat(texts(List.of(warm.generate(request, GenerationListener.SILENT))))
              .isEqualTo(texts(List.of(cold.generate(request, GenerationListener.SILENT))));
        }
      }
      assertThat(warm.cachedTokens()).isGreaterThanOrEqualTo(5 * 100);
    }
  }

  @Test
  void aReproducibleModelAnswersTheSameToTheLastBitWhateverElseThereIs() throws Exception {
    List<GenerationRequest> requests = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      requests.add(
          new GenerationRequest(
              List.of(Message.system(text(i % 3, 60)), Message.user(text(i, 3 + 4 * i))),
              1 + i % 3,
              10 + i,
              i % 2 == 0 ? Sampling.GREEDY : Sampling.temperature(1),
              i,
              List.of()));
    }
    LocalModelOptions options =
        new LocalModelOptions(Precision.INT8, 2, directory.resolve("int8")).reproducibly();
    List<List<Completion>> alone = new ArrayList<>();
    for (GenerationRequest request : requests) {
      try (LocalModel model = load(options)) {
        alone.add(model.generate(request, GenerationListener.SILENT));
      }
    }
    try (LocalModel model = load(options)) {
      assertThat(together(model, requests)).isEqualTo(alone);
      assertThat(together(model, requests.reversed())).isEqualTo(alone.reversed());
      assertThat(model.cachedTokens()).isEqualTo(30 * 60);
    }
  }

  @Test
  void aConversationsBeginningIsKeptOnDiskForTheNextProcess(@TempDir Path own)
      throws InterruptedException {
    GenerationRequest request =
        new GenerationRequest(
            List.of(Message.system(text(2, 150)), Message.user("quack")),
            1,
            30,
            Sampling.GREEDY,
            1,
            List.of());
    LocalModelOptions options = new LocalModelOptions(Precision.FLOAT32, 1, own);
    String first;
    try (LocalModel model = load(options)) {
      first = model.generate(request, GenerationListener.SILENT).getFirst().text();
      assertThat(model.cachedTokens()).isZero();
    }
    try (LocalModel model = load(options)) {
      assertThat(model.generate(request, GenerationListener.SILENT).getFirst().text())
          .isEqualTo(first);
      assertThat(model.cachedTokens()).isEqualTo(150);
    }
  }

  @Test
  void twoHundredRequestsEndInLittleMemory() throws Exception {
    long memory = 600 * bytesPerPosition();
    Random random = new Random(7);
    List<GenerationRequest> requests = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      requests.add(
          request(
              text(i, 1 + random.nextInt(150)),
              1 + random.nextInt(4),
              1 + random.nextInt(60),
              Sampling.temperature(1)));
    }
    try (LocalModel model = load(options().withCacheMemory(memory))) {
      assertThat(model.cachePositions()).isEqualTo(600);
      List<List<Completion>> completions = together(model, requests);
      for (int i = 0; i < requests.size(); i++) {
        assertThat(completions.get(i)).hasSize(requests.get(i).candidates());
        assertThat(completions.get(i))
            .allMatch(completion -> completion.finish() != Finish.CANCELLED);
      }
      assertThat(model.heldPositions()).isZero();
    }
  }

  @Test
  void cancellingHalfOfThemFreesTheirMemory() throws Exception {
    long memory = 600 * bytesPerPosition();
    try (LocalModel model = load(options().withCacheMemory(memory));
        ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<List<Completion>>> futures = new ArrayList<>();
      Random random = new Random(8);
      for (int i = 0; i < 200; i++) {
        GenerationRequest request = request(text(i, 20 + i % 90), 2, 80, Sampling.temperature(1));
        int cancelAt = random.nextBoolean() ? 1 + random.nextInt(20) : Integer.MAX_VALUE;
        futures.add(executor.submit(() -> model.generate(request, cancelAfter(cancelAt))));
        if (i % 7 == 0) {
          futures.getLast().cancel(true);
        }
      }
      int ended = 0;
      for (Future<List<Completion>> future : futures) {
        if (!future.isCancelled()) {
          ended += future.get().size();
        }
      }
      assertThat(ended).isEqualTo(2 * (200 - 29));
      executor.shutdown();
      // What was interrupted is dropped at the next step, of which this is one.
      model.generate(request("quack", 1, 3, Sampling.GREEDY), GenerationListener.SILENT);
      assertThat(model.heldPositions()).isZero();
    }
  }

  @Test
  void whatCanNeverFitIsRefusedWithTheNumbers() {
    try (LocalModel model = load(options().withCacheMemory(100 * bytesPerPosition()))) {
      assertThatThrownBy(() ->
              model.generate(
                  request(text(1, 60), 1, 50, Sampling.GREEDY), GenerationListener.SILENT))
          .isInstanceOf(UserException.class)
          .hasMessageContaining("60 tokens")
          .hasMessageContaining("may have 50")
          .hasMessageContaining("room for 100");
    }
    assertThatThrownBy(() -> load(options().withCacheMemory(10 * bytesPerPosition())))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("--cache-memory");
  }

  @Test
  void aFailingListenerEndsItsRequestAlone() throws InterruptedException {
    try (LocalModel model = load(options())) {
      GenerationListener failing =
          (candidate, text) -> {
            throw new IllegalArgumentException("quack");
          };
      assertThatThrownBy(() -> model.generate(request("duck", 2, 100, Sampling.GREEDY), failing))
          .hasMessage("quack");
      assertThat(model.generate(request("duck", 1, 5, Sampling.GREEDY), GenerationListener.SILENT))
          .hasSize(1);
      assertThat(model.heldPositions()).isZero();
    }
  }

  private static GenerationListener cancelAfter(int steps) {
    return new GenerationListener() {
      private int asked;

      @Override
      public void onText(int candidate, String text) {}

      @Override
      public boolean cancelled() {
        return ++asked >= steps;
      }
    };
  }

  private static List<List<Completion>> together(LocalModel model, List<GenerationRequest> requests)
      throws InterruptedException, ExecutionException {
    try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<List<Completion>>> futures = new ArrayList<>();
      for (GenerationRequest request : requests) {
        futures.add(executor.submit(() -> model.generate(request, GenerationListener.SILENT)));
      }
      List<List<Completion>> completions = new ArrayList<>();
      for (Future<List<Completion>> future : futures) {
        completions.add(future.get());
      }
      return completions;
    }
  }

  private static List<List<String>> texts(List<List<Completion>> completions) {
    return completions.stream().map(some -> some.stream().map(Completion::text).toList()).toList();
  }

  private static String text(int seed, int length) {
    return new Random(seed)
        .ints(length, 'a', 'z' + 1)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }

  private static long bytesPerPosition() {
    return Decoder.bytesPerSlot(RandomCheckpoint.small().configuration(), Precision.FLOAT32);
  }

  private static LocalModelOptions options() {
    return new LocalModelOptions(Precision.FLOAT32, 1, directory);
  }

  private static LocalModel load(LocalModelOptions options) {
    return LocalModel.load(
        "random",
        RandomCheckpoint.small(),
        new ByteTokenizer(),
        messages ->
            new ByteTokenizer()
                .encode(String.join("", messages.stream().map(Message::content).toList())),
        options,
        LoadListener.SILENT);
  }

  private static GenerationRequest request(
      String prompt, int candidates, int maxTokens, Sampling sampling) {
    return new GenerationRequest(
        List.of(Message.user(prompt)), candidates, maxTokens, sampling, 5, List.of());
  }
}
