package dev.mallard.sandbox.sql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mallard.sandbox.CPython;
import dev.mallard.sandbox.DataValue;
import dev.mallard.sandbox.Execution;
import dev.mallard.sandbox.GuestLanguage;
import dev.mallard.sandbox.Limits;
import dev.mallard.sandbox.TestSuite.Expected;
import dev.mallard.sandbox.TestSuite.ResultSet;
import dev.mallard.sandbox.TestSuite.ResultSets;
import dev.mallard.sandbox.Verdict;
import dev.mallard.sandbox.Verdict.Passed;
import dev.mallard.sandbox.executor.Watchdog;
import java.io.IOException;
import java.io.InputStream;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The queries of Spider give the rows that they give in Python's own SQLite. */
class SpiderTest {
  private static final Path DATA = Path.of("..", "..", "shared", "data", "spider");
  private static final String DRIVER = "sqlite_rows.py";

  private final JsonMapper json = JsonMapper.shared();

  @Test
  void everyQueryPassesWithItselfAndWithTheRowsOfPythonsSqlite()
      throws IOException, InterruptedException {
    List<SpiderDatabase> databases = databases();
    Optional<CPython> python = CPython.find();
    int queries = 0;
    int compared = 0;
    int withRows = 0;
    List<String> failures = new ArrayList<>();
    try (SqlExecutor executor = new SqlExecutor(new Watchdog())) {
      for (SpiderDatabase database : databases) {
        JsonNode answers =
            python.isPresent() ? answers(python.get(), database) : json.createArrayNode();
        for (int index = 0; index < database.queries().size(); index++) {
          String query = database.queries().get(index);
          List<ResultSet> sets = new ArrayList<>();
          sets.add(new ResultSet(database.setup(), new Expected.Query(query), true));
          if (answers.has(index) && answers.get(index).isArray()) {
            List<List<DataValue>> rows = rows(answers.get(index));
            sets.add(new ResultSet(database.setup(), new Expected.Rows(rows), false));
            compared++;
            withRows += rows.isEmpty() ? 0 : 1;
          }
          queries++;
          RecordingListener listener = new RecordingListener();
          executor.execute(
              new Execution(GuestLanguage.SQL, query, new ResultSets(sets), Limits.DEFAULT),
              listener);
          Verdict verdict = listener.report().verdict();
          if (!verdict.equals(new Passed(sets.size()))) {
            failures.add(database.name() + ": " + query + ": " + verdict);
          }
        }
      }
    }
    python.ifPresent(CPython::close);
    System.out.printf(
        "%d queries of Spider; %d compared with Python's SQLite, %d of them with rows; %d differ%n",
        queries, compared, withRows, failures.size());
    assertThat(failures).isEmpty();
    assertThat(compared).isEqualTo(python.isPresent() ? queries : 0);
  }

  private List<SpiderDatabase> databases() throws IOException {
    Path tables = present(DATA.resolve("tables-4db.json"));
    JsonNode questions = json.readTree(Files.readString(present(DATA.resolve("dev-4db.json"))));
    List<SpiderDatabase> databases = new ArrayList<>();
    for (JsonNode schema : json.readTree(Files.readString(tables))) {
      List<String> queries = new ArrayList<>();
      for (JsonNode question : questions) {
        if (question.get("db_id").equals(schema.get("db_id"))) {
          queries.add(question.get("query").asString());
        }
      }
      databases.add(SpiderDatabase.of(schema, queries));
    }
    return databases;
  }

  private JsonNode answers(CPython python, SpiderDatabase database)
      throws IOException, InterruptedException {
    Path script = Files.createTempFile("sqlite", ".py");
    Path request = Files.createTempFile("request", ".json");
    try (InputStream source = SpiderTest.class.getResourceAsStream(DRIVER)) {
      Files.write(script, source.readAllBytes());
      Files.write(
          request,
          json.writeValueAsBytes(Map.of("setup", database.setup(), "queries", database.queries())));
      Process process =
          new ProcessBuilder(python.interpreter(), "-I", script.toString())
              .redirectInput(request.toFile())
              .redirectError(Redirect.INHERIT)
              .start();
      String answers = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(process.waitFor()).isZero();
      return json.readTree(answers);
    } finally {
      Files.delete(script);
      Files.delete(request);
    }
  }

  private static List<List<DataValue>> rows(JsonNode answer) {
    List<List<DataValue>> rows = new ArrayList<>();
    for (JsonNode row : answer) {
      List<DataValue> values = new ArrayList<>();
      row.forEach(value -> values.add(value(value)));
      rows.add(values);
    }
    return rows;
  }

  private static DataValue value(JsonNode value) {
    if (value.isNull()) {
      return new DataValue.Null();
    }
    if (value.isIntegralNumber()) {
      return new DataValue.Whole(value.bigIntegerValue());
    }
    return value.isNumber()
        ? new DataValue.Real(value.doubleValue())
        : new DataValue.Text(value.asString());
  }

  private static Path present(Path file) {
    Assumptions.assumeTrue(Files.exists(file), () -> file + " is absent, so no queries are run.");
    return file;
  }
}
