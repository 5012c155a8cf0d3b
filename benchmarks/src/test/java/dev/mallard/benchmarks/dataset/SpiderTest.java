package dev.mallard.benchmarks.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mallard.generator.UserException;
import dev.mallard.generator.sql.FilledDatabase;
import dev.mallard.generator.sql.QueryResult;
import dev.mallard.generator.sql.SqlDatabase;
import dev.mallard.sandbox.Limits;
import dev.mallard.sandbox.Sandbox;
import dev.mallard.sandbox.pool.WorkerPool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SpiderTest {
  /** One question in so many. */
  private static final int STEP = 5;

  @TempDir private Path folder;

  @Test
  void referencesRunOnMadeUpRowsAndMostOfThemGiveRows() throws InterruptedException {
    List<Task> tasks = SharedData.tasks("spider", "spider");
    List<String> failures = new ArrayList<>();
    int asked = 0;
    int withRows = 0;
    try (Sandbox sandbox = WorkerPool.start()) {
      for (int index = 0; index < tasks.size(); index += STEP) {
        Task.QueryTask task = (Task.QueryTask) tasks.get(index);
        SqlDatabase empty = new SqlDatabase(sandbox, task.question().schema(), Limits.DEFAULT);
        FilledDatabase filled =
            FilledDatabase.of(empty, task.question().question() + " " + task.query(), 101);
        assertThat(filled.madeUpRows()).isPositive();
        asked++;
        QueryResult result = filled.database().run(task.query());
        if (!filled.database().matches(task.query(), task.query())) {
          failures.add(task.query() + ": " + result);
        }
        withRows += result instanceof QueryResult.Rows rows && rows.count() > 0 ? 1 : 0;
      }
    }
    System.out.printf("%d of %d reference queries give rows%n", withRows, asked);
    assertThat(failures).isEmpty();
    assertThat(withRows).isGreaterThan(asked * 7 / 10);
  }

  @Test
  void readsTheRowsOfADatabase() throws Exception {
    writeSpider();
    Path databases = folder.resolve("database");
    database(
        "create table duck (id integer primary key, name text)",
        "insert into duck values (1, 'Ann'), (2, 'O''Hara')");

    Task.QueryTask task =
        (Task.QueryTask) new Spider().tasks(Optional.of(folder), Optional.of(databases)).getFirst();

    assertThat(task.id()).isEqualTo("pond/1");
    assertThat(task.databases()).containsExactly(task.question().schema());
    try (Sandbox sandbox = WorkerPool.start()) {
      SqlDatabase database = new SqlDatabase(sandbox, task.databases().getFirst(), Limits.DEFAULT);
      assertThat(database.matches("select 2", task.query())).isTrue();
      assertThat(database.matches("select 1", task.query())).isFalse();
    }
  }

  @Test
  void writesKeysOfSeveralColumns() throws IOException {
    writeSpider();
    String tables = Files.readString(folder.resolve("tables.json"));
    Files.writeString(
        folder.resolve("tables.json"),
        tables.replace("\"primary_keys\": [1]", "\"primary_keys\": [[1, 2]]"));

    Task.QueryTask task =
        (Task.QueryTask) new Spider().tasks(Optional.of(folder), Optional.empty()).getFirst();

    assertThat(task.question().schema())
        .isEqualTo(
            """
            CREATE TABLE duck (
              id NUMERIC,
              name TEXT,
              PRIMARY KEY (id, name)
            );
            """);
  }

  @Test
  void saysWhatIsMissing() throws IOException {
    writeSpider();
    Path databases = folder.resolve("database");

    assertThatThrownBy(() -> new Spider().tasks(Optional.of(folder), Optional.of(databases)))
        .isInstanceOf(UserException.class)
        .hasMessageStartingWith("There is no file " + databases.resolve("pond/pond.sqlite"));
    Files.delete(folder.resolve("tables.json"));
    assertThatThrownBy(() -> new Spider().tasks(Optional.of(folder), Optional.empty()))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("dev.json is read together with tables.json, which is not beside it");
  }

  @Test
  void refusesDescriptionsThatAreNone() throws IOException {
    writeSpider();
    Path tables = folder.resolve("tables.json");
    for (String wrong : List.of("{\"db_id\": \"../pond\"}", "{\"db_id\": \"pond\"}")) {
      Files.writeString(tables, "[" + wrong + "]");
      assertThatThrownBy(() -> new Spider().tasks(Optional.of(folder), Optional.empty()))
          .isInstanceOf(UserException.class)
          .hasMessageContaining("tables.json is not the file of spider: entry 1 ");
    }
  }

  private void writeSpider() throws IOException {
    Files.writeString(
        folder.resolve("dev.json"),
        """
        [{"db_id": "pond", "question": "How many ducks are there?",
          "query": "SELECT count(*) FROM duck"}]
        """);
    Files.writeString(
        folder.resolve("tables.json"),
        """
        [{"db_id": "pond", "table_names_original": ["duck"],
          "column_names_original": [[-1, "*"], [0, "id"], [0, "name"]],
          "column_types": ["text", "number", "text"], "primary_keys": [1], "foreign_keys": []}]
        """);
  }

  private void database(String... statements) throws IOException, SQLException {
    Path file = folder.resolve("database/pond/pond.sqlite");
    Files.createDirectories(file.getParent());
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        Statement statement = connection.createStatement()) {
      for (String each : statements) {
        statement.execute(each);
      }
    }
  }
}
