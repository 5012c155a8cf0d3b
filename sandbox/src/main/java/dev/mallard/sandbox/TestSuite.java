package dev.mallard.sandbox;

import java.util.List;
import java.util.stream.Collectors;

/**
 * The tests of a program. All of them run, whether or not those before them passed; they are
 * numbered from 1.
 */
public sealed interface TestSuite {
  /** No tests: the program alone is run. */
  TestSuite EMPTY = new Asserts("");

  /** A suite of statements in the program's language; see {@link Asserts}. */
  static TestSuite asserts(String source) {
    return new Asserts(source);
  }

  /** Whether there is nothing to check. */
  boolean isEmpty();

  /** The tests as a reader, or a model, is shown them. */
  String source();

  /**
   * Statements in the program's language, most of them asserts, that run after the program, in
   * order, and see its definitions.
   *
   * <p>In Python each {@code assert} is a test, wherever in the suite it stands, but for those in
   * the body of a {@code try}, which raise as ever. A test that is run several times, in a loop or
   * a function, has passed if it did each time. One that a condition or a loop leaves out is not
   * counted. An exception in a statement of the top level keeps the rest of that statement from
   * running, and no other.
   *
   * <p>In JavaScript a test is each call of {@code console.assert} or {@code assert}, one by one as
   * they are reached. In Java a suite is either statements, of which each {@code assert} is a test,
   * or a compilation unit whose class has a {@code main}, which is one test.
   *
   * <p>All other statements (imports, assignments, definitions, other calls) are set-up: they run
   * in their place and are not counted. When set-up goes wrong, the tests after it do not run, and
   * get its verdict.
   *
   * @param source the statements; blank when there is nothing to check
   */
  record Asserts(String source) implements TestSuite {
    @Override
    public boolean isEmpty() {
      return source.isBlank();
    }
  }

  /**
   * A table of calls of one function and what each must return.
   *
   * @param function its name; in Java the name of a method, of the class {@code Solution} if there
   *     is more than one, or {@code Class.method}
   * @param calls the table
   * @param tolerance how far a floating-point number, wherever it stands in a result, may be from
   *     the expected one: absolutely, and relative to the expected one; 0 for equality
   */
  record Calls(String function, List<Call> calls, double tolerance) implements TestSuite {
    public Calls {
      calls = List.copyOf(calls);
      if (!(tolerance >= 0)) {
        throw new IllegalArgumentException("tolerance must not be negative: " + tolerance);
      }
    }

    @Override
    public boolean isEmpty() {
      return calls.isEmpty();
    }

    @Override
    public String source() {
      return calls.stream().map(call -> call.source(function)).collect(Collectors.joining("\n"));
    }
  }

  /**
   * One call.
   *
   * @param arguments what the function is given
   * @param expected what it must return
   */
  record Call(List<DataValue> arguments, DataValue expected) {
    public Call {
      arguments = List.copyOf(arguments);
    }

    /** The call and its result as a reader sees them: {@code f(1, 2) == 3}. */
    public String source(String function) {
      String list = arguments.stream().map(Object::toString).collect(Collectors.joining(", "));
      return function + "(" + list + ") == " + expected;
    }
  }

  /**
   * Runs of the whole program, each with its own standard input and from a fresh state. Standard
   * output must be the expected one, but for white space at the ends of lines and of the text.
   *
   * @param exchanges the runs
   */
  record StandardIo(List<Exchange> exchanges) implements TestSuite {
    public StandardIo {
      exchanges = List.copyOf(exchanges);
    }

    @Override
    public boolean isEmpty() {
      return exchanges.isEmpty();
    }

    @Override
    public String source() {
      return exchanges.stream().map(Exchange::source).collect(Collectors.joining("\n\n"));
    }
  }

  /** What a program reads on standard input, and what it must write to standard output. */
  record Exchange(String input, String output) {
    /** Both, as a reader sees them. */
    public String source() {
      return "input:\n" + input.stripTrailing() + "\noutput:\n" + output.stripTrailing();
    }
  }

  /**
   * Databases that a query runs on, and the rows that each must give. The program is one query.
   *
   * @param queries the databases with their expected rows
   */
  record ResultSets(List<ResultSet> queries) implements TestSuite {
    public ResultSets {
      queries = List.copyOf(queries);
    }

    @Override
    public boolean isEmpty() {
      return queries.isEmpty();
    }

    @Override
    public String source() {
      return queries.stream().map(ResultSet::source).collect(Collectors.joining("\n\n"));
    }
  }

  /**
   * A database and the rows that a query must give on it.
   *
   * @param setup SQL statements that build the database: its schema and its rows
   * @param expected what to compare with
   * @param ordered whether the order of rows counts; if not, rows are compared as a bag
   */
  record ResultSet(String setup, Expected expected, boolean ordered) {
    /** The database and its rows as a reader sees them. */
    public String source() {
      return setup.strip() + "\n-- " + expected;
    }
  }

  /** Where the expected rows come from. */
  sealed interface Expected {
    /** From this query, on the same database. */
    record Query(String sql) implements Expected {
      @Override
      public String toString() {
        return "the rows of: " + sql.strip();
      }
    }

    /**
     * There are none: a query passes if it runs. Its rows are printed as those of a query without
     * tests are.
     */
    record Anything() implements Expected {
      @Override
      public String toString() {
        return "any rows";
      }
    }

    /** From a list; each value is null, a number or a string. */
    record Rows(List<List<DataValue>> rows) implements Expected {
      public Rows {
        rows = rows.stream().map(List::copyOf).toList();
      }

      @Override
      public String toString() {
        return "rows: " + rows;
      }
    }
  }
}
