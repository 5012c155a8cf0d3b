package dev.mallard.sandbox.python;

import dev.mallard.sandbox.Execution;
import dev.mallard.sandbox.TestSuite.Asserts;
import dev.mallard.sandbox.TestSuite.Calls;
import org.graalvm.polyglot.PolyglotException;
import org.graalvm.polyglot.Value;

/**
 * A context for tidy programs, which run in it one after the other: those of which {@code tidy.py}
 * shows that they leave nothing behind. Making a context takes many times as long as a short
 * program.
 */
final class SharedContext {
  /** After so many programs it is replaced, in case that something does add up. */
  private static final int MOST_PROGRAMS = 500;

  /** In characters; of what is longer, the check would take longer than a context. */
  private static final int LONGEST_PROGRAM = 20_000;

  private static final int LONGEST_TESTS = 50_000;

  private final PythonContext context;
  private final Value isTidy;
  private final Value reset;
  private final Value preload;
  private boolean complete;
  private int programs;

  /**
   * Makes a context shared.
   *
   * @param context in which no program has run
   */
  SharedContext(PythonContext context) {
    this.context = context;
    Value tools = context.tools("tidy");
    isTidy = tools.getArrayElement(0);
    reset = tools.getArrayElement(1);
    preload = tools.getArrayElement(2);
  }

  PythonContext context() {
    return context;
  }

  /** Imports one of the modules that programs want most; returns whether there are more. */
  boolean prepare() {
    if (!complete) {
      complete = !preload.execute().asBoolean();
    }
    return !complete;
  }

  /** Whether an execution is of a kind that may run here at all. */
  static boolean suits(Execution execution) {
    return execution.program().length() <= LONGEST_PROGRAM
        && switch (execution.tests()) {
          case Asserts(var source) -> source.length() <= LONGEST_TESTS;
          case Calls calls -> true;
          default -> false;
        };
  }

  /** Whether a program and its tests can leave nothing behind, by what they consist of. */
  boolean isTidy(Execution execution) {
    return (!(execution.tests() instanceof Asserts(var source))
            || isTidy.execute(source, true).asBoolean())
        && isTidy.execute(execution.program(), false).asBoolean();
  }

  /** Takes away what a program has defined; returns whether another can run. */
  boolean reset() {
    programs++;
    try {
      reset.executeVoid();
      return programs < MOST_PROGRAMS;
    } catch (PolyglotException | IllegalStateException e) {
      return false; // It was cancelled.
    }
  }
}
