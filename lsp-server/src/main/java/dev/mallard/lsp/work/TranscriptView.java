package dev.mallard.lsp.work;

import dev.mallard.generator.UserException;
import java.util.Optional;

/** Shows what happened in a search. */
public final class TranscriptView {
  private final Services services;

  public TranscriptView(Services services) {
    this.services = services;
  }

  /**
   * Shows the transcript of a definition's last search, or of the last of a document.
   *
   * @throws UserException if nothing was searched yet
   * @throws InterruptedException if the calling thread is interrupted
   */
  public void show(String uri, Optional<String> name) throws InterruptedException {
    TranscriptText transcript =
        services
            .findings()
            .transcript(uri, name)
            .orElseThrow(() ->
                new UserException(
                    "There is no transcript yet: have something generated or debugged first."));
    services.editor().show(name.orElse("transcript"), transcript.markdown());
  }
}
