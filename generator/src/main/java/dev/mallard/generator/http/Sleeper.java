package dev.mallard.generator.http;

import java.time.Duration;

/** Waits between tries; tests do not. */
@FunctionalInterface
public interface Sleeper {
  /**
   * Waits.
   *
   * @throws InterruptedException if the calling thread is interrupted
   */
  void sleep(Duration duration) throws InterruptedException;
}
