package dev.mallard.cli;

import dev.mallard.generator.UserException;
import java.nio.file.Path;

/** The one place that knows which implementations the commands run on. */
final class Wiring {
  private Wiring() {}

  static Services services(Console console, Path cache, Interruption interruption) {
    return new Services(
        console,
        cache,
        (choice, progress) -> {
          throw new UserException("This build has no model engine.");
        },
        () -> {
          throw new UserException("This build has no sandbox.");
        });
  }
}
