package dev.mallard.generator.catalogue;

import java.time.Duration;

/** Waits between tries; tests do not. */
@FunctionalInterface
interface Sleeper {
  void sleep(Duration duration) throws InterruptedException;
}
