package dev.mallard.sandbox.executor;

import dev.mallard.sandbox.Coverage;
import dev.mallard.sandbox.TestResult;
import dev.mallard.sandbox.Trace;
import dev.mallard.sandbox.Verdict;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Is told what happens while a program runs; its methods may be called from any thread. */
public interface ExecutionListener {
  /**
   * The program parses and its first statement is about to run: the wall-clock limit counts from
   * here.
   *
   * @param tests the tests as far as they are known before they run
   */
  void started(List<Verdict.Test> tests);

  /** A test, or the set-up before it, is about to run. */
  void testStarted(Verdict.Test test);

  /** A test has ended, or will not run. */
  void testEnded(TestResult result);

  /** The program has printed something. */
  void output(OutputStreamKind stream, String text);

  /**
   * All is over.
   *
   * @param elapsed from the first statement to the verdict
   */
  void finished(
      Verdict verdict, Duration elapsed, Optional<Trace> trace, Optional<Coverage> coverage);

  /**
   * All is over, but the program cannot be stopped: this process is to end. Does not return.
   *
   * @param verdict the last word
   */
  void abandoned(Verdict verdict, Duration elapsed);
}
