package dev.mallard.sandbox.protocol;

import dev.mallard.sandbox.Coverage;
import dev.mallard.sandbox.Execution;
import dev.mallard.sandbox.TestResult;
import dev.mallard.sandbox.TestSuite;
import dev.mallard.sandbox.Trace;
import dev.mallard.sandbox.Verdict;
import dev.mallard.sandbox.Verdict.Malformed;
import dev.mallard.sandbox.Verdict.Test;
import dev.mallard.sandbox.executor.OutputStreamKind;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What the sandbox and its worker process say to each other.
 *
 * <p>For each {@link Run} the worker answers {@link Planned} and {@link Started}, then any number
 * of {@link Output}, {@link TestStarted} and {@link TestEnded}, then {@link Finished}; or {@link
 * Finished} alone where the program does not parse, {@link Checked} alone where the tests do not,
 * or {@link Refused} alone where nothing confines the program.
 */
public sealed interface Message {
  /** To the worker: run a program and its tests. */
  record Run(Execution execution) implements Message {}

  /** To the worker: say whether a test suite parses. */
  record Check(TestSuite tests) implements Message {}

  /** To the worker: stop what runs, if anything still does; its verdict is then that time is up. */
  record Cancel() implements Message {}

  /** From the worker, once: it is warm and waits for requests. */
  record Ready() implements Message {}

  /** Tests that are going to run, as far as they are known; may come in several pieces. */
  record Planned(List<Test> tests) implements Message {
    public Planned {
      tests = List.copyOf(tests);
    }
  }

  /** The program parses and its first statement is about to run. */
  record Started() implements Message {}

  /** A test, or the set-up before it, is about to run. */
  record TestStarted(Test test) implements Message {}

  /** A test has ended, or will not run. */
  record TestEnded(TestResult result) implements Message {}

  /** The program has printed something. */
  record Output(OutputStreamKind stream, String text) implements Message {}

  /** The run is over. */
  record Finished(
      Verdict verdict, Duration elapsed, Optional<Trace> trace, Optional<Coverage> coverage)
      implements Message {}

  /** What is wrong with the tests; empty if they parse. */
  record Checked(Optional<Malformed> problem) implements Message {}

  /** Nothing here confines the program; the reason is a sentence for the user. */
  record Refused(String reason) implements Message {}
}
