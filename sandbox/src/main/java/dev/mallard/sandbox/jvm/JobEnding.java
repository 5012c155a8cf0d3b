package dev.mallard.sandbox.jvm;

import dev.mallard.sandbox.runner.Problem;

/** How the run of a job ended. */
sealed interface JobEnding {
  /** All of it was done. */
  record Done() implements JobEnding {}

  /** The program ended the process. */
  record Exited(int status) implements JobEnding {}

  /** Something was thrown outside of a test. */
  record Uncaught(Problem problem) implements JobEnding {}

  /** The deadline passed. */
  record Late() implements JobEnding {}

  /** Memory was used up. */
  record Exhausted() implements JobEnding {}

  /** The JVM itself came to an end. */
  record Broken(String diagnostics) implements JobEnding {}

  /** Somebody has killed the JVM, or it has never started: the program had no part in it. */
  record Lost(String diagnostics) implements JobEnding {}
}
