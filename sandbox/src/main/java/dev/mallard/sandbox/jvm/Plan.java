package dev.mallard.sandbox.jvm;

import dev.mallard.sandbox.TestSuite.Exchange;
import dev.mallard.sandbox.Verdict.Test;
import dev.mallard.sandbox.runner.ClassFileBytes;
import dev.mallard.sandbox.runner.Job.Task;
import java.util.List;

/** What is to be run to check a compiled program. */
sealed interface Plan {
  /** The tests, in order. */
  List<Test> tests();

  /**
   * A task in which all tests are run, or the program alone.
   *
   * @param expressions what each test is about, where it compares
   */
  record InOneProcess(
      List<Test> tests, List<String> expressions, List<ClassFileBytes> testClasses, Task task)
      implements Plan {}

  /** A run of the program for each test. */
  record Exchanges(List<Test> tests, List<Exchange> exchanges, Task task) implements Plan {}

  /** Tests that do not fit the program. */
  record Unfit(List<Test> tests, String type, String message) implements Plan {}

  /** The compiler takes too long. */
  record Endless(List<Test> tests) implements Plan {}
}
