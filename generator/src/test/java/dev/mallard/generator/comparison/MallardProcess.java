package dev.mallard.generator.comparison;

import dev.mallard.generator.engine.LoadListener;
import dev.mallard.generator.engine.LocalModel;
import dev.mallard.generator.engine.LocalModelOptions;
import dev.mallard.generator.model.Completion;
import dev.mallard.generator.model.GenerationListener;
import dev.mallard.generator.model.GenerationRequest;
import dev.mallard.generator.model.Precision;
import dev.mallard.generator.model.Sampling;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Measures Mallard. Arguments: the model, the number of threads. */
public final class MallardProcess {
  private MallardProcess() {}

  /** Remembers when the first text came. */
  private static final class FirstText implements GenerationListener {
    private volatile long nanos;

    @Override
    public void onText(int candidate, String text) {
      nanos = nanos == 0 ? System.nanoTime() : nanos;
    }
  }

  public static void main(String[] arguments) throws IOException, InterruptedException {
    Path path = Path.of(arguments[0]);
    Path cache = Files.createTempDirectory("mallard-comparison");
    try {
      LocalModelOptions options =
          new LocalModelOptions(Precision.INT8, Integer.parseInt(arguments[1]), cache);
      long start = System.nanoTime();
      LocalModel.open("model", path, options, LoadListener.SILENT).close();
      double firstLoad = Answer.seconds(start, System.nanoTime());
      start = System.nanoTime();
      try (LocalModel model = LocalModel.open("model", path, options, LoadListener.SILENT)) {
        double load = Answer.seconds(start, System.nanoTime());
        Figures figures = Measurement.of((prompt, tokens) -> answer(model, prompt, tokens), load);
        generate(model, Prompts.shortOne(120), Measurement.AT_ONCE, Measurement.WARM_UP_TOKENS);
        double candidates =
            generate(model, Prompts.shortOne(224), Measurement.AT_ONCE, Measurement.TOKENS)
                .decodeRate(Measurement.AT_ONCE);
        Measurement.report(figures.withCandidates(candidates).withFirstLoad(firstLoad));
      }
    } finally {
      delete(cache);
    }
  }

  private static Answer answer(LocalModel model, ChatPrompt prompt, int tokens)
      throws InterruptedException {
    return generate(model, prompt, 1, tokens);
  }

  private static Answer generate(LocalModel model, ChatPrompt prompt, int candidates, int tokens)
      throws InterruptedException {
    GenerationRequest request =
        new GenerationRequest(
            prompt.messages(),
            candidates,
            tokens,
            candidates == 1 ? Sampling.GREEDY : Sampling.temperature(0.8),
            1,
            List.of());
    FirstText listener = new FirstText();
    long start = System.nanoTime();
    List<Completion> completions = model.generate(request, listener);
    long end = System.nanoTime();
    return new Answer(
        completions.getFirst().promptTokens(),
        completions.stream().mapToInt(Completion::tokens).sum(),
        start,
        listener.nanos == 0 ? end : listener.nanos,
        end);
  }

  private static void delete(Path directory) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
