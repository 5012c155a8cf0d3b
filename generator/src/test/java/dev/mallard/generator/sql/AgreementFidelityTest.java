package dev.mallard.generator.sql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mallard.generator.model.Completion;
import dev.mallard.sandbox.Limits;
import dev.mallard.sandbox.Sandbox;
import dev.mallard.sandbox.pool.WorkerPool;
import java.io.IOException;
import java.io.InputStream;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Queries agree in a vote if and only if Python's own SQLite gives them the same rows. */
class AgreementFidelityTest {
  private static final String SCHEMA =
      """
      CREATE TABLE duck(id INTEGER PRIMARY KEY, name TEXT, town TEXT, weight REAL, pond INTEGER);
      CREATE TABLE pond(id INTEGER PRIMARY KEY, town TEXT, depth NUMERIC);
      INSERT INTO duck VALUES (1, 'Ann', 'Rome', 1.5, 1), (2, 'Bob', '', 2.0, 1),
        (3, 'Cid', NULL, 1.5, 2), (4, '1', 'Rome', NULL, NULL), (5, 'Ann', 'Oslo', 0.1, 3);
      INSERT INTO pond VALUES (1, 'Rome', 1), (2, 'Oslo', '1'), (3, NULL, 2.5), (4, '', 'deep');
      """;

  private static final List<String> QUERIES =
      List.of(
          "SELECT count(*) FROM duck",
          "SELECT max(id) FROM duck",
          "SELECT 5.0",
          "SELECT '5'",
          "SELECT id FROM duck ORDER BY id DESC LIMIT 1",
          "SELECT name FROM duck",
          "SELECT name FROM duck ORDER BY name",
          "SELECT name FROM duck ORDER BY name, id",
          "SELECT name FROM duck ORDER BY id",
          "SELECT name FROM (SELECT * FROM duck ORDER BY weight)",
          "SELECT DISTINCT name FROM duck",
          "SELECT name FROM duck GROUP BY name",
          "SELECT name FROM duck WHERE id = 4",
          "SELECT id FROM duck WHERE id = 1",
          "SELECT 1 WHERE 1",
          "SELECT 'order by' WHERE 1",
          "SELECT town FROM duck WHERE id = 3",
          "SELECT town FROM duck WHERE id = 2",
          "SELECT NULL",
          "SELECT 'NULL'",
          "SELECT town FROM duck WHERE town IS NULL OR town = ''",
          "SELECT '' UNION ALL SELECT NULL",
          "SELECT NULL UNION ALL SELECT NULL",
          "SELECT weight FROM duck WHERE weight = 1.5",
          "SELECT 3 / 2.0 FROM duck WHERE id < 3",
          "SELECT 3 / 2 FROM duck WHERE id < 3",
          "SELECT DISTINCT weight FROM duck WHERE weight = 1.5",
          "SELECT sum(weight) FROM duck",
          "SELECT 5.1",
          "SELECT depth FROM pond WHERE id < 3",
          "SELECT pond FROM duck WHERE pond = 1",
          "SELECT id, name FROM duck",
          "SELECT name, id FROM duck",
          "SELECT d.id, d.name FROM duck d LEFT JOIN pond p ON d.pond = p.id",
          "SELECT d.id, d.name FROM duck d JOIN pond p ON d.pond = p.id",
          "SELECT id FROM duck WHERE 0",
          "SELECT id FROM pond WHERE depth > 'e'",
          "SELECT id, id FROM pond WHERE 0",
          "SELECT row_number() OVER (ORDER BY id) FROM duck",
          "SELECT id FROM duck",
          "SELECT id FROM duck ORDER BY id",
          "VALUES (1), (2), (3), (4), (5)",
          "WITH d AS (SELECT id FROM duck ORDER BY id) SELECT * FROM d ORDER BY 1 ASC",
          "SELECT x'31'",
          "SELECT 9007199254740993",
          "SELECT 9007199254740992");

  @TempDir private Path folder;

  @Test
  void queriesAgreeAsInPythonsSqlite() throws Exception {
    JsonNode firsts = firsts();
    List<String> differences = new ArrayList<>();
    int agreeing = 0;
    try (Sandbox sandbox = WorkerPool.start()) {
      SqlDatabase database =
          new SqlDatabase(sandbox, SCHEMA, Limits.DEFAULT.withWallClock(Duration.ofSeconds(30)));
      List<SqlCandidate> candidates = new ArrayList<>();
      for (String query : QUERIES) {
        candidates.add(
            new SqlCandidate(
                1,
                0,
                new Completion(query, Completion.Finish.END, 1, 1, -1),
                query,
                database.run(query)));
      }
      for (int one = 0; one < QUERIES.size(); one++) {
        for (int other = 0; other < one; other++) {
          boolean same = firsts.get(one).asInt() == firsts.get(other).asInt();
          agreeing += same ? 1 : 0;
          if (database.agree(candidates.get(one), candidates.get(other)) != same) {
            differences.add(QUERIES.get(one) + " and " + QUERIES.get(other) + ": " + same);
          }
        }
      }
    }
    assertThat(differences).isEmpty();
    assertThat(agreeing).isGreaterThan(20);
  }

  private JsonNode firsts() throws IOException, InterruptedException {
    Path script = folder.resolve("agreement.py");
    try (InputStream source =
        Objects.requireNonNull(getClass().getResourceAsStream("agreement.py"))) {
      Files.copy(source, script);
    }
    Path request = folder.resolve("request.json");
    JsonMapper json = JsonMapper.shared();
    Files.write(request, json.writeValueAsBytes(Map.of("setup", SCHEMA, "queries", QUERIES)));
    Process python;
    try {
      python =
          new ProcessBuilder("python3", "-I", script.toString())
              .redirectInput(request.toFile())
              .redirectError(Redirect.INHERIT)
              .start();
    } catch (IOException e) {
      return Assumptions.abort("There is no python3 to compare with.");
    }
    String answer = new String(python.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(python.waitFor()).isZero();
    return json.readTree(answer);
  }
}
