package dev.mallard.generator.comparison;

import dev.mallard.generator.catalogue.Confirmation;
import dev.mallard.generator.catalogue.DeviceMemory;
import dev.mallard.generator.catalogue.DownloadProgress;
import dev.mallard.generator.catalogue.ModelLibrary;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Mallard, llama.cpp and Jlama on one model file, in turn on the same machine, with the same number
 * of threads and the same prompts: prefill, decoding of one answer and of eight at once, loading.
 *
 * <p>Arguments: the model, as {@code mallard solve --model} takes it, a GGUF file in the end; then
 * {@code --rounds}, {@code --threads} (all processors if absent), {@code --directory} for logs and
 * for the model in Jlama's form, and {@code --json}, a file for the figures. In each round every
 * engine runs once, in a new process, and is warmed up; medians over the rounds are what counts.
 */
public final class EngineComparison {
  private final int threads;
  private final Map<String, List<Figures>> rounds = new LinkedHashMap<>();
  private final Map<String, String> failures = new LinkedHashMap<>();

  private EngineComparison(int threads) {
    this.threads = threads;
  }

  public static void main(String[] arguments) throws IOException, InterruptedException {
    Map<String, String> options = options(arguments);
    Path model =
        ModelLibrary.open(System.getenv(), DeviceMemory.ofProcessor())
            .choose(Optional.of(arguments[0]), Confirmation.YES, DownloadProgress.SILENT)
            .checkpoint();
    Path directory = Path.of(options.getOrDefault("--directory", "engine-comparison"));
    String processors = String.valueOf(Runtime.getRuntime().availableProcessors());
    EngineComparison comparison =
        new EngineComparison(Integer.parseInt(options.getOrDefault("--threads", processors)));
    comparison.run(
        new Contenders(model, Files.createDirectories(directory).toAbsolutePath()),
        Integer.parseInt(options.getOrDefault("--rounds", "3")));
    ComparisonReport report =
        ComparisonReport.of(
            String.valueOf(model.getFileName()),
            comparison.threads,
            comparison.rounds,
            comparison.failures);
    System.out.print(report.table());
    if (options.containsKey("--json")) {
      Files.writeString(Path.of(options.get("--json")), report.json() + System.lineSeparator());
    }
  }

  private void run(Contenders contenders, int count) throws IOException, InterruptedException {
    List<Contender> runners = new ArrayList<>(List.of(contenders.mallard(), contenders.llamaCpp()));
    try {
      runners.add(contenders.jlama());
    } catch (IOException e) {
      failures.put("Jlama", String.valueOf(e.getMessage()));
    }
    for (int i = 1; i <= count; i++) {
      for (Contender runner : runners) {
        measure(i, runner);
      }
    }
  }

  /** What failed once is not tried again, but what stands in for it. */
  private void measure(int round, Contender runner) throws InterruptedException {
    if (failures.containsKey(runner.name())) {
      if (runner.otherwise().isPresent()) {
        measure(round, runner.otherwise().get());
      }
      return;
    }
    try {
      Figures figures = runner.measure(threads);
      rounds.computeIfAbsent(runner.name(), name -> new ArrayList<>()).add(figures);
      System.out.printf(
          "round %d: %s %.1f prompt, %.1f one answer, %.1f eight requests%n",
          round, runner.name(), figures.prefill(), figures.decode(), figures.atOnce());
    } catch (IOException e) {
      failures.put(runner.name(), String.valueOf(e.getMessage()));
      measure(round, runner);
    }
  }

  private static Map<String, String> options(String[] arguments) {
    if (arguments.length % 2 == 0) {
      throw new IllegalArgumentException("a model is wanted, and then options with a value each");
    }
    Map<String, String> options = new LinkedHashMap<>();
    for (int i = 1; i < arguments.length; i += 2) {
      options.put(arguments[i], arguments[i + 1]);
    }
    return options;
  }
}
