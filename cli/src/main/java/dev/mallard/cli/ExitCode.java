package dev.mallard.cli;

/** What the process tells its caller; {@code docs/command-line.md} documents it. */
final class ExitCode {
  /** Solved, passed, or all is well. */
  static final int SUCCESS = 0;

  /** The work was done and the answer is no: not solved, not passed, something is missing. */
  static final int FAILURE = 1;

  /** Wrong usage or bad input. */
  static final int USAGE = 2;

  /** A fault of Mallard's own; EX_SOFTWARE of sysexits.h. */
  static final int INTERNAL = 70;

  /** Ended by Ctrl-C, as shells have it. */
  static final int INTERRUPTED = 130;

  private ExitCode() {}
}
