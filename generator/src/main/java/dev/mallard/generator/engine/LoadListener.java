package dev.mallard.generator.engine;

/** Watches a model being loaded. */
@FunctionalInterface
public interface LoadListener {
  LoadListener SILENT = fraction -> {};

  /**
   * The weights are being converted, which happens once for a model and precision.
   *
   * @param fraction how much is done, from 0 to 1
   */
  void converting(double fraction);
}
