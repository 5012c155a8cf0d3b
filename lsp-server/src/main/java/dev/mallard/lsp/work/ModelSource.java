package dev.mallard.lsp.work;

import dev.mallard.generator.model.LanguageModel;
import java.util.Optional;
import java.util.function.Consumer;

/** Opens language models. */
public interface ModelSource {

  /**
   * Which model the editor's configuration names.
   *
   * @param name a name in the catalogue, or a path; empty for what the server was started with
   * @param endpoint of an OpenAI-compatible server; empty likewise
   */
  record Wish(Optional<String> name, Optional<String> endpoint) {}

  /**
   * Opens a model; the caller closes it.
   *
   * @param progress is told in short sentences how far that is
   * @throws dev.mallard.generator.UserException if there is no such model, or it cannot be had
   * @throws InterruptedException if the calling thread is interrupted
   */
  LanguageModel open(Wish wish, Consumer<String> progress) throws InterruptedException;

  /**
   * Whether what the model writes can be held to a grammar; that of a server cannot.
   *
   * @param wish for a model, which need not be open
   */
  boolean canBeHeld(Wish wish);
}
