package dev.mallard.cli;

import dev.mallard.generator.model.LanguageModel;
import dev.mallard.generator.model.Precision;
import java.nio.file.Path;
import java.util.Optional;

/** Finds the model that the user wants, fetches it if need be, and loads it. */
@FunctionalInterface
public interface ModelOpener {

  /**
   * What the user said about the model.
   *
   * @param name a name in the catalogue, a path, or what the server calls it; empty for the best
   *     that there is, or the only one of the server
   * @param endpoint address of an OpenAI-compatible server; empty for a model in this process
   * @param yes whether to download without asking
   * @param engine how a model in this process runs
   */
  record Choice(Optional<String> name, Optional<String> endpoint, boolean yes, Engine engine) {
    /** The same model, whose answers do not depend on what else it is asked. */
    Choice reproducibly() {
      return new Choice(
          name,
          endpoint,
          yes,
          new Engine(
              engine.device(),
              engine.precision(),
              engine.threads(),
              engine.cacheMemory(),
              engine.adapter(),
              true));
    }
  }

  /**
   * How a model runs in this process.
   *
   * @param device {@code auto}, or what computes
   * @param precision of the weights; empty for the best that the memory has room for
   * @param threads that compute; 0 for the physical cores
   * @param cacheMemory bytes of the key-value cache; 0 for a share of the memory
   * @param adapter folder of a LoRA adapter
   * @param reproducible whether answers must not depend on what else is asked
   */
  record Engine(
      String device,
      Optional<Precision> precision,
      int threads,
      long cacheMemory,
      Optional<Path> adapter,
      boolean reproducible) {
    static final Engine DEFAULT =
        new Engine("auto", Optional.empty(), 0, 0, Optional.empty(), false);
  }

  /**
   * Opens a model; the caller closes it.
   *
   * @param console where progress is shown and questions are asked, on its {@code err}
   * @throws dev.mallard.generator.UserException if there is no such model, or it cannot be had
   * @throws InterruptedException if the calling thread is interrupted
   */
  LanguageModel open(Choice choice, Console console) throws InterruptedException;
}
