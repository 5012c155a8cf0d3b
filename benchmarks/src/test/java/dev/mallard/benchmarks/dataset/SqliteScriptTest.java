package dev.mallard.benchmarks.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mallard.generator.UserException;
import dev.mallard.generator.sql.SqlDatabase;
import dev.mallard.sandbox.Limits;
import dev.mallard.sandbox.Sandbox;
import dev.mallard.sandbox.pool.WorkerPool;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqliteScriptTest {
  @TempDir private Path folder;
  private Path file;

  @BeforeEach
  void name() {
    file = folder.resolve("a db?.sqlite");
  }

  @Test
  void keepsEveryKindOfValue() throws Exception {
    build(
        "create table \"order\" (a, \"b c\" real, d text) -- a comment",
        """
        insert into "order" values (null, 1.5, 'it''s'), (9007199254740993, 9e999, 'a' || char(10) || 'b'),
          (x'00ff', -1e-300, 'z' || char(0) || 'z'), (1, 2, 'dün ☂ 🦆')\
        """);

    String script = SqliteScript.of(file);

    try (Sandbox sandbox = WorkerPool.start()) {
      SqlDatabase copy = new SqlDatabase(sandbox, script, Limits.DEFAULT);
      assertThat(copy.matches("select count(*) from \"order\"", "select 4")).isTrue();
      assertThat(
              copy.matches(
                  "select typeof(a), a, \"b c\", hex(d) from \"order\"",
                  """
                  values ('null', null, 1.5, hex('it''s')),
                    ('integer', 9007199254740993, 9e999, hex('a' || char(10) || 'b')),
                    ('blob', x'00ff', -1e-300, hex(cast(x'7a007a' as text))),
                    ('integer', 1, 2.0, hex('dün ☂ 🦆'))\
                  """))
          .isTrue();
    }
  }

  @Test
  void usesNothingButTables() throws Exception {
    build(
        "create table t (a, b as (a + 1), c)",
        "create table u (id integer primary key autoincrement)",
        "create view v as select a from t",
        "create trigger g after insert on t begin delete from t; end",
        "create index i on t (a)",
        "create virtual table f using fts5(x)");

    String script = SqliteScript.of(file);

    assertThat(script)
        .contains("CREATE TABLE t (", "CREATE TABLE u (")
        .doesNotContainIgnoringCase("view")
        .doesNotContainIgnoringCase("trigger")
        .doesNotContainIgnoringCase("virtual")
        .doesNotContain("sqlite_sequence");
  }

  @Test
  void leavesOutWhatIsComputed() throws Exception {
    build("create table t (a, b as (a + 1), c)", "insert into t values (1, 3)");

    assertThat(SqliteScript.of(file)).endsWith("INSERT INTO t VALUES (1, 3);\n");
  }

  @Test
  void showsAFewRowsAloneAndKeepsTheFirstOfMany() throws Exception {
    build(
        "create table t (a)",
        "with recursive n(i) as (select 1 union all select i + 1 from n where i < 30000)"
            + " insert into t select i from n");

    String script = SqliteScript.of(file);

    assertThat(script).contains("INSERT INTO t VALUES (2);\nINSERT INTO t VALUES (3);\n");
    try (Sandbox sandbox = WorkerPool.start()) {
      long start = System.nanoTime();
      assertThat(
              new SqlDatabase(sandbox, script, Limits.DEFAULT)
                  .matches("select count(*), max(a) from t", "select 20000, 20000"))
          .isTrue();
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(10));
    }
  }

  @Test
  void neverWritesToTheFile() throws Exception {
    build("create table t (a)", "insert into t values (1)");
    byte[] before = Files.readAllBytes(file);

    SqliteScript.of(file);

    assertThat(file).hasBinaryContent(before);
    assertThat(folder.toFile().list()).hasSize(1);
  }

  @Test
  void refusesWhatIsNoDatabase() throws Exception {
    Files.writeString(file, "Duck, duck, goose.".repeat(100));

    assertRefused("cannot be read as a database of SQLite");
  }

  @Test
  void refusesAFileThatIsTooLarge() throws IOException {
    try (RandomAccessFile large = new RandomAccessFile(file.toFile(), "rw")) {
      large.setLength((64L << 20) + 1);
    }

    assertRefused("is larger than 64 MiB");
  }

  @Test
  void survivesDamage() throws Exception {
    build(
        "create table t (a, b)",
        "with recursive n(i) as (select 1 union all select i + 1 from n where i < 3000)"
            + " insert into t select i, hex(randomblob(20)) from n");
    byte[] whole = Files.readAllBytes(file);
    Random random = new Random(7);
    int refused = 0;
    for (int round = 0; round < 200; round++) {
      byte[] damaged = whole.clone();
      for (int i = 0; i < 20; i++) {
        damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
      }
      Files.write(file, damaged);
      try {
        SqliteScript.of(file);
      } catch (UserException e) {
        refused++;
      }
    }
    assertThat(refused).isPositive();
  }

  private void assertRefused(String message) {
    assertThatThrownBy(() -> SqliteScript.of(file))
        .isInstanceOf(UserException.class)
        .hasMessageStartingWith(file.toString())
        .hasMessageContaining(message)
        .hasMessageContaining("--databases");
  }

  private void build(String... statements) throws SQLException {
    // A driver reads settings from a name with a question mark, so this one is moved there.
    Path plain = folder.resolve("plain");
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + plain);
        Statement statement = connection.createStatement()) {
      for (String each : statements) {
        statement.execute(each);
      }
    }
    assertThat(plain.toFile().renameTo(file.toFile())).isTrue();
  }
}
