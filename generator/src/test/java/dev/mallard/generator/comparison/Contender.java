package dev.mallard.generator.comparison;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * An engine that takes part.
 *
 * @param model the file or folder that it loads
 * @param otherwise what takes part where this one fails
 */
record Contender(String name, EngineProcess process, Path model, Optional<Contender> otherwise) {
  Contender(String name, EngineProcess process, Path model) {
    this(name, process, model, Optional.empty());
  }

  /**
   * Measures the engine.
   *
   * @throws IOException if it cannot run; the message says why
   */
  Figures measure(int threads) throws IOException, InterruptedException {
    return Measurement.find(process.run(List.of(model.toString(), String.valueOf(threads))))
        .orElseThrow(() -> new IOException("it ended without figures"));
  }
}
