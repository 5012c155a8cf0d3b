package dev.mallard.sandbox;

/** A test suite does not parse: the fault of whoever wrote the tests, not of the program. */
public final class MalformedTestsException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  private final String problem;
  private final int line;
  private final int column;

  public MalformedTestsException(Verdict.Malformed problem) {
    super(
        "The tests do not parse: line %d, column %d: %s"
            .formatted(problem.line(), problem.column(), problem.message()));
    this.problem = problem.message();
    line = problem.line();
    column = problem.column();
  }

  /** What is wrong, with its line and column in the suite's source. */
  public Verdict.Malformed problem() {
    return new Verdict.Malformed(problem, line, column);
  }
}
