package dev.mallard.generator.sql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mallard.generator.model.Completion;
import dev.mallard.sandbox.Limits;
import dev.mallard.sandbox.Sandbox;
import dev.mallard.sandbox.pool.WorkerPool;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** When two queries have one result, and what rows are made up. */
@TestInstance(Lifecycle.PER_CLASS)
class SqlDatabaseTest {
  private static final Limits LIMITS = Limits.DEFAULT.withWallClock(Duration.ofSeconds(30));

  private final Sandbox sandbox = WorkerPool.start();

  @AfterAll
  void stop() {
    sandbox.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "SELECT NULL                  | SELECT ''                           | false",
        "SELECT NULL                  | SELECT 'NULL'                       | false",
        "SELECT 1                     | SELECT '1'                          | false",
        "SELECT 1                     | SELECT 1.0                          | true",
        "SELECT 0.3                   | SELECT 0.1 + 0.2                    | true",
        "SELECT x'61'                 | SELECT 'a'                          | false",
        "SELECT 'a'                   | SELECT 'A'                          | false",
        "SELECT 1, 2                  | SELECT 2, 1                         | false",
        "SELECT 1                     | SELECT 1, 1                         | false",
        "VALUES (1), (2)              | VALUES (2), (1)                     | true",
        "VALUES (1), (1)              | VALUES (1)                          | false",
        "VALUES (1), (1), (2)         | VALUES (1), (2), (2)                | false",
        "SELECT a FROM t ORDER BY a   | SELECT a FROM t ORDER BY a DESC     | false",
        "SELECT a FROM t ORDER BY a   | SELECT a FROM t ORDER BY a ASC      | true",
        "SELECT a FROM t              | SELECT a FROM t ORDER BY a          | false",
        "SELECT a FROM t              | SELECT a FROM (SELECT a FROM t ORDER BY a DESC) | true",
        "SELECT max(a) FROM t         | SELECT a FROM t ORDER BY a DESC LIMIT 1 | true",
        "SELECT a FROM t WHERE 0      | SELECT a FROM t WHERE a > 9         | true",
        "SELECT 1                     | SELECT nothing                      | false",
      })
  void agreement(String one, String other, boolean agree) throws InterruptedException {
    SqlDatabase database =
        new SqlDatabase(sandbox, "CREATE TABLE t(a); INSERT INTO t VALUES (2), (1), (3);", LIMITS);

    assertThat(database.agree(candidate(one, database), candidate(other, database)))
        .isEqualTo(agree);
    assertThat(database.agree(candidate(other, database), candidate(one, database)))
        .isEqualTo(agree);
  }

  private static SqlCandidate candidate(String query, SqlDatabase database)
      throws InterruptedException {
    Completion completion = new Completion(query, Completion.Finish.END, 1, 1, -1);
    return new SqlCandidate(1, 0, completion, query, database.run(query));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT a FROM t ORDER BY a",
        "select a from t order\n by a",
        "SELECT ')' FROM t ORDER BY 1",
        "SELECT a FROM t -- ( \n ORDER BY a",
        "WITH u AS (SELECT 1) SELECT * FROM u ORDER /* x */ BY 1",
      })
  void anOrderByOutsideOfParenthesesCounts(String query) {
    assertThat(SqlText.isOrdered(query)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT a FROM t",
        "SELECT a FROM (SELECT a FROM t ORDER BY a)",
        "SELECT row_number() OVER (ORDER BY a) FROM t",
        "SELECT 'order by'",
        "SELECT \"order\" by",
        "SELECT a -- ORDER BY a",
        "SELECT [order by] FROM t",
        "SELECT reorder FROM by",
      })
  void anotherDoesNot(String query) {
    assertThat(SqlText.isOrdered(query)).isFalse();
  }

  @Test
  void madeUpRowsFitKeysReferencesAndConstraints() throws InterruptedException {
    String schema =
        """
        PRAGMA foreign_keys = ON;
        CREATE TABLE visit(pet INTEGER NOT NULL REFERENCES "a ""pet"" é"(id),
          day DATE NOT NULL, cost DECIMAL(5, 2) CHECK (cost < 50), seen BOOLEAN,
          PRIMARY KEY (pet, day));
        CREATE TABLE "a ""pet"" é"(id INTEGER PRIMARY KEY, name VARCHAR(20) UNIQUE,
          mother INTEGER REFERENCES "a ""pet"" é", kind TEXT REFERENCES kind,
          double_id AS (id * 2));
        CREATE TABLE kind(name TEXT PRIMARY KEY NOT NULL) STRICT, WITHOUT ROWID;
        CREATE VIEW v AS SELECT * FROM kind;
        """;
    FilledDatabase filled = filled(schema);

    assertThat(filled.madeUpRows()).isEqualTo(20);
    assertThat(count(filled, "kind")).isEqualTo(20);
    assertThat(count(filled, "visit")).isBetween(5, 20);
    assertThat(count(filled, "\"a \"\"pet\"\" é\"")).isBetween(5, 20);
    assertThat(count(filled, "visit WHERE cost >= 50 OR typeof(seen) = 'text'")).isZero();
    assertThat(count(filled, "\"a \"\"pet\"\" é\" p JOIN kind k ON p.kind = k.name"))
        .isGreaterThan(3);
    assertThat(count(filled, "visit v JOIN \"a \"\"pet\"\" é\" p ON v.pet = p.id"))
        .isGreaterThan(3);
    assertThat(filled(schema)).as("always the same").isNotSameAs(filled);
    assertThat(filled(schema).database().run("SELECT * FROM visit"))
        .isEqualTo(filled.database().run("SELECT * FROM visit"));
  }

  @Test
  void rowsThatAreThereAreLeftAlone() throws InterruptedException {
    FilledDatabase some =
        filled("CREATE TABLE a(x); CREATE TABLE b(x); INSERT INTO b VALUES (NULL);");
    assertThat(some.madeUpRows()).isZero();
    assertThat(count(some, "a")).isZero();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "-- nothing",
        "CREATE VIEW v AS SELECT 1",
        "CREATE TABLE t(a); /* not closed",
        "CREATE TABLE t(a CHECK (0));",
        "CREATE TABLE t(a); CREATE TRIGGER r BEFORE INSERT ON t BEGIN"
            + " SELECT RAISE(ABORT, 'no'); END;",
      })
  void whereRowsCannotBeMadeUpThereAreNone(String schema) throws InterruptedException {
    assertThat(filled(schema).madeUpRows()).isZero();
    assertThat(filled(schema).database().run("SELECT 1")).isInstanceOf(QueryResult.Rows.class);
  }

  @Test
  void namesAndNumbersOfTheQuestionAreValues() {
    QuestionValues values =
        new QuestionValues(
            "Which airports in New York have \"JFK\" or 'it is' and Old flights, 42 or 7.5 x9?");
    assertThat(values.words()).startsWith("New York", "JFK", "it is", "Old");
    assertThat(values.numbers()).containsExactly(42L);
  }

  private FilledDatabase filled(String schema) throws InterruptedException {
    return FilledDatabase.of(new SqlDatabase(sandbox, schema, LIMITS), "How many in Rome?", 1);
  }

  private static int count(FilledDatabase filled, String from) throws InterruptedException {
    QueryResult result = filled.database().run("SELECT count(*) FROM " + from);
    assertThat(result).isInstanceOf(QueryResult.Rows.class);
    String table = ((QueryResult.Rows) result).table();
    return Integer.parseInt(table.lines().skip(2).findFirst().orElseThrow().strip());
  }
}
