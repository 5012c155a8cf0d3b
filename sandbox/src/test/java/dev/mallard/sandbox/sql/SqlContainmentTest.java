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
import dev.mallard.sandbox.TestSuite.Expected;
import dev.mallard.sandbox.TestSuite.ResultSet;
import dev.mallard.sandbox.TestSuite.ResultSets;
import dev.mallard.sandbox.Verdict;
import dev.mallard.sandbox.Verdict.Crashed;
import dev.mallard.sandbox.Verdict.Failed;
import dev.mallard.sandbox.Verdict.Malformed;
import dev.mallard.sandbox.Verdict.OutOfMemory;
import dev.mallard.sandbox.Verdict.Passed;
import dev.mallard.sandbox.Verdict.TimedOut;
import dev.mallard.sandbox.executor.Watchdog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Hostile queries, and set-ups, reach nothing outside of their database, end with a verdict, and
 * leave the next query its own.
 */
class SqlContainmentTest {
  private static final String SETUP =
      """
      CREATE TABLE pet(id INTEGER PRIMARY KEY, name TEXT);
      INSERT INTO pet VALUES (1, 'Rex'), (2, 'Tom');
      """;

  private static final Limits SHORT = new Limits(Duration.ofSeconds(2), 128, 1_000);

  private static final SqlExecutor EXECUTOR = new SqlExecutor(new Watchdog(), SHORT);

  /** Nothing is ever written here. */
  @TempDir private Path directory;

  @AfterAll
  static void close() {
    EXECUTOR.close();
  }

  @AfterEach
  void anOrdinaryQueryGetsItsVerdictAndNothingIsWritten() throws IOException {
    ResultSet twoPets = result(SETUP, new Expected.Query("VALUES (2)"));
    assertThat(verdict("SELECT count(*) FROM pet", twoPets)).isEqualTo(new Passed(1));
    try (Stream<Path> files = Files.list(directory)) {
      assertThat(files).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "INSERT INTO pet VALUES (3, 'Pip')",
        "UPDATE pet SET name = 'x'",
        "DELETE FROM pet RETURNING *",
        "REPLACE INTO pet VALUES (1, 'x')",
        "DROP TABLE pet",
        "ALTER TABLE pet ADD COLUMN x",
        "CREATE TABLE x(y)",
        "CREATE TEMP TABLE x AS SELECT 1",
        "CREATE VIRTUAL TABLE x USING fts5(y)",
        "WITH x AS (SELECT 1) DELETE FROM pet",
        "WITH x AS (SELECT 1) INSERT INTO pet SELECT 4, 'x' FROM x RETURNING 1",
        "with x(\"(\") as (select ')') update pet set name = 'x' returning 2",
        "ATTACH 'DIRECTORY/file.db' AS other",
        "ATTACH ':memory:' AS other",
        "DETACH main",
        "VACUUM INTO 'DIRECTORY/file.db'",
        "VACUUM",
        "REINDEX",
        "ANALYZE",
        "BEGIN EXCLUSIVE",
        "SAVEPOINT x",
        "EXPLAIN PRAGMA query_only=OFF",
        "/* SELECT */ PRAGMA query_only=OFF",
        "PRAGMA temp_store_directory='DIRECTORY'",
        "PRAGMA writable_schema=ON",
        "PRAGMA database_list",
        "PRAGMA hard_heap_limit=1",
        "\uFEFFPRAGMA temp_store=FILE"
      })
  void aStatementThatIsNoQueryIsRefused(String statement) {
    assertThat(type(statement)).isEqualTo("ReadOnlyError");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT 1; DELETE FROM pet",
        "SELECT 1; PRAGMA query_only=OFF",
        "SELECT 1 /*; */; -- ;\n SELECT 2",
        "VALUES (1);;; ATTACH 'DIRECTORY/file.db' AS x"
      })
  void severalStatementsAreRefused(String statements) {
    assertThat(type(statements)).isEqualTo("ProgrammingError");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "backup to 'DIRECTORY/file.db'",
        "backup main to DIRECTORY/file.db",
        "restore from '/etc/passwd'",
        ".shell touch DIRECTORY/file",
        "\u000BSELECT 1",
        "SELECT 1 \u0000; DELETE FROM pet"
      })
  void whatIsNotSqliteSqlIsMalformed(String text) {
    assertThat(verdict(inDirectory(text), anything())).isInstanceOf(Malformed.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "load_extension('DIRECTORY/x.so')",
        "load_extension('DIRECTORY/x.so', 'main')",
        "\"load_extension\"('x')",
        "readfile('/etc/passwd')",
        "writefile('DIRECTORY/file', 'x')",
        "edit('x')",
        "fts3_tokenizer('simple')",
        "fts3_tokenizer('simple', x'0000000000000000')",
        "sqlite_log(1, 'x')",
        "rtreenode(2, zeroblob(100))",
        "replicate('x', 4294967296)",
        "[replicate]('x', 4294967296)",
        "padl('x', 1000000000)",
        "padr('x', 1000000000)",
        "padc('x', 1000000000)",
        "charindex('x', 'y')",
        "strfilter('x', 'y')",
        "stdev(id)",
        "regexp('(a+)+$', 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaab')",
        "eval('DELETE FROM pet')",
        "fts5(1)"
      })
  void functionsThatReachFurtherOrAreNotSqlitesOwnAreNotThere(String call) {
    assertThat(verdict(inDirectory("SELECT " + call + " FROM pet"), anything()))
        .isInstanceOfSatisfying(
            Crashed.class,
            crashed -> {
              assertThat(crashed.type()).isEqualTo("OperationalError");
              assertThat(crashed.message())
                  .matches("no such function: \\w+|not authorized|wrong number of .*");
            });
  }

  @Test
  void everyFunctionOfTheDriversBuildThatIsNotSqlitesOwnIsReplaced() throws SQLException {
    List<String> calls = new ArrayList<>();
    try (Connection plain = DriverManager.getConnection("jdbc:sqlite::memory:");
        Statement statement = plain.createStatement();
        java.sql.ResultSet functions =
            statement.executeQuery(
                "SELECT DISTINCT name, narg FROM pragma_function_list WHERE NOT builtin")) {
      while (functions.next()) {
        int arguments = Math.abs(functions.getInt(2));
        String list = String.join(", ", Collections.nCopies(arguments, "1"));
        calls.add(functions.getString(1) + "(" + list + ")");
      }
    }
    assertThat(calls).hasSizeGreaterThan(30);
    assertThat(calls)
        .allSatisfy(call -> assertThat(message("SELECT " + call)).startsWith("no such"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "pragma_database_list",
        "pragma_function_list",
        "\"pragma_query_only\"",
        "[PRAGMA_TEMP_STORE]",
        "'pragma_hard_heap_limit'",
        "pragma_wal_checkpoint",
        "dbstat",
        "fts3tokenize('simple', 'a b')",
        "sqlite_dbpage",
        "temp.pragma_optimize"
      })
  void tablesThatTellOfOrActOnTheEngineAreNotThere(String table) {
    assertThat(type("SELECT * FROM " + table)).isEqualTo("OperationalError");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT count(*) FROM pragma_table_info('pet')",
        "SELECT 2 FROM json_each('[1]')",
        "SELECT count(*) + 1 FROM sqlite_master",
        "SELECT sqrt(4) FROM pet WHERE name LIKE '%ex' AND upper(name) GLOB 'R*'"
      })
  void whatAnOrdinaryQueryUsesIsThere(String query) {
    assertThat(verdict(query, result(SETUP, new Expected.Query("VALUES (2)"))))
        .isEqualTo(new Passed(1));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "a recursion without end      | WITH n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n)"
            + " SELECT max(i) FROM n",
        "a recursion that repeats     | WITH n(i) AS (SELECT 1 UNION SELECT (i + 1) % 5 FROM n,"
            + " pet a, pet b) SELECT count(*) FROM n, n a, n b, n c, n d, n e, n f, n g, n h, n j,"
            + " n k, n l, n m, n o, n p",
        "rows without end, none given | WITH n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n)"
            + " SELECT i FROM n WHERE i < 0",
        "a cross join, summed         | WITH n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT"
            + " 10000) SELECT sum(a.i * b.i * c.i) FROM n a, n b, n c",
        "a window over a cross join   | WITH n(i) AS (SELECT 1 UNION ALL SELECT i FROM n LIMIT"
            + " 300000) SELECT max(s) FROM (SELECT sum(i) OVER (ROWS BETWEEN UNBOUNDED PRECEDING"
            + " AND UNBOUNDED FOLLOWING EXCLUDE CURRENT ROW) AS s FROM n)"
      })
  void endlessWorkIsStopped(String name, String query) {
    assertThat(verdict(query, anything())).as(name).isInstanceOf(TimedOut.class);
  }

  @Test
  void stepsAreCountedAlsoWhenTheClockStandsStill() throws SQLException {
    Stop stop = new Stop(1_000_000);
    String endless = "WITH n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT max(i) FROM n";
    try (Database database = Database.open()) {
      database.bound(Limits.DEFAULT, stop);
      assertThatThrownBy(() -> database.query(SqlStatement.split(endless).getFirst(), 1, 1_000_000))
          .hasMessageContaining("interrupt");
    }
    assertThat(stop.reason()).contains(Stop.Reason.TIME);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "a sort of all numbers  | WITH n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n)"
            + " SELECT i, randomblob(1000) FROM n ORDER BY 2",
        "a union of all numbers | WITH n(i) AS (SELECT 1 UNION SELECT i + 1 FROM n)"
            + " SELECT randomblob(1000) FROM n UNION SELECT 1",
        "a sort of great values | WITH n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n)"
            + " SELECT randomblob(500000) FROM n ORDER BY 1",
        "groups without end     | WITH n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n)"
            + " SELECT randomblob(1000), count(*) FROM n GROUP BY 1"
      })
  void memoryIsBounded(String name, String query) {
    long before = NativeMemory.used();
    Limits limits = new Limits(Duration.ofSeconds(20), 128, 1_000);
    assertThat(verdict(query, anything(), limits)).as(name).isInstanceOf(OutOfMemory.class);
    assertThat(NativeMemory.used() - before).as(name).isLessThan(512L << 20);
  }

  @Test
  void aBillionRowsAreNotRead() {
    String billion =
        "WITH n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT 1000)"
            + " SELECT a.i, zeroblob(900000) FROM n a, n b, n c";
    assertThat(verdict(billion, anything())).isInstanceOf(Failed.class);
    assertThatThrownBy(() -> verdict(billion, result(SETUP, new Expected.Query(billion))))
        .as("not even where they are expected")
        .isInstanceOf(MalformedTestsException.class)
        .hasMessageContaining("do not fit in memory");
    assertThat(run(billion, TestSuite.EMPTY, SHORT).verdict())
        .as("not even where they are printed")
        .isInstanceOf(OutOfMemory.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT zeroblob(1000000000)",
        "SELECT randomblob(1000000000)",
        "SELECT hex(zeroblob(900000))",
        "SELECT printf('%.*c', 1000000000, 'x')",
        "SELECT printf('%1000000000d', 1)",
        "SELECT replace(hex(zeroblob(1000)), '0', hex(zeroblob(1000)))",
        "WITH n(s) AS (SELECT 'x' UNION ALL SELECT s || s FROM n) SELECT max(length(s)) FROM n",
        "WITH n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT 300000)"
            + " SELECT group_concat(i) FROM n",
        "WITH n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT 300000)"
            + " SELECT json_group_array(i) FROM n"
      })
  void aValueIsBounded(String query) {
    assertThat(type(query)).isEqualTo("DataError");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "SELECT   | SELECT * FROM (     | 1 | )",
        "SELECT   | (                   | 1 | )",
        "SELECT   | (SELECT             | 1 | )",
        "SELECT 1 | +1                  | '' | ''",
        "SELECT   | NOT                 | 1 | ''",
        "SELECT   | CASE WHEN 1 THEN    | 1 | END",
        "SELECT 1 | UNION ALL SELECT 1  | '' | ''",
        "SELECT * FROM | (              | pet | )",
        "SELECT 1 FROM pet | JOIN pet   | '' | ''",
        "SELECT   | abs(                | 1 | )",
        "SELECT   | [json_array](       | 1 | )"
      })
  void deepNestingIsRefused(String start, String open, String middle, String close) {
    String query = start + " " + (open + " ").repeat(9_000) + middle + (" " + close).repeat(9_000);
    assertThat(verdict(query, anything()))
        .isInstanceOfAny(Crashed.class, Malformed.class, Failed.class);
  }

  @Test
  void longListsAreReadOrRefused() {
    ResultSet one = result(SETUP, new Expected.Query("VALUES (1)"));
    assertThat(verdict("SELECT 1 IN (0" + ",1".repeat(100_000) + ")", one, Limits.DEFAULT))
        .isEqualTo(new Passed(1));
    assertThat(verdict("SELECT 1 IN (0" + ",1".repeat(600_000) + ")", one))
        .isInstanceOf(Malformed.class);
    assertThat(type("SELECT 1" + ",1".repeat(100_000))).isEqualTo("OperationalError");
    assertThat(type("SELECT max(1" + ",1".repeat(100_000) + ")")).isEqualTo("OperationalError");
  }

  @Test
  void queriesThatBuildOnEachOtherDoNotOverflowTheStack() {
    StringBuilder query = new StringBuilder("WITH c0 AS (SELECT 1)");
    for (int index = 1; index < 3_000; index++) {
      query.append(", c%d AS (SELECT * FROM c%d)".formatted(index, index - 1));
    }
    assertThat(verdict(query + " SELECT * FROM c2999", anything(), Limits.DEFAULT))
        .isInstanceOfAny(Passed.class, Failed.class, Crashed.class, TimedOut.class);
  }

  @Test
  void patternsAreBounded() {
    assertThat(
            type("SELECT printf('%.*c', 100000, 'a') LIKE '" + "%a".repeat(20_000) + "b' FROM pet"))
        .isEqualTo("OperationalError");
    assertThat(
            verdict(
                "SELECT printf('%.*c', 500000, 'a') LIKE '"
                    + "%a_".repeat(160)
                    + "b' OR printf('%.*c', 500000, 'a') GLOB '"
                    + "*[a-b]".repeat(80)
                    + "c'",
                anything()))
        .isInstanceOf(Failed.class);
  }

  @Test
  void aQueryThatCannotBeInterruptedIsGivenUpOn() {
    RecordingListener listener = new RecordingListener();
    SqlExecutor another = new SqlExecutor(new Watchdog());
    Limits limits = SHORT.withWallClock(Duration.ofMillis(50));
    Thread.ofPlatform()
        .daemon()
        .start(() ->
            another.execute(
                new Execution(
                    GuestLanguage.SQL,
                    "SELECT instr(printf('%.*c', 900000, 'a'), printf('%.*c', 450000, 'a') ||"
                        + " 'b')",
                    new ResultSets(List.of(anything())),
                    limits),
                listener));
    assertThat(listener.report().verdict()).isInstanceOf(TimedOut.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ATTACH 'DIRECTORY/file.db' AS other;",
        "VACUUM INTO 'DIRECTORY/file.db';",
        "VACUUM;",
        "PRAGMA temp_store=FILE;",
        "PRAGMA max_page_count=1000000000;",
        "PRAGMA foreign_keys=ON, 1, 2;",
        "EXPLAIN PRAGMA temp_store=FILE;",
        "backup to 'DIRECTORY/file.db';",
        "CREATE VIRTUAL TABLE t USING fts5(a);",
        "CREATE TABLE t(a); INSERT INTO t VALUES (replicate('x', 4294967296));",
        "CREATE TABLE t(a, b AS (replicate(a, 4294967296)) STORED); INSERT INTO t VALUES ('x');",
        "CREATE TABLE t(a CHECK (padl(a, 5) > 0)); INSERT INTO t VALUES ('x');",
        "CREATE VIEW v AS SELECT * FROM pragma_database_list;",
        "SELECT load_extension('DIRECTORY/x.so');",
        "CREATE TABLE t(a); WITH n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) INSERT INTO t"
            + " SELECT randomblob(100000) FROM n;",
        "CREATE TEMP TABLE t AS WITH n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT"
            + " randomblob(100000) FROM n;"
      })
  void aSetupIsHeldToTheSameRules(String setup) {
    ResultSet set = result(inDirectory(setup), new Expected.Query("VALUES (1)"));
    assertThat(EXECUTOR.check(new ResultSets(List.of(set)))).isPresent();
    assertThatThrownBy(() -> verdict("SELECT 1", set)).isInstanceOf(MalformedTestsException.class);
  }

  @Test
  void aViewOfTheSetupCannotUseWhatIsNotThere() {
    ResultSet set =
        result(
            "CREATE VIEW v AS SELECT replicate('x', 4294967296) AS a, load_extension('x') AS b;",
            new Expected.Query("VALUES (1)"));
    assertThat(verdict("SELECT a FROM v", set)).isInstanceOf(Crashed.class);
    assertThat(verdict("SELECT b FROM v", set)).isInstanceOf(Crashed.class);
  }

  private String type(String query) {
    Verdict verdict = verdict(inDirectory(query), anything());
    return verdict instanceof Crashed crashed ? crashed.type() : verdict.toString();
  }

  private String message(String query) {
    Verdict verdict = verdict(query, anything());
    return verdict instanceof Crashed crashed ? crashed.message() : verdict.toString();
  }

  private String inDirectory(String text) {
    return text.replace("DIRECTORY", directory.toString());
  }

  private static ResultSet anything() {
    return result(
        SETUP, new Expected.Rows(List.of(List.of(new DataValue.Text("some other value")))));
  }

  private static ResultSet result(String setup, Expected expected) {
    return new ResultSet(setup, expected, false);
  }

  private static Verdict verdict(String query, ResultSet set) {
    return verdict(query, set, SHORT);
  }

  private static Verdict verdict(String query, ResultSet set, Limits limits) {
    return run(query, new ResultSets(List.of(set)), limits).verdict();
  }

  private static Report run(String query, TestSuite tests, Limits limits) {
    RecordingListener listener = new RecordingListener();
    EXECUTOR.execute(new Execution(GuestLanguage.SQL, query, tests, limits), listener);
    return listener.report();
  }
}
