package dev.mallard.generator.sql;

import dev.mallard.generator.UserException;
import dev.mallard.sandbox.Execution;
import dev.mallard.sandbox.GuestLanguage;
import dev.mallard.sandbox.Limits;
import dev.mallard.sandbox.MalformedTestsException;
import dev.mallard.sandbox.Report;
import dev.mallard.sandbox.Sandbox;
import dev.mallard.sandbox.TestSuite;
import dev.mallard.sandbox.TestSuite.Expected;
import dev.mallard.sandbox.TestSuite.ResultSet;
import dev.mallard.sandbox.TestSuite.ResultSets;
import dev.mallard.sandbox.Verdict;
import java.util.List;
import java.util.Optional;

/** The database of a question, built anew for every query, in the sandbox. */
public final class SqlDatabase {
  private static final String PLACE = "result set 1, setup: ";

  private final Sandbox sandbox;
  private final String setup;
  private final Limits limits;

  /**
   * A database.
   *
   * @param setup statements that build it; see {@link #check}
   * @param limits what a query, and the statements, may use
   */
  public SqlDatabase(Sandbox sandbox, String setup, Limits limits) {
    this.sandbox = sandbox;
    this.setup = setup;
    this.limits = limits;
  }

  /**
   * Checks that a schema builds a database.
   *
   * @param name what messages call the schema, such as its file
   * @throws UserException if it does not; it names the line
   */
  public static void check(Sandbox sandbox, String name, String schema)
      throws InterruptedException {
    Optional<Verdict.Malformed> problem = sandbox.check(GuestLanguage.SQL, any(schema));
    if (problem.isPresent()) {
      throw new UserException(
          "%s:%d: the schema does not build a database: %s."
              .formatted(name, problem.get().line(), problem.get().message().replace(PLACE, "")));
    }
  }

  private static TestSuite any(String setup) {
    return new ResultSets(List.of(new ResultSet(setup, new Expected.Anything(), false)));
  }

  /** Whether the statements build a database. */
  boolean builds() throws InterruptedException {
    return sandbox.check(GuestLanguage.SQL, any(setup)).isEmpty();
  }

  /** Runs a query. */
  public QueryResult run(String query) throws InterruptedException {
    Report report = run(query, any(setup));
    return report.verdict().passed()
        ? new QueryResult.Rows(report.standardOutput())
        : new QueryResult.Failed(withoutTest(report.verdict()));
  }

  /** There is one test, whose text is the whole schema. */
  private static Verdict withoutTest(Verdict verdict) {
    return switch (verdict) {
      case Verdict.Crashed crashed ->
          new Verdict.Crashed(
              crashed.type(), crashed.message(), crashed.line(), Optional.empty(), 0);
      case Verdict.TimedOut timedOut -> new Verdict.TimedOut(timedOut.limit(), Optional.empty(), 0);
      case Verdict.OutOfMemory outOfMemory ->
          new Verdict.OutOfMemory(outOfMemory.limitMebibytes(), Optional.empty());
      case Verdict.Malformed malformed -> malformed;
      case Verdict.Failed failed -> failed;
      case Verdict.Passed passed -> passed;
    };
  }

  /**
   * Whether two queries have the same rows: as many columns, and equal values, where NULL is not
   * the empty text and 1 is not '1', but 1 is 1.0. The order counts for queries that ask for one;
   * such a query agrees with one that does not only where there is nothing to be ordered.
   *
   * @param one a query that ran, with its rows
   * @param other likewise
   */
  boolean agree(SqlCandidate one, SqlCandidate other) throws InterruptedException {
    boolean ordered = SqlText.isOrdered(one.query());
    if (ordered != SqlText.isOrdered(other.query())
        && one.result() instanceof QueryResult.Rows rows
        && rows.count() > 1) {
      return false;
    }
    return gives(one.query(), other.query(), ordered);
  }

  /**
   * Whether a query gives the rows of a reference query, in its order if it asks for one; false if
   * one of them fails.
   */
  public boolean matches(String query, String reference) throws InterruptedException {
    return gives(query, reference, SqlText.isOrdered(reference));
  }

  private boolean gives(String query, String expected, boolean ordered)
      throws InterruptedException {
    try {
      ResultSet set = new ResultSet(setup, new Expected.Query(expected), ordered);
      return run(query, new ResultSets(List.of(set))).verdict().passed();
    } catch (MalformedTestsException e) {
      // The other query takes another way each time, or longer than it may.
      return false;
    }
  }

  private Report run(String query, TestSuite tests) throws InterruptedException {
    return sandbox.run(new Execution(GuestLanguage.SQL, query, tests, limits));
  }

  /** The same with more statements at the end. */
  SqlDatabase and(String statements) {
    return new SqlDatabase(sandbox, setup + "\n;\n" + statements, limits);
  }

  /** The same with other limits. */
  SqlDatabase within(Limits other) {
    return new SqlDatabase(sandbox, setup, other);
  }

  Limits limits() {
    return limits;
  }
}
