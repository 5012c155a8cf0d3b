package dev.mallard.benchmarks.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mallard.benchmarks.dataset.Task;
import dev.mallard.benchmarks.dataset.Task.ProgramTask;
import dev.mallard.benchmarks.dataset.Task.QueryTask;
import dev.mallard.generator.problem.Language;
import dev.mallard.generator.problem.Problem;
import dev.mallard.generator.sql.SqlQuestion;
import dev.mallard.sandbox.Sandbox;
import dev.mallard.sandbox.TestSuite;
import dev.mallard.sandbox.pool.PoolOptions;
import dev.mallard.sandbox.pool.WorkerPool;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is made of a model's programs, in the real sandbox. */
class EvaluatorTest {
  private static final String RIGHT = "```python\ndef add(a, b):\n    return a + b\n```";
  private static final String NEARLY = "```python\ndef add(a, b):\n    return 2 * a + 1\n```";
  private static final String WRONG = "```python\ndef add(a, b):\n    return 'quack'\n```";
  private static final String SCHEMA =
      "CREATE TABLE ducks (name TEXT, age INTEGER);\nINSERT INTO ducks VALUES ('Donald', 90);\n";
  private static final String MORE =
      SCHEMA + "INSERT INTO ducks VALUES ('Daisy', 86), ('Huey', 87);\n";

  @TempDir Path directory;

  private static Sandbox sandbox;

  @BeforeAll
  static void start() {
    sandbox = WorkerPool.start(PoolOptions.DEFAULT);
  }

  @AfterAll
  static void stop() {
    sandbox.close();
  }

  @Test
  void samplesAreJudgedByTheHiddenTests() throws InterruptedException {
    TaskResult result = solve(config(4, 1), program(), RIGHT, NEARLY, "I do not know.", WRONG);

    assertThat(result.samples())
        .extracting(SampleResult::hidden)
        .containsExactly(
            Optional.of(TaskVerdict.PASSED),
            Optional.of(TaskVerdict.FAILED),
            Optional.of(TaskVerdict.MALFORMED),
            Optional.of(TaskVerdict.FAILED));
    assertThat(result.samples())
        .extracting(SampleResult::visible)
        .containsExactly(
            Optional.of(TaskVerdict.PASSED),
            Optional.of(TaskVerdict.PASSED),
            Optional.of(TaskVerdict.MALFORMED),
            Optional.of(TaskVerdict.FAILED));
    assertThat(result.promptTokens()).isEqualTo(100);
    assertThat(result.completionTokens()).isEqualTo(40);
  }

  @Test
  void aProgramThatOnlyPassesTheVisibleTestIsAFalsePositive() throws InterruptedException {
    TaskResult result = solve(config(1, 1), program(), NEARLY);

    assertThat(result.visiblePassed()).isTrue();
    assertThat(result.passed()).isFalse();
    assertThat(result.falsePositive()).isTrue();
  }

  @Test
  void afterEachTurnItIsKnownWhetherTheBestProgramIsRight() throws InterruptedException {
    TaskResult result = solve(config(1, 4), program(), "None.", WRONG, RIGHT);

    assertThat(result.passedAfterTurn()).containsExactly(false, false, true);
    assertThat(result.passedAfter(2)).isFalse();
    assertThat(result.passedAfter(4)).isTrue();
    assertThat(result.chosen()).contains(TaskVerdict.PASSED);
    assertThat(directory.resolve("test_add.jsonl")).isNotEmptyFile();
  }

  @Test
  void withoutVisibleTestsNoneAreProposedAndTheFirstProgramCounts() throws InterruptedException {
    ProgramTask task = program();
    TaskResult result =
        solve(
            config(1, 4),
            new ProgramTask(
                task.id(), task.problem().withVisibleTests(TestSuite.EMPTY), Optional.empty(), ""),
            WRONG,
            RIGHT);

    assertThat(result.samples()).hasSize(1);
    assertThat(result.chosen()).contains(TaskVerdict.FAILED);
    assertThat(result.visiblePassed()).isFalse();
    assertThat(result.falsePositive()).isFalse();
  }

  @Test
  void aTaskThatIsTooLongIsRecordedAsSuch() throws InterruptedException {
    Problem problem =
        new Problem(
            "Long", "quack", Optional.empty(), Language.PYTHON, TestSuite.EMPTY, TestSuite.EMPTY);
    ScriptedModel model =
        new ScriptedModel(RIGHT) {
          @Override
          public int countTokens(List<dev.mallard.generator.model.Message> conversation) {
            return 5000;
          }
        };
    TaskResult result =
        new Evaluator(model, sandbox, config(1, 1), directory)
            .solve(new ProgramTask("test/long", problem, Optional.empty(), ""));

    assertThat(result.failure().orElseThrow()).contains("too long for this model");
    assertThat(result.passed()).isFalse();
  }

  @Test
  void testsThatDoNotParseEndNoRun() throws InterruptedException {
    Problem problem = program().problem();
    TaskResult result =
        solve(
            config(1, 1),
            new ProgramTask(
                "test/broken",
                new Problem(
                    problem.title(),
                    problem.statement(),
                    problem.signature(),
                    Language.PYTHON,
                    problem.visibleTests(),
                    TestSuite.asserts("assert add(1 ==\n")),
                Optional.empty(),
                ""),
            RIGHT);

    assertThat(result.failure().orElseThrow()).startsWith("The tests do not parse");
  }

  @Test
  void aQueryIsRightIfItGivesTheRowsOfTheReferenceOnAllDatabases() throws InterruptedException {
    QueryTask task =
        new QueryTask(
            "sql/ducks",
            new SqlQuestion("How many ducks are there?", SCHEMA),
            "SELECT count(*) FROM ducks",
            List.of(SCHEMA, MORE),
            "easy");

    assertThat(solve(config(1, 1), task, "```sql\nSELECT count(name) FROM ducks\n```").passed())
        .isTrue();
    TaskResult byHeart = solve(config(1, 1), task, "```sql\nSELECT 1\n```");
    assertThat(byHeart.chosen()).contains(TaskVerdict.FAILED);
    TaskResult wrong = solve(config(1, 1), task, "```sql\nSELECT count(*) FROM geese\n```");
    assertThat(wrong.chosen().orElseThrow()).isNotEqualTo(TaskVerdict.PASSED);
    assertThat(wrong.samples()).hasSize(1);
  }

  private TaskResult solve(RunConfig config, Task task, String... answers)
      throws InterruptedException {
    return new Evaluator(new ScriptedModel(answers), sandbox, config, directory).solve(task);
  }

  private static ProgramTask program() {
    return new ProgramTask(
        "test/add",
        new Problem(
            "Add",
            "Add two numbers.",
            Optional.of("def add(a, b):"),
            Language.PYTHON,
            TestSuite.asserts("assert add(1, 2) == 3\n"),
            TestSuite.asserts("assert add(2, 2) == 4\nassert add(5, 1) == 6\n")),
        Optional.empty(),
        "easy");
  }

  private static RunConfig config(int samples, int turns) {
    return new RunConfig(
        RunConfig.VERSION,
        "test",
        "some",
        "0123",
        List.of("test/add"),
        "a script",
        Optional.empty(),
        Optional.empty(),
        samples,
        1,
        turns,
        256,
        0.8,
        7,
        turns > 1 ? List.of("unit-test") : List.of(),
        "off",
        10,
        256,
        "1/1");
  }
}
