package dev.mallard.sandbox.sql;

import dev.mallard.sandbox.Execution;
import dev.mallard.sandbox.Limits;
import dev.mallard.sandbox.TestResult;
import dev.mallard.sandbox.TestSuite;
import dev.mallard.sandbox.TestSuite.Expected;
import dev.mallard.sandbox.TestSuite.ResultSets;
import dev.mallard.sandbox.Verdict;
import dev.mallard.sandbox.Verdict.Comparison;
import dev.mallard.sandbox.Verdict.Failed;
import dev.mallard.sandbox.Verdict.Passed;
import dev.mallard.sandbox.Verdict.Test;
import dev.mallard.sandbox.Verdict.TimedOut;
import dev.mallard.sandbox.executor.ExecutionListener;
import dev.mallard.sandbox.executor.GuestOutput;
import dev.mallard.sandbox.executor.OutputStreamKind;
import dev.mallard.sandbox.executor.Verdicts;
import dev.mallard.sandbox.executor.Watchdog;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One run of a query and its tests. */
final class SqlRun {
  private static final int LONGEST_TEST = 10_000;

  private final Execution execution;
  private final ExecutionListener listener;
  private final Databases databases;
  private final Stop stop;
  private final Limits limits;
  private final List<Test> tests;
  private final List<TestResult> results = new ArrayList<>();
  private volatile Optional<Test> current = Optional.empty();
  private volatile int passed;
  private int printable;

  SqlRun(Execution execution, ExecutionListener listener, Databases databases) {
    this.execution = execution;
    this.listener = listener;
    this.databases = databases;
    limits = execution.limits();
    stop = Databases.stop(limits);
    printable = limits.outputCharacters();
    tests = tests(execution.tests());
  }

  private static List<Test> tests(TestSuite suite) {
    List<Test> tests = new ArrayList<>();
    if (suite instanceof ResultSets(List<TestSuite.ResultSet> queries)) {
      for (TestSuite.ResultSet query : queries) {
        tests.add(new Test(tests.size() + 1, RowText.cut(query.source(), LONGEST_TEST)));
      }
    }
    return List.copyOf(tests);
  }

  void run(Watchdog watchdog) {
    GuestQuery query = parse(watchdog);
    if (query instanceof GuestQuery.Unparsed(Verdict.Malformed verdict)) {
      finish(verdict, Duration.ZERO);
      return;
    }
    listener.started(tests);
    long start = System.nanoTime();
    Verdict verdict;
    try (var _ = watch(watchdog, start);
        var _ = databases.watchMemory(limits, stop)) {
      verdict =
          switch (query) {
            case GuestQuery.Ready(SqlStatement statement) -> test(statement);
            case GuestQuery.Refused(Verdict.Crashed crashed) -> skipFrom(0, crashed);
            case GuestQuery.Unparsed(Verdict.Malformed malformed) -> malformed;
          };
    }
    finish(verdict, since(start));
  }

  /** Parsing has a limit of its own, as long as that of the run. */
  private GuestQuery parse(Watchdog watchdog) {
    try (var _ = watch(watchdog, System.nanoTime());
        Database scratch = databases.take(limits, Databases.stop(limits))) {
      scratch.freeze();
      return GuestQuery.of(execution.program(), scratch);
    } catch (SQLException e) {
      throw new IllegalStateException("an empty database can be made", e);
    }
  }

  private Watchdog.Watch watch(Watchdog watchdog, long start) {
    return watchdog.watch(
        limits.wallClock(),
        () -> stop.request(Stop.Reason.TIME),
        () -> listener.abandoned(new TimedOut(limits.wallClock(), current, passed), since(start)));
  }

  private Verdict test(SqlStatement query) {
    if (tests.isEmpty()) {
      return print(query);
    }
    List<TestSuite.ResultSet> sets = ((ResultSets) execution.tests()).queries();
    for (int index = 0; index < tests.size(); index++) {
      Test test = tests.get(index);
      current = Optional.of(test);
      if (stop.reason().isPresent()) {
        return skipFrom(index, SqlErrors.stopped(stop.reason().get(), limits, current));
      }
      listener.testStarted(test);
      long start = System.nanoTime();
      Verdict verdict = test(query, sets.get(index), test);
      end(new TestResult(test, verdict, since(start)));
    }
    return Verdicts.overall(results);
  }

  /** These tests do not run, and get the verdict of what has ended the run. */
  private Verdict skipFrom(int first, Verdict verdict) {
    for (Test test : tests.subList(first, tests.size())) {
      end(new TestResult(test, verdict, Duration.ZERO));
    }
    return tests.isEmpty() ? verdict : Verdicts.overall(results);
  }

  private void end(TestResult result) {
    results.add(result);
    passed = Verdicts.passed(results);
    listener.testEnded(result);
  }

  private Verdict test(SqlStatement query, TestSuite.ResultSet set, Test test) {
    try (Database database = databases.take(limits, stop)) {
      database.build(set.setup());
      database.freeze();
      long bytes = Databases.mostBytes(limits);
      if (set.expected() instanceof Expected.Anything) {
        print(query, database);
        return new Passed(1);
      }
      Rows expected = ExpectedRows.of(set.expected(), database, bytes);
      Rows actual = database.query(query, expected.rows().size() + 1, bytes);
      Optional<String> difference = RowComparison.difference(actual, expected, set.ordered());
      if (difference.isEmpty()) {
        return new Passed(1);
      }
      Comparison comparison =
          new Comparison(
              RowText.cut(query.text(), RowText.LONGEST),
              RowText.rows(actual),
              RowText.rows(expected));
      return new Failed(test, Optional.of(comparison), difference, 0);
    } catch (SQLException e) {
      return SqlErrors.verdict(e, stop, limits, query, Optional.of(test));
    } catch (SetupException e) {
      return SqlErrors.verdict(e.error(), stop, limits, query, Optional.of(test));
    }
  }

  private Verdict print(SqlStatement query) {
    try (Database database = databases.take(limits, stop)) {
      database.freeze();
      print(query, database);
      return new Passed(0);
    } catch (SQLException e) {
      return SqlErrors.verdict(e, stop, limits, query, Optional.empty());
    }
  }

  /** Prints the rows of a query; what more than one prints is bounded together. */
  private void print(SqlStatement query, Database database) throws SQLException {
    // A row takes a line at least, so that more rows than characters are not printed.
    Rows rows = database.query(query, printable + 1, Databases.mostBytes(limits));
    GuestOutput output = new GuestOutput();
    output.open(
        printable,
        text -> {
          printable -= text.length();
          listener.output(OutputStreamKind.STANDARD_OUTPUT, text);
        });
    byte[] table = RowText.table(rows).getBytes(StandardCharsets.UTF_8);
    output.write(table, 0, table.length);
    output.finish();
  }

  private void finish(Verdict verdict, Duration elapsed) {
    listener.finished(verdict, elapsed, Optional.empty(), Optional.empty());
  }

  private static Duration since(long start) {
    return Duration.ofNanos(System.nanoTime() - start);
  }
}
