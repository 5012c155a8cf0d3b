package dev.mallard.generator.llamacpp;

import dev.mallard.generator.catalogue.Confirmation;
import dev.mallard.generator.catalogue.DeviceMemory;
import dev.mallard.generator.catalogue.DownloadProgress;
import dev.mallard.generator.catalogue.ModelLibrary;
import dev.mallard.generator.engine.LoadListener;
import dev.mallard.generator.engine.LocalModel;
import dev.mallard.generator.engine.LocalModelOptions;
import dev.mallard.generator.engine.Precision;
import dev.mallard.generator.model.Completion;
import dev.mallard.generator.model.GenerationListener;
import dev.mallard.generator.model.GenerationRequest;
import dev.mallard.generator.model.Message;
import dev.mallard.generator.model.Sampling;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Decode rates of llama.cpp and Mallard on one model file, in turn on the same machine with the
 * same number of threads and the same prompt, and how long Mallard takes to load the model the
 * first time and the second.
 *
 * <p>Arguments: the model, as {@code mallard solve --model} takes it (the embedded default if
 * absent). Each round runs llama.cpp, then Mallard, each in a state warmed up by one generation;
 * medians over the rounds are what counts.
 */
public final class DecodeRate {
  private static final int ROUNDS = 3;
  private static final int TOKENS = 96;
  private static final int THREADS = Runtime.getRuntime().availableProcessors();
  private static final String SYSTEM = "You are a helpful assistant.";
  private static final String REQUEST =
      "Write a Python class for a queue with a maximum length, with docstrings and doctests.";

  private DecodeRate() {}

  /** What one round saw. */
  private record Round(
      double llamaCpp, double one, double four, Duration firstLoad, Duration secondLoad) {}

  public static void main(String[] arguments) throws IOException, InterruptedException {
    Path model =
        ModelLibrary.open(System.getenv(), DeviceMemory.ofProcessor())
            .choose(
                Optional.of(arguments.length > 0 ? arguments[0] : "tinyllama-1.1b-chat"),
                Confirmation.YES,
                DownloadProgress.SILENT)
            .checkpoint();
    System.out.printf("%s, %d threads, %d tokens%n", model.getFileName(), THREADS, TOKENS);
    List<Round> rounds = new ArrayList<>();
    for (int i = 1; i <= ROUNDS; i++) {
      Round round = round(model);
      rounds.add(round);
      System.out.printf(
          "round %d: llama.cpp %.1f tok/s; Mallard %.1f (x%.2f), four sequences %.1f (x%.2f);"
              + " first load %.2f s, second %.2f s%n",
          i,
          round.llamaCpp(),
          round.one(),
          round.one() / round.llamaCpp(),
          round.four(),
          round.four() / round.llamaCpp(),
          seconds(round.firstLoad()),
          seconds(round.secondLoad()));
    }
    System.out.printf(
        "median: llama.cpp %.1f tok/s; Mallard one sequence x%.2f, four sequences x%.2f; second"
            + " load %.2f of the first%n",
        median(rounds.stream().map(Round::llamaCpp)),
        median(rounds.stream().map(round -> round.one() / round.llamaCpp())),
        median(rounds.stream().map(round -> round.four() / round.llamaCpp())),
        median(
            rounds.stream()
                .map(round -> seconds(round.secondLoad()) / seconds(round.firstLoad()))));
  }

  private static Round round(Path model) throws IOException, InterruptedException {
    String prompt =
        "<|system|>\n%s</s>\n<|user|>\n%s</s>\n<|assistant|>\n".formatted(SYSTEM, REQUEST);
    double llamaCpp =
        LlamaCpp.continueGreedily(model, THREADS, List.of(prompt, prompt), TOKENS)
            .getLast()
            .decodeRate();
    Path cache = Files.createTempDirectory("mallard-decode-rate");
    try {
      long start = System.nanoTime();
      load(model, cache).close();
      Duration firstLoad = Duration.ofNanos(System.nanoTime() - start);
      start = System.nanoTime();
      try (LocalModel loaded = load(model, cache)) {
        Duration secondLoad = Duration.ofNanos(System.nanoTime() - start);
        rate(loaded, 1);
        rate(loaded, 4);
        return new Round(llamaCpp, rate(loaded, 1), rate(loaded, 4), firstLoad, secondLoad);
      }
    } finally {
      delete(cache);
    }
  }

  private static LocalModel load(Path model, Path cache) {
    return LocalModel.open(
        "model", model, new LocalModelOptions(Precision.INT8, THREADS, cache), LoadListener.SILENT);
  }

  /** Tokens a second, over all sequences, after the first token of each. */
  private static double rate(LocalModel model, int sequences) throws InterruptedException {
    GenerationRequest request =
        new GenerationRequest(
            List.of(Message.system(SYSTEM), Message.user(REQUEST)),
            sequences,
            TOKENS,
            sequences == 1 ? Sampling.GREEDY : Sampling.temperature(0.8),
            1,
            List.of());
    long[] first = {0};
    GenerationListener clock =
        new GenerationListener() {
          @Override
          public void onText(int candidate, String text) {}

          // Asked once the first token of every sequence is there, and before the next step.
          @Override
          public boolean cancelled() {
            first[0] = first[0] == 0 ? System.nanoTime() : first[0];
            return false;
          }
        };
    List<Completion> completions = model.generate(request, clock);
    double elapsed = (System.nanoTime() - first[0]) / 1e9;
    return (completions.stream().mapToInt(Completion::tokens).sum() - sequences) / elapsed;
  }

  private static double median(Stream<Double> values) {
    List<Double> sorted = values.sorted().toList();
    return sorted.get(sorted.size() / 2);
  }

  private static double seconds(Duration duration) {
    return duration.toNanos() / 1e9;
  }

  private static void delete(Path directory) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
