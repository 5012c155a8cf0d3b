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
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalModelTest {
  @TempDir static Path cache;
  private static LocalModel model;

  @BeforeAll
  static void load() {
    model = load(LoadListener.SILENT);
  }

  @AfterAll
  static void close() {
    model.close();
  }

  @Test
  void greedyDecodingIsTheSameForEveryCandidateAndEveryTime() throws InterruptedException {
    List<Completion> completions = generate(Sampling.GREEDY, 3, 40, 1);
    assertThat(completions).hasSize(3);
    assertThat(completions).containsOnly(completions.getFirst());
    assertThat(generate(Sampling.GREEDY, 1, 40, 99).getFirst().text())
        .isEqualTo(completions.getFirst().text());
  }

  @Test
  void aSeedDecidesWhatIsSampled() throws InterruptedException {
    List<Completion> once = generate(Sampling.temperature(1), 3, 30, 5);
    assertThat(generate(Sampling.temperature(1), 3, 30, 5)).isEqualTo(once);
    assertThat(generate(Sampling.temperature(1), 3, 30, 6)).isNotEqualTo(once);
    assertThat(once.stream().map(Completion::text)).doesNotHaveDuplicates();
  }

  /**
   * float32 sums in another order for another batch, so the log-probabilities may differ in the
   * last digits.
   */
  @Test
  void aCandidateIsTheSameAloneAndInABatchWhoseOthersEndEarlier() throws InterruptedException {
    List<Completion> batch = generate(Sampling.temperature(1.5), 6, 60, 3);
    assertThat(batch.stream().map(Completion::tokens).distinct().count()).isGreaterThan(1);
    Completion alone = generate(Sampling.temperature(1.5), 1, 60, 3).getFirst();
    assertThat(alone.text()).isEqualTo(batch.getFirst().text());
    assertThat(alone.finish()).isEqualTo(batch.getFirst().finish());
  }

  @Test
  void streamsExactlyTheTextOfEachCandidate() throws InterruptedException {
    List<StringBuilder> streamed = List.of(new StringBuilder(), new StringBuilder());
    List<Completion> completions =
        model.generate(
            request(Sampling.temperature(1), 2, 40, 8, List.of()),
            (candidate, text) -> streamed.get(candidate).append(text));
    for (int i = 0; i < 2; i++) {
      assertThat(streamed.get(i).toString()).isEqualTo(completions.get(i).text());
    }
  }

  @Test
  void stopsBeforeAStopString() throws InterruptedException {
    String whole = generate(Sampling.GREEDY, 1, 40, 1).getFirst().text();
    String stop = whole.substring(5, 8);
    Completion stopped =
        model
            .generate(request(Sampling.GREEDY, 1, 40, 1, List.of(stop)), GenerationListener.SILENT)
            .getFirst();
    assertThat(stopped.finish()).isEqualTo(Finish.STOP);
    assertThat(stopped.text()).isEqualTo(whole.substring(0, whole.indexOf(stop)));
  }

  @Test
  void returnsWhatThereIsWhenCancelled() throws InterruptedException {
    AtomicInteger asked = new AtomicInteger();
    Completion completion =
        model
            .generate(
                request(Sampling.GREEDY, 1, 40, 1, List.of()),
                new GenerationListener() {
                  @Override
                  public void onText(int candidate, String text) {}

                  @Override
                  public boolean cancelled() {
                    return asked.incrementAndGet() == 4;
                  }
                })
            .getFirst();
    assertThat(completion.finish()).isEqualTo(Finish.CANCELLED);
    assertThat(completion.tokens()).isEqualTo(4);
  }

  @Test
  void endsAtTheEndOfTheContext() throws InterruptedException {
    Completion completion =
        model
            .generate(
                new GenerationRequest(
                    List.of(Message.user("a".repeat(250))), 1, 100, Sampling.GREEDY, 1, List.of()),
                GenerationListener.SILENT)
            .getFirst();
    assertThat(completion.tokens()).isLessThanOrEqualTo(6);
    assertThat(completion.promptTokens()).isEqualTo(250);
  }

  @Test
  void refusesAPromptThatLeavesNoRoom() {
    assertThatThrownBy(() ->
            model.generate(
                new GenerationRequest(
                    List.of(Message.user("a".repeat(256))), 1, 1, Sampling.GREEDY, 1, List.of()),
                GenerationListener.SILENT))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("256 tokens");
  }

  @Test
  void anInterruptionEndsIt() throws InterruptedException {
    Thread.currentThread().interrupt();
    assertThatThrownBy(() -> generate(Sampling.GREEDY, 1, 40, 1))
        .isInstanceOf(InterruptedException.class);
    assertThat(generate(Sampling.GREEDY, 1, 5, 1)).hasSize(1);
  }

  @Test
  void convertsOnceAndAgainOnlyIfTheCacheIsDamaged() throws IOException {
    List<Double> progress = new ArrayList<>();
    load(progress::add).close();
    assertThat(progress).isEmpty();
    Path file;
    try (var files = Files.list(cache)) {
      file = files.filter(f -> f.toString().endsWith(".weights")).findFirst().orElseThrow();
    }
    byte[] whole = Files.readAllBytes(file);
    // Beside the file and moved, for the loaded model has the old one mapped.
    Path cut = Files.write(cache.resolve("cut"), java.util.Arrays.copyOf(whole, 1000));
    Files.move(cut, file, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    load(progress::add).close();
    assertThat(progress)
        .isNotEmpty()
        .endsWith(progress.stream().max(Double::compare).orElseThrow());
    assertThat(Files.readAllBytes(file)).isEqualTo(whole);
  }

  private static LocalModel load(LoadListener listener) {
    return LocalModel.load(
        "random",
        RandomCheckpoint.small(),
        new ByteTokenizer(),
        messages -> new ByteTokenizer().encode(messages.getLast().content()),
        new LocalModelOptions(Precision.FLOAT32, 1, cache),
        listener);
  }

  private static List<Completion> generate(
      Sampling sampling, int candidates, int maxTokens, long seed) throws InterruptedException {
    return model.generate(
        request(sampling, candidates, maxTokens, seed, List.of()), GenerationListener.SILENT);
  }

  private static GenerationRequest request(
      Sampling sampling, int candidates, int maxTokens, long seed, List<String> stops) {
    return new GenerationRequest(
        List.of(Message.user("quack")), candidates, maxTokens, sampling, seed, stops);
  }
}
