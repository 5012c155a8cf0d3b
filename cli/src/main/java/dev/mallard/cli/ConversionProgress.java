package dev.mallard.cli;

import dev.mallard.generator.engine.LoadListener;

/** Says that weights are being converted, and on a terminal how far that is. */
final class ConversionProgress implements LoadListener, AutoCloseable {
  private static final String MESSAGE = "Preparing the model's weights, this once ...";

  private final Console console;
  private int shown = -1;

  ConversionProgress(Console console) {
    this.console = console;
  }

  @Override
  public void converting(double fraction) {
    int percent = (int) (100 * fraction);
    if (shown < 0 && !console.interactive()) {
      console.message(MESSAGE);
    }
    if (percent > shown && console.interactive()) {
      console.err().printf("\r%s %3d%%", MESSAGE, percent);
      console.err().flush();
    }
    shown = Math.max(shown, percent);
  }

  @Override
  public void close() {
    if (shown >= 0 && console.interactive()) {
      console.err().println();
    }
  }
}
