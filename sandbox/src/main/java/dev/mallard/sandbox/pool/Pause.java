package dev.mallard.sandbox.pool;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Holds a process up, so that it takes no processor time. It goes on when this is closed, when the
 * longest time is over, or when this JVM ends, however that ends.
 */
final class Pause implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Pause.class);

  private static final Path SHELL = Path.of("/bin/sh");

  /** Waits for the end of its standard input, which is that of this JVM at the latest. */
  private static final String SCRIPT = "kill -STOP $0 && read -r end; kill -CONT $0";

  private final Optional<Process> helper;

  private Pause(Optional<Process> helper) {
    this.helper = helper;
  }

  /** Stops a process; without effect where the system has no signals for it. */
  static Pause of(long processId, Duration longest) {
    if (!Files.isExecutable(SHELL)) {
      return new Pause(Optional.empty());
    }
    try {
      List<String> command = List.of(SHELL.toString(), "-c", SCRIPT, Long.toString(processId));
      Pause pause = new Pause(Optional.of(new ProcessBuilder(command).start()));
      CompletableFuture.delayedExecutor(longest.toMillis(), TimeUnit.MILLISECONDS)
          .execute(pause::close);
      return pause;
    } catch (IOException e) {
      LOG.debug("Cannot pause process {}", processId, e);
      return new Pause(Optional.empty());
    }
  }

  /** Lets the process go on, from any thread. Idempotent. */
  @Override
  public void close() {
    helper.ifPresent(process -> {
      try {
        process.getOutputStream().close();
      } catch (IOException e) {
        LOG.debug("The helper of a pause has ended by itself", e);
      }
    });
  }
}
