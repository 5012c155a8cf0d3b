package dev.mallard.sandbox;

import java.util.List;
import java.util.Optional;

/**
 * What a program did during one test, step by step. Long traces keep their start, their end and
 * what is around each place where an exception left a function.
 *
 * @param test the test
 * @param steps what happened, in order; only what happened in the program's own text
 */
public record Trace(Verdict.Test test, List<Step> steps) {
  public Trace {
    steps = List.copyOf(steps);
  }

  /** One thing that happened. */
  public sealed interface Step {}

  /**
   * A function was entered.
   *
   * @param function its name
   * @param line the line on which it begins
   * @param arguments its parameters
   */
  public record Called(String function, int line, List<Variable> arguments) implements Step {
    public Called {
      arguments = List.copyOf(arguments);
    }
  }

  /**
   * A line was executed.
   *
   * @param line the line, from 1
   * @param changes local variables that have other values after it than before it
   * @param branch for a line that chooses, such as {@code if} or {@code while}: the line it led to
   */
  public record Line(int line, List<Variable> changes, Optional<Integer> branch) implements Step {
    public Line {
      changes = List.copyOf(changes);
    }
  }

  /** A function returned. */
  public record Returned(String function, String value) implements Step {}

  /** An exception left a function. */
  public record Raised(String function, String exception) implements Step {}

  /** Here so many steps were left out. */
  public record Omitted(long steps) implements Step {}

  /** A variable and its value as the language prints it, cut to a readable length. */
  public record Variable(String name, String value) {}
}
