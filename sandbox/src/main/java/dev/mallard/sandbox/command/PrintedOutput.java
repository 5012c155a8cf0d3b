package dev.mallard.sandbox.command;

import dev.mallard.sandbox.Verdict;
import dev.mallard.sandbox.executor.OutputStreamKind;
import dev.mallard.sandbox.executor.SilentListener;
import java.time.Duration;

/** Keeps what a program prints. */
final class PrintedOutput extends SilentListener {
  private final StringBuilder standardOutput = new StringBuilder();
  private final StringBuilder standardError = new StringBuilder();

  @Override
  public synchronized void output(OutputStreamKind stream, String text) {
    builder(stream).append(text);
  }

  synchronized String text(OutputStreamKind stream) {
    return builder(stream).toString();
  }

  private StringBuilder builder(OutputStreamKind stream) {
    return switch (stream) {
      case STANDARD_OUTPUT -> standardOutput;
      case STANDARD_ERROR -> standardError;
    };
  }

  @Override
  public void abandoned(Verdict verdict, Duration elapsed) {
    throw new IllegalStateException("Every process of a command can be killed");
  }
}
