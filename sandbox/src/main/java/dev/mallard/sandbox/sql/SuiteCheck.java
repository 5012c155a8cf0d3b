package dev.mallard.sandbox.sql;

import dev.mallard.sandbox.Limits;
import dev.mallard.sandbox.TestSuite;
import dev.mallard.sandbox.TestSuite.ResultSet;
import dev.mallard.sandbox.TestSuite.ResultSets;
import dev.mallard.sandbox.Verdict.Malformed;
import dev.mallard.sandbox.executor.SourceText;
import dev.mallard.sandbox.executor.Watchdog;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/**
 * Says whether tests are in order: it builds their databases and runs the queries that they expect
 * the rows of.
 */
final class SuiteCheck {
  private final Databases databases;
  private final Limits limits;

  /**
   * Creates a check.
   *
   * @param limits what all databases of a suite together may use
   */
  SuiteCheck(Databases databases, Limits limits) {
    this.databases = databases;
    this.limits = limits;
  }

  /**
   * What is wrong with a suite; empty if nothing is.
   *
   * @param giveUp is called if SQLite does not notice that it is to stop
   */
  Optional<Malformed> problem(TestSuite suite, Watchdog watchdog, Runnable giveUp) {
    if (suite.isEmpty()) {
      return Optional.empty();
    }
    return switch (suite) {
      case ResultSets(List<ResultSet> sets) -> problem(sets, watchdog, giveUp);
      case TestSuite.Asserts asserts -> otherStyle();
      case TestSuite.Calls calls -> otherStyle();
      case TestSuite.StandardIo exchanges -> otherStyle();
    };
  }

  private static Optional<Malformed> otherStyle() {
    return Optional.of(new Malformed("SQL is tested by result sets", 1, 1));
  }

  private Optional<Malformed> problem(List<ResultSet> sets, Watchdog watchdog, Runnable giveUp) {
    Stop stop = Databases.stop(limits);
    try (var _ = watchdog.watch(limits.wallClock(), () -> stop.request(Stop.Reason.TIME), giveUp);
        var _ = databases.watchMemory(limits, stop)) {
      for (int index = 0; index < sets.size(); index++) {
        Optional<Malformed> problem = problem(sets.get(index), "result set " + (index + 1), stop);
        if (problem.isPresent()) {
          return problem;
        }
      }
      return Optional.empty();
    }
  }

  private Optional<Malformed> problem(ResultSet set, String name, Stop stop) {
    Optional<Malformed> noText = SourceText.problem(set.setup());
    if (noText.isPresent()) {
      return noText;
    }
    try (Database database = databases.take(limits, stop)) {
      database.build(set.setup());
      database.freeze();
      ExpectedRows.of(set.expected(), database, Databases.mostBytes(limits));
      return Optional.empty();
    } catch (SetupException e) {
      String message = name + ", setup: " + why(e.error(), stop);
      return Optional.of(new Malformed(message, e.line(), e.column()));
    } catch (SQLException e) {
      return Optional.of(new Malformed(name + ", expected: " + why(e, stop), 1, 1));
    }
  }

  private String why(SQLException error, Stop stop) {
    if (stop.reason().isEmpty()) {
      return SqlErrors.message(error);
    }
    return switch (stop.reason().get()) {
      case TIME -> "it runs for more than %,d ms".formatted(limits.wallClock().toMillis());
      case MEMORY -> "it takes more than %,d MiB".formatted(limits.heapMebibytes());
    };
  }
}
