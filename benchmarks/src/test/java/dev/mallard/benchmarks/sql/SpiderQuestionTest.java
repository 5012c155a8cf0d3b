package dev.mallard.benchmarks.sql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mallard.generator.sql.FilledDatabase;
import dev.mallard.generator.sql.QueryResult;
import dev.mallard.generator.sql.SqlDatabase;
import dev.mallard.sandbox.Limits;
import dev.mallard.sandbox.Sandbox;
import dev.mallard.sandbox.pool.WorkerPool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** The reference queries of Spider run on databases whose rows are made up. */
class SpiderQuestionTest {
  private static final Path DATA = Path.of("..", "..", "shared", "data");

  /** One question in so many. */
  private static final int STEP = 5;

  @Test
  void referencesRunAndMostOfThemGiveRows() throws IOException, InterruptedException {
    Assumptions.assumeTrue(Files.exists(DATA.resolve("spider")), "Spider is absent.");
    List<SpiderQuestion> questions = SpiderQuestion.read(DATA);
    assertThat(questions).hasSizeGreaterThan(200);
    List<String> failures = new ArrayList<>();
    int asked = 0;
    int withRows = 0;
    try (Sandbox sandbox = WorkerPool.start()) {
      for (int index = 0; index < questions.size(); index += STEP) {
        SpiderQuestion question = questions.get(index);
        SqlDatabase empty = new SqlDatabase(sandbox, question.question().schema(), Limits.DEFAULT);
        FilledDatabase filled =
            FilledDatabase.of(
                empty, question.question().question() + " " + question.reference(), 101);
        assertThat(filled.madeUpRows()).isPositive();
        asked++;
        QueryResult result = filled.database().run(question.reference());
        if (!filled.database().matches(question.reference(), question.reference())) {
          failures.add(question.reference() + ": " + result);
        }
        withRows += result instanceof QueryResult.Rows rows && rows.count() > 0 ? 1 : 0;
      }
    }
    System.out.printf("%d of %d reference queries give rows%n", withRows, asked);
    assertThat(failures).isEmpty();
    assertThat(withRows).isGreaterThan(asked * 7 / 10);
  }
}
