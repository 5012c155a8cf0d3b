package dev.mallard.sandbox.protocol;

import dev.mallard.sandbox.Verdict.Malformed;
import dev.mallard.sandbox.Verdict.Test;
import java.time.Duration;
import java.util.Optional;

/**
 * What the sandbox and its worker process say to each other.
 *
 * <p>For each {@link Run} the worker answers {@link Started}, then any number of {@link Output} and
 * {@link TestStarted}, then {@link Finished}; or {@link Checked} alone where the tests do not
 * parse.
 */
sealed interface Message {
  /** Source texts longer than this are refused before they are sent. */
  int MAX_SOURCE_CHARACTERS = 1 << 24;

  /** To the worker: run a program and its tests. */
  record Run(String program, String tests, Limits limits) implements Message {}

  /** To the worker: say whether a test suite parses. */
  record Check(String tests) implements Message {}

  /** From the worker, once: it is warm and waits for requests. */
  record Ready() implements Message {}

  /** The program parses and its first statement is about to run. */
  record Started() implements Message {}

  /** A test, or the set-up before it, is about to run. */
  record TestStarted(Test test) implements Message {}

  /** The program has printed something. */
  record Output(Stream stream, String text) implements Message {}

  /** The run is over. */
  record Finished(Verdict verdict, Duration elapsed) implements Message {}

  /** What is wrong with the tests; empty if they parse. */
  record Checked(Optional<Malformed> problem) implements Message {}

  /** Where a program prints. */
  enum Stream {
    STANDARD_OUTPUT,
    STANDARD_ERROR
  }
}
