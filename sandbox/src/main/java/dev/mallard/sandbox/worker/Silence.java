package dev.mallard.sandbox.worker;

import dev.mallard.sandbox.Verdict;
import dev.mallard.sandbox.executor.SilentListener;
import java.time.Duration;

/** A listener to programs whose outcome nobody wants. */
final class Silence extends SilentListener {
  @Override
  public void abandoned(Verdict verdict, Duration elapsed) {
    throw new IllegalStateException("A warm-up program does not end: " + verdict);
  }
}
