package dev.mallard.generator.engine;

import java.nio.file.Path;

/**
 * How to load a model.
 *
 * @param precision of weights and arithmetic
 * @param threads that compute; 0 leaves it to libtorch, which takes the physical cores
 * @param cache directory for the converted weights
 */
public record LocalModelOptions(Precision precision, int threads, Path cache) {

  public LocalModelOptions {
    if (threads < 0) {
      throw new IllegalArgumentException("threads must be 0 or more: " + threads);
    }
  }
}
