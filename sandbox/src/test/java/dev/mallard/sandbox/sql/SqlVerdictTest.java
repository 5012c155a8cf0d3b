package dev.mallard.sandbox.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mallard.sandbox.DataValue;
import dev.mallard.sandbox.Execution;
import dev.mallard.sandbox.GuestLanguage;
import dev.mallard.sandbox.Limits;
import dev.mallard.sandbox.MalformedTestsException;
import dev.mallard.sandbox.Report;
import dev.mallard.sandbox.TestSuite;
import dev.mallard.sandbox.TestSuite.Call;
import dev.mallard.sandbox.TestSuite.Calls;
import dev.mallard.sandbox.TestSuite.Exchange;
import dev.mallard.sandbox.TestSuite.Expected;
import dev.mallard.sandbox.TestSuite.ResultSet;
import dev.mallard.sandbox.TestSuite.ResultSets;
import dev.mallard.sandbox.TestSuite.StandardIo;
import dev.mallard.sandbox.Verdict;
import dev.mallard.sandbox.Verdict.Comparison;
import dev.mallard.sandbox.Verdict.Crashed;
import dev.mallard.sandbox.Verdict.Failed;
import dev.mallard.sandbox.Verdict.Malformed;
import dev.mallard.sandbox.Verdict.Passed;
import dev.mallard.sandbox.Verdict.TimedOut;
import dev.mallard.sandbox.executor.Watchdog;
import java.math.BigInteger;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which verdict a query gets. */
class SqlVerdictTest {
  private static final String PETS =
      """
      CREATE TABLE pet(id INTEGER PRIMARY KEY, name TEXT, weight REAL, owner INTEGER);
      INSERT INTO pet VALUES (1, 'Rex', 12.5, 1), (2, 'Tom', 4.0, 1), (3, 'Pip', NULL, 2);
      """;

  private static final SqlExecutor EXECUTOR = new SqlExecutor(new Watchdog());

  @AfterAll
  static void close() {
    EXECUTOR.close();
  }

  @Test
  void aQueryThatGivesTheExpectedRowsPasses() {
    assertThat(verdict("SELECT name FROM pet WHERE owner = 1", rows(row("Rex"), row("Tom"))))
        .isEqualTo(new Passed(1));
  }

  @Test
  void theExpectedRowsMayBeThoseOfAQuery() {
    ResultSet set =
        new ResultSet(PETS, new Expected.Query("SELECT name FROM pet WHERE id < 3;"), false);
    assertThat(verdict("SELECT name FROM pet WHERE owner = 1", set)).isEqualTo(new Passed(1));
    assertThat(verdict("SELECT name FROM pet WHERE owner = 2", set)).isInstanceOf(Failed.class);
  }

  @Test
  void whereAnythingIsExpectedTheRowsArePrinted() {
    ResultSet pets = new ResultSet(PETS, new Expected.Anything(), false);
    ResultSet none = new ResultSet(PETS + "DELETE FROM pet;", new Expected.Anything(), false);

    Report report = run("SELECT id, name FROM pet WHERE id > 1", pets, none);

    assertThat(report.verdict()).isEqualTo(new Passed(2));
    assertThat(report.standardOutput())
        .isEqualTo("id  name\n--  ----\n2   Tom\n3   Pip\nid  name\n--  ----\n");
    assertThat(verdict("SELECT nme FROM pet", pets)).isInstanceOf(Crashed.class);
    assertThat(check("CREATE TABLE t(a", new ResultSet("", new Expected.Anything(), false)))
        .isPresent();
  }

  @Test
  void aQueryThatGivesOtherRowsFailsWithBothInItsVerdict() {
    assertThat(verdict("SELECT name, weight FROM pet\nWHERE id = 2;", rows(row("Tom", 5))))
        .isEqualTo(
            new Failed(
                new Verdict.Test(1, rows(row("Tom", 5)).source()),
                Optional.of(
                    new Comparison(
                        "SELECT name, weight FROM pet\nWHERE id = 2",
                        "('Tom', 4.0)",
                        "('Tom', 5)")),
                Optional.of(
                    "the row ('Tom', 4) is not expected, and the row ('Tom', 5) is missing"),
                0));
  }

  @Test
  void rowsAreABagUnlessTheirOrderCounts() {
    String backwards = "SELECT id FROM pet ORDER BY id DESC";
    assertThat(verdict(backwards, rows(row(1), row(2), row(3)))).isEqualTo(new Passed(1));
    assertThat(verdict(backwards, orderedRows(row(3), row(2), row(1)))).isEqualTo(new Passed(1));
    assertThat(message(backwards, orderedRows(row(1), row(2), row(3))))
        .isEqualTo("row 1 is (3), expected (1)");
  }

  @Test
  void aBagCountsHowOftenARowIsThere() {
    assertThat(verdict("SELECT owner FROM pet", rows(row(1), row(2), row(1))))
        .isEqualTo(new Passed(1));
    assertThat(message("SELECT owner FROM pet", rows(row(1), row(2), row(2))))
        .isEqualTo("the row (1) is not expected, and the row (2) is missing");
  }

  @Test
  void theNumberOfRowsCounts() {
    assertThat(message("SELECT id FROM pet", rows(row(1), row(2))))
        .isEqualTo("the query gives 3 rows, expected 2 rows");
    assertThat(message("SELECT id FROM pet, pet", rows(row(1), row(2))))
        .as("ambiguous names are another matter")
        .startsWith("ambiguous");
    assertThat(message("SELECT 1 FROM pet a, pet b, pet c", rows(row(1))))
        .isEqualTo("the query gives at least 2 rows, expected 1 row");
    assertThat(message("SELECT id FROM pet WHERE id > 5", rows(row(1))))
        .isEqualTo("the query gives 0 rows, expected 1 row");
    assertThat(verdict("SELECT id FROM pet WHERE id > 5", rows())).isEqualTo(new Passed(1));
  }

  @Test
  void theNumberOfColumnsCountsAndTheirNamesDoNot() {
    assertThat(verdict("SELECT id AS anything FROM pet WHERE id = 1", rows(row(1))))
        .isEqualTo(new Passed(1));
    assertThat(message("SELECT id, name FROM pet WHERE id = 1", rows(row(1))))
        .isEqualTo("the query gives 2 columns, expected 1 column");
    ResultSet nothing =
        new ResultSet(PETS, new Expected.Query("SELECT id FROM pet WHERE id > 5"), false);
    assertThat(message("SELECT id, name FROM pet WHERE id > 5", nothing))
        .isEqualTo("the query gives 2 columns, expected 1 column");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "1                     | 1.0",
        "4611686018427387904   | 4611686018427387904",
        "0.1 + 0.2             | 0.3",
        "1e300 * 10            | 1e301",
        "1e999                 | 1e999",
        "NULL                  | NULL",
        "'é'                   | char(233)",
        "x'00ff'               | x'00FF'",
        "2.0000000000000001    | 2",
        "-0.0                  | 0"
      })
  void theseValuesAreEqual(String one, String other) {
    assertThat(compare(one, other, true)).isEqualTo(new Passed(1));
    assertThat(compare(one, other, false)).isEqualTo(new Passed(1));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "1                     | '1'",
        "4611686018427387904   | 4611686018427387905",
        "1.0                   | 1.00000001",
        "1e999                 | -1e999",
        "1e999                 | 1e308",
        "NULL                  | 0",
        "NULL                  | ''",
        "'a'                   | 'A'",
        "'a'                   | 'a '",
        "'a'                   | x'61'",
        "x'00'                 | x'0000'"
      })
  void theseValuesDiffer(String one, String other) {
    assertThat(compare(one, other, true)).isInstanceOf(Failed.class);
    assertThat(compare(one, other, false)).isInstanceOf(Failed.class);
  }

  @Test
  void aBagOfNumbersThatAlmostAgreePasses() {
    assertThat(
            verdict(
                "VALUES (0.1 + 0.2, 'b'), (0.3, 'a')",
                new ResultSet(
                    "", new Expected.Query("VALUES (0.3, 'b'), (0.1 + 0.2, 'a')"), false)))
        .isEqualTo(new Passed(1));
  }

  @Test
  void aWholeNumberBeyondSqlitesIsARealNumber() {
    assertThat(
            verdict(
                "SELECT 18446744073709551616",
                rows(List.of(new DataValue.Whole(BigInteger.TWO.pow(64))))))
        .isEqualTo(new Passed(1));
  }

  @Test
  void aTruthValueIsOneOrZero() {
    assertThat(verdict("SELECT 1 = 1, 1 = 2", rows(row(true, false)))).isEqualTo(new Passed(1));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT count(*) FROM pet;",
        "select count(*) from pet",
        "-- how many\nSELECT count(*) /* all; of them */ FROM pet; -- done;",
        "WITH all_of_them AS (SELECT * FROM pet) SELECT count(*) FROM all_of_them;",
        "VALUES (3)",
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 3)"
            + " SELECT max(i) FROM n",
        ";;SELECT count(id) OVER () FROM pet LIMIT 1;;",
        "\uFEFFSELECT 3"
      })
  void aQueryMayLookLikeThis(String query) {
    assertThat(verdict(query, rows(row(3)))).isEqualTo(new Passed(1));
  }

  @Test
  void everyResultSetIsATestOnADatabaseOfItsOwn() {
    Report report =
        run(
            "SELECT count(*) FROM pet",
            rows(row(3)),
            rows(row(4)),
            new ResultSet(PETS + "DELETE FROM pet;", new Expected.Rows(List.of(row(0))), false),
            new ResultSet("CREATE TABLE dog(id);", new Expected.Rows(List.of(row(0))), false),
            rows(row(3)));
    assertThat(report.tests())
        .extracting(result -> result.test().number())
        .containsExactly(1, 2, 3, 4, 5);
    assertThat(report.tests())
        .extracting(result -> result.verdict().getClass().getSimpleName())
        .containsExactly("Passed", "Failed", "Passed", "Crashed", "Passed");
    assertThat(report.verdict()).isInstanceOf(Failed.class);
    assertThat(((Failed) report.verdict()).testsPassed()).isEqualTo(3);
    assertThat(((Failed) report.verdict()).test().number()).isEqualTo(2);
    assertThat(report.tests()).allSatisfy(result -> assertThat(result.elapsed()).isPositive());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "SELEC name FROM pet                   | 1 | 1  | near \"SELEC\": syntax error",
        "SELECT name FORM pet                  | 1 | 18 | near \"pet\": syntax error",
        "SELECT name FROM (SELECT * FROM pet   | 1 | 36 | incomplete input",
        "SELECT (name) FROM pet WHERE (id) = ) | 1 | 37 | near \")\": syntax error",
        "SELECT 'abc                           | 1 | 8  | unrecognized token: \"'abc\"",
        "WITH p AS (SELECT 1)                  | 1 | 21 | incomplete input",
        "The query is: SELECT 1                | 1 | 1  | near \"The\": syntax error",
      })
  void aQueryThatDoesNotParseIsMalformed(String query, int line, int column, String message) {
    assertThat(verdict(query, rows(row(1)))).isEqualTo(new Malformed(message, line, column));
  }

  @Test
  void aSyntaxErrorHasItsLine() {
    assertThat(verdict("SELECT name\nFROM pet\n  WHERE WHERE id", rows(row(1))))
        .isEqualTo(new Malformed("near \"WHERE\": syntax error", 3, 9));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " \n", "-- nothing", ";", "/* nothing"})
  void noQueryIsMalformed(String query) {
    assertThat(verdict(query, rows(row(1)))).isEqualTo(new Malformed("there is no query", 1, 1));
  }

  @Test
  void aQueryThatDoesNotParseStartsNothing() {
    RecordingListener listener = new RecordingListener();
    execute("SELEC", new ResultSets(List.of(rows(row(1)))), Limits.DEFAULT, listener);
    assertThat(listener.starts()).isZero();
    assertThat(listener.report().tests()).isEmpty();
  }

  @Test
  void anUnknownColumnCrashesTheTestWithItsLine() {
    ResultSet set = rows(row(1));
    assertThat(verdict("SELECT name\nFROM pet\nWHERE pet.age > 3", set))
        .isEqualTo(
            new Crashed(
                "OperationalError",
                "no such column: pet.age",
                Optional.of(3),
                Optional.of(new Verdict.Test(1, set.source())),
                0));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "SELECT 1 FROM cat                         | OperationalError | no such table: cat",
        "SELECT lenght(name) FROM pet              | OperationalError | no such function: lenght",
        "SELECT abs(-9223372036854775808)          | OperationalError | integer overflow",
        "SELECT sum(id + 9223372036854775800) FROM pet | OperationalError | integer overflow",
        "SELECT id FROM pet UNION SELECT 1, 2 "
            + "| OperationalError | SELECTs to the left and right of UNION do not have the same "
            + "number of result columns",
        "SELECT max(count(*)) FROM pet      | OperationalError | misuse of aggregate function"
            + " count()",
        "SELECT zeroblob(1000000000)               | DataError | string or blob too big"
      })
  void aQueryThatGoesWrongCrashes(String query, String type, String message) {
    assertThat(verdict(query, rows(row(1))))
        .isInstanceOfSatisfying(
            Crashed.class,
            crashed -> {
              assertThat(crashed.type()).isEqualTo(type);
              assertThat(crashed.message()).isEqualTo(message);
            });
  }

  @Test
  void twoStatementsAreRefusedAtTheSecond() {
    assertThat(verdict("SELECT 1;\nSELECT 2", rows(row(1))))
        .isEqualTo(
            new Crashed(
                "ProgrammingError",
                "You can only execute one statement at a time.",
                Optional.of(2),
                Optional.empty(),
                0));
  }

  @Test
  void aStatementThatIsNoQueryIsRefused() {
    assertThat(verdict("DELETE FROM pet", rows(row(1))))
        .isEqualTo(
            new Crashed(
                "ReadOnlyError",
                "DELETE is no query: only SELECT, WITH ... SELECT and VALUES are run",
                Optional.of(1),
                Optional.empty(),
                0));
  }

  @Test
  void aQueryWithoutEndTimesOut() {
    Limits limits = Limits.DEFAULT.withWallClock(Duration.ofMillis(200));
    RecordingListener listener = new RecordingListener();
    ResultSet first = rows(row(3));
    ResultSet second =
        new ResultSet(
            "CREATE TABLE pet(id); INSERT INTO pet VALUES (0);",
            new Expected.Rows(List.of(row(1))),
            false);
    execute(
        "WITH n(i) AS (SELECT count(*) FROM pet UNION ALL SELECT i FROM n WHERE i = 1)"
            + " SELECT count(*) + 2 FROM n",
        new ResultSets(List.of(first, second, first)),
        limits,
        listener);
    Report report = listener.report();
    assertThat(report.tests())
        .extracting(result -> result.verdict().getClass().getSimpleName())
        .containsExactly("Passed", "TimedOut", "TimedOut");
    assertThat(report.verdict())
        .isEqualTo(new TimedOut(limits.wallClock(), Optional.of(report.tests().get(1).test()), 1));
  }

  @Test
  void withoutTestsTheRowsArePrinted() {
    RecordingListener listener = new RecordingListener();
    execute(
        "SELECT 1 AS id, 'Ann' AS name, NULL AS boss UNION SELECT 22, 'B\n', x'00ff'",
        TestSuite.EMPTY,
        Limits.DEFAULT,
        listener);
    assertThat(listener.report().verdict()).isEqualTo(new Passed(0));
    assertThat(listener.report().standardOutput())
        .isEqualTo(
            """
            id  name  boss
            --  ----  -------
            1   Ann   NULL
            22  B\\n   x'00ff'
            """);
  }

  @Test
  void whatIsPrintedIsCutToItsLimit() {
    RecordingListener listener = new RecordingListener();
    execute(
        "WITH n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT 100000) SELECT i FROM n",
        TestSuite.EMPTY,
        new Limits(Duration.ofSeconds(10), 512, 20),
        listener);
    assertThat(listener.report().verdict()).isEqualTo(new Passed(0));
    assertThat(listener.report().standardOutput()).hasSize(20).startsWith("i\n--\n1\n2\n");
  }

  @Test
  void longRowsAreCutInAVerdict() {
    Verdict verdict =
        verdict(
            "WITH n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT 1000)"
                + " SELECT i, printf('%.*c', 5000, 'x') FROM n",
            new ResultSet(
                "",
                new Expected.Query(
                    "WITH n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT 1000)"
                        + " SELECT i, i FROM n"),
                true));
    assertThat(verdict)
        .isInstanceOfSatisfying(
            Failed.class,
            failed -> {
              Comparison comparison = failed.comparison().orElseThrow();
              assertThat(comparison.actual()).hasSizeLessThan(1100).endsWith("more");
              assertThat(comparison.expected()).hasSizeLessThan(1100).endsWith("more");
              assertThat(failed.message().orElseThrow()).hasSizeLessThan(1100);
            });
  }

  @Test
  void setUpMayHoldTriggersViewsAndTransactions() {
    String setup =
        """
        PRAGMA foreign_keys=OFF;
        BEGIN TRANSACTION;
        CREATE TABLE log(text);
        CREATE TABLE pet(id);
        CREATE TRIGGER noted AFTER INSERT ON pet BEGIN
          INSERT INTO log VALUES (CASE WHEN new.id > 1 THEN 'many; END' ELSE 'one' END);
          DELETE FROM log WHERE text IS NULL;
        END;
        CREATE VIEW noted_pets AS SELECT * FROM log;
        INSERT INTO pet VALUES (1), (2);
        COMMIT;
        """;
    assertThat(
            verdict(
                "SELECT text FROM noted_pets",
                new ResultSet(
                    setup, new Expected.Rows(List.of(row("one"), row("many; END"))), true)))
        .isEqualTo(new Passed(1));
  }

  @Test
  void onlyResultSetsTestSql() {
    Malformed otherStyle = new Malformed("SQL is tested by result sets", 1, 1);
    assertThat(EXECUTOR.check(TestSuite.asserts("SELECT 1"))).contains(otherStyle);
    assertThat(
            EXECUTOR.check(new Calls("f", List.of(new Call(List.of(), new DataValue.Null())), 0)))
        .contains(otherStyle);
    assertThat(EXECUTOR.check(new StandardIo(List.of(new Exchange("", ""))))).contains(otherStyle);
    assertThat(EXECUTOR.check(TestSuite.EMPTY)).isEmpty();
    assertThat(EXECUTOR.check(new ResultSets(List.of(rows(row(1)))))).isEmpty();
  }

  @Test
  void testsThatDoNotRunAreMalformed() {
    assertThat(check("CREATE TABLE pet(id);\n INSERT INTO cat VALUES (1);", rows()))
        .contains(new Malformed("result set 2, setup: no such table: cat", 2, 2));
    assertThat(check("CREATE TABL pet(id)", rows()))
        .contains(new Malformed("result set 2, setup: near \"TABL\": syntax error", 1, 1));
    assertThat(check("ATTACH 'file' AS other", rows()))
        .contains(
            new Malformed("result set 2, setup: ATTACH cannot be used to build a database", 1, 1));
    assertThat(check(PETS, new ResultSet("", new Expected.Query("SELECT nme FROM pet"), true)))
        .contains(new Malformed("result set 2, expected: no such column: nme", 1, 1));
    assertThat(check(PETS, new ResultSet("", new Expected.Query("DELETE FROM pet"), true)))
        .contains(
            new Malformed(
                "result set 2, expected: DELETE is no query: only SELECT, WITH ... SELECT and"
                    + " VALUES are run",
                1,
                1));
    assertThat(check(PETS, rows(row(1), row(1, 2))))
        .contains(
            new Malformed(
                "result set 2, expected: the rows have different numbers of columns", 1, 1));
    assertThat(check(PETS, rows(List.of(new DataValue.Mapping(Map.of())))))
        .contains(new Malformed("result set 2, expected: a row cannot hold the mapping {}", 1, 1));
  }

  @Test
  void testsThatDoNotRunAreNotRun() {
    RecordingListener listener = new RecordingListener();
    ResultSets broken =
        new ResultSets(List.of(new ResultSet("CREAT", new Expected.Rows(List.of()), true)));
    assertThatThrownBy(() -> execute("SELECT 1", broken, Limits.DEFAULT, listener))
        .isInstanceOf(MalformedTestsException.class);
    assertThat(listener.starts()).isZero();
  }

  private static Optional<Malformed> check(String setup, ResultSet expected) {
    return EXECUTOR.check(
        new ResultSets(List.of(rows(row(1)), new ResultSet(setup, expected.expected(), true))));
  }

  private static Verdict compare(String one, String other, boolean ordered) {
    return verdict(
        "SELECT " + one, new ResultSet("", new Expected.Query("SELECT " + other), ordered));
  }

  private static Verdict verdict(String query, ResultSet set) {
    return run(query, set).verdict();
  }

  /** What the verdict on a query that fails or crashes says. */
  private static String message(String query, ResultSet set) {
    return switch (verdict(query, set)) {
      case Failed failed -> failed.message().orElseThrow();
      case Crashed crashed -> crashed.message();
      case Verdict other -> throw new AssertionError(other);
    };
  }

  private static Report run(String query, ResultSet... sets) {
    RecordingListener listener = new RecordingListener();
    execute(query, new ResultSets(List.of(sets)), Limits.DEFAULT, listener);
    return listener.report();
  }

  private static void execute(
      String query, TestSuite tests, Limits limits, RecordingListener listener) {
    EXECUTOR.execute(new Execution(GuestLanguage.SQL, query, tests, limits), listener);
  }

  @SafeVarargs
  @SuppressWarnings("varargs") // The array goes no further than into a list.
  private static ResultSet rows(List<DataValue>... rows) {
    return new ResultSet(PETS, new Expected.Rows(List.of(rows)), false);
  }

  @SafeVarargs
  @SuppressWarnings("varargs") // The array goes no further than into a list.
  private static ResultSet orderedRows(List<DataValue>... rows) {
    return new ResultSet(PETS, new Expected.Rows(List.of(rows)), true);
  }

  private static List<DataValue> row(Object... values) {
    return Arrays.stream(values)
        .map(value ->
            switch (value) {
              case Integer whole -> new DataValue.Whole(whole);
              case Boolean truth -> new DataValue.Bool(truth);
              case String text -> new DataValue.Text(text);
              default -> throw new AssertionError(value);
            })
        .map(DataValue.class::cast)
        .toList();
  }
}
