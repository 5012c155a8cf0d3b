package dev.mallard.cli;

import dev.mallard.sandbox.command.CommandSandbox;
import dev.mallard.sandbox.pool.PoolOptions;
import dev.mallard.sandbox.pool.WorkerPool;
import java.nio.file.Path;

/** The one place that knows which implementations the commands run on. */
final class Wiring {
  private Wiring() {}

  static Services services(Console console, Path cache, Interruption interruption) {
    return new Services(
        console,
        cache,
        new RemoteModelOpener(System.getenv(), new LibraryModelOpener(System.getenv(), cache)),
        () ->
            interruption.closing(
                new CommandSandbox(() -> WorkerPool.start(PoolOptions.DEFAULT.withCache(cache)))));
  }
}
