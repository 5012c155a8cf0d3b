package dev.mallard.cli;

import dev.mallard.generator.model.LanguageModel;
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
   */
  record Choice(Optional<String> name, Optional<String> endpoint, boolean yes) {}

  /**
   * Opens a model; the caller closes it.
   *
   * @param console where progress is shown and questions are asked, on its {@code err}
   * @throws dev.mallard.generator.UserException if there is no such model, or it cannot be had
   * @throws InterruptedException if the calling thread is interrupted
   */
  LanguageModel open(Choice choice, Console console) throws InterruptedException;
}
