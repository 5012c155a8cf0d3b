package dev.mallard.cli.models;

import java.io.Console;
import java.util.Optional;

/** Whether somebody sits there. */
final class Terminal {
  private Terminal() {}

  /** The console, if standard input and output are a terminal. */
  static Optional<Console> console() {
    return Optional.ofNullable(System.console()).filter(Console::isTerminal);
  }
}
