package dev.mallard.benchmarks.engine;

import dev.mallard.benchmarks.engine.ModelSpeed.Rate;
import dev.mallard.generator.engine.LocalModel;
import dev.mallard.generator.model.Completion;
import dev.mallard.generator.model.GenerationListener;
import dev.mallard.generator.model.GenerationRequest;
import dev.mallard.generator.model.Message;
import dev.mallard.generator.model.Sampling;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Measures a loaded model: first tokens, prefill and decoding of 1, 4 and 16 sequences at once,
 * against the bandwidth of the memory that holds the weights.
 */
public final class SpeedMeter {
  private static final List<Integer> SEQUENCES = List.of(1, 4, 16);
  private static final int PROMPT_TOKENS = 256;
  private static final int TOKENS = 64;
  private static final int WARM_UP_TOKENS = 8;

  /** Prompts of these share no beginning, so that none is found in the cache. */
  private static final List<String> WORDS =
      List.of("list", "sum", "each", "number", "word", "sort", "count", "first", "tree", "string");

  private final LocalModel model;
  private final Random random = new Random(1);

  private SpeedMeter(LocalModel model) {
    this.model = model;
  }

  /**
   * Measures.
   *
   * @param loadSeconds how long the model took to load
   * @throws InterruptedException if the calling thread is interrupted
   */
  public static ModelSpeed measure(LocalModel model, double loadSeconds)
      throws InterruptedException {
    SpeedMeter meter = new SpeedMeter(model);
    double bandwidth = model.memoryBandwidth();
    List<Rate> rates = new ArrayList<>();
    for (int sequences : SEQUENCES) {
      if (sequences * (PROMPT_TOKENS + TOKENS) > model.cachePositions()) {
        break;
      }
      meter.run(sequences, WARM_UP_TOKENS, bandwidth);
      rates.add(meter.run(sequences, TOKENS, bandwidth));
    }
    return new ModelSpeed(
        model.description(),
        loadSeconds,
        model.weightBytesOfAStep(),
        model.cacheMemory(),
        model.cachePositions(),
        processBytes(),
        bandwidth,
        rates);
  }

  /** When the tokens of one sequence came. */
  private static final class Clock implements GenerationListener {
    private long firstNanos;

    @Override
    public void onText(int candidate, String text) {
      if (firstNanos == 0) {
        firstNanos = System.nanoTime();
      }
    }
  }

  private Rate run(int sequences, int tokens, double bandwidth) throws InterruptedException {
    List<Clock> clocks = new ArrayList<>();
    List<Future<List<Completion>>> futures = new ArrayList<>();
    long start = System.nanoTime();
    List<Completion> completions = new ArrayList<>();
    try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < sequences; i++) {
        GenerationRequest request =
            new GenerationRequest(
                List.of(Message.user(prompt())), 1, tokens, Sampling.temperature(1), i, List.of());
        Clock clock = new Clock();
        clocks.add(clock);
        futures.add(executor.submit(() -> model.generate(request, clock)));
      }
      for (Future<List<Completion>> future : futures) {
        completions.addAll(future.get());
      }
    } catch (ExecutionException e) {
      throw new IllegalStateException("the model failed", e.getCause());
    }
    long end = System.nanoTime();
    double[] firsts =
        clocks.stream()
            .mapToDouble(clock -> (Math.max(start, clock.firstNanos) - start) / 1e9)
            .sorted()
            .toArray();
    double prefill = firsts[firsts.length - 1];
    double decode = (end - start) / 1e9 - prefill;
    int promptTokens = completions.stream().mapToInt(Completion::promptTokens).sum();
    // While the last prompts are read, the first sequences decode already: counted as if they did
    // not, which takes a little off.
    int decoded = completions.stream().mapToInt(Completion::tokens).sum() - sequences;
    double steps = decoded / (double) sequences;
    return new Rate(
        sequences,
        promptTokens,
        firsts[firsts.length / 2],
        promptTokens / prefill,
        decoded / decode,
        steps * model.weightBytesOfAStep() / bandwidth / decode);
  }

  /** Some 256 tokens. */
  private String prompt() {
    StringBuilder text = new StringBuilder("Write a long story about " + random.nextInt(1000));
    while (model.countTokens(List.of(Message.user(text.toString()))) < PROMPT_TOKENS) {
      for (int i = 0; i < 8; i++) {
        text.append(' ').append(WORDS.get(random.nextInt(WORDS.size())));
      }
    }
    return text.toString();
  }

  /** Resident memory, where the system tells (Linux), else the heap. */
  private static long processBytes() {
    try {
      String status = Files.readString(Path.of("/proc/self/status"), StandardCharsets.UTF_8);
      return Arrays.stream(status.split("\n"))
          .filter(line -> line.startsWith("VmRSS:"))
          .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) << 10)
          .findFirst()
          .orElseThrow();
    } catch (IOException e) {
      return Runtime.getRuntime().totalMemory();
    }
  }
}
