package dev.mallard.generator.engine;

import dev.mallard.generator.model.Precision;
import java.nio.file.Path;
import java.util.Optional;

/**
 * How to load a model.
 *
 * @param precision of weights and arithmetic; the best that the device's memory has room for, if
 *     none is named
 * @param device what computes
 * @param threads that compute on a processor; 0 leaves it to libtorch, which takes the physical
 *     cores
 * @param cacheMemory bytes for the key-value cache, which bounds how much is generated at once; 0
 *     for a share of what the weights leave of the device's memory
 * @param speculation whether to guess tokens by prompt lookup; the text is the same without it
 * @param reproducible whether what is generated must not depend on what else is being generated or
 *     was before, to the last bit: for benchmarks that are interrupted and split. It takes longer,
 *     and holds for int8 on x86-64 processors
 * @param directory for the converted weights, and for prompts' beginnings
 */
public record LocalModelOptions(
    Optional<Precision> precision,
    Device device,
    int threads,
    long cacheMemory,
    boolean speculation,
    boolean reproducible,
    Path directory) {

  public LocalModelOptions {
    if (threads < 0 || cacheMemory < 0) {
      throw new IllegalArgumentException("threads and cache memory must be 0 or more");
    }
  }

  /** Options for the processor. */
  public LocalModelOptions(Precision precision, int threads, Path directory) {
    this(Optional.of(precision), new Device.Cpu(), threads, 0, true, false, directory);
  }

  /** The same with another size of the key-value cache in bytes. */
  public LocalModelOptions withCacheMemory(long bytes) {
    return new LocalModelOptions(
        precision, device, threads, bytes, speculation, reproducible, directory);
  }

  /** The same with or without speculation. */
  public LocalModelOptions withSpeculation(boolean wanted) {
    return new LocalModelOptions(
        precision, device, threads, cacheMemory, wanted, reproducible, directory);
  }

  /** The same, reproducible. */
  public LocalModelOptions reproducibly() {
    return new LocalModelOptions(
        precision, device, threads, cacheMemory, speculation, true, directory);
  }
}
