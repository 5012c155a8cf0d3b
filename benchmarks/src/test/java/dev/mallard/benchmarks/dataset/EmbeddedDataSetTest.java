package dev.mallard.benchmarks.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mallard.benchmarks.dataset.Task.ProgramTask;
import dev.mallard.benchmarks.dataset.Task.QueryTask;
import dev.mallard.benchmarks.experiment.Experiments;
import dev.mallard.generator.UserException;
import dev.mallard.generator.problem.Language;
import dev.mallard.generator.problem.Problem;
import dev.mallard.generator.sql.QueryResult;
import dev.mallard.generator.sql.SqlDatabase;
import dev.mallard.sandbox.Execution;
import dev.mallard.sandbox.Limits;
import dev.mallard.sandbox.ProgramLanguage;
import dev.mallard.sandbox.Sandbox;
import dev.mallard.sandbox.TestSuite;
import dev.mallard.sandbox.Verdict;
import dev.mallard.sandbox.pool.PoolOptions;
import dev.mallard.sandbox.pool.WorkerPool;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class EmbeddedDataSetTest {
  /** A busy machine is no reason to fail. */
  private static final Limits LIMITS = Limits.DEFAULT.withWallClock(Duration.ofMinutes(1));

  private static final Pattern FIRST_TEST =
      Pattern.compile("\\Aassert [^\\n]+ == (?<expected>[^\\n]+)\\n");

  private final DataSet dataSet = new EmbeddedDataSet();
  private final List<Task> tasks = dataSet.tasks(Optional.empty(), Optional.empty());

  private List<ProgramTask> programs(Language language) {
    return tasks.stream()
        .filter(ProgramTask.class::isInstance)
        .map(ProgramTask.class::cast)
        .filter(task -> task.problem().language().equals(language))
        .toList();
  }

  private List<QueryTask> queries() {
    return tasks.stream().filter(QueryTask.class::isInstance).map(QueryTask.class::cast).toList();
  }

  @Test
  void hasSixtyProblemsInPythonAndTwentyInEachOtherLanguage() {
    assertThat(tasks).hasSize(dataSet.info().tasks()).hasSize(120);
    assertThat(programs(Language.PYTHON)).hasSize(60);
    assertThat(programs(Language.JAVA)).hasSize(20);
    assertThat(programs(Language.JAVASCRIPT)).hasSize(20);
    assertThat(queries()).hasSize(20);
    assertThat(dataSet.info().name()).isEqualTo("mallard");
    assertThat(dataSet.info().files()).isEmpty();
  }

  @Test
  void anIdTellsTheLanguageAndStandsOnce() {
    assertThat(tasks).extracting(Task::id).doesNotHaveDuplicates();
    List<String> inPython = programs(Language.PYTHON).stream().map(Task::id).toList();
    for (Language language : List.of(Language.JAVA, Language.JAVASCRIPT)) {
      assertThat(programs(language))
          .extracting(Task::id)
          .allMatch(id -> id.startsWith(language.label() + "/"))
          .allMatch(id -> inPython.contains(id.replace(language.label() + "/", "python/")));
    }
    assertThat(queries()).allMatch(task -> task.id().startsWith("sql/"));
  }

  @Test
  void tasksGoFromEasyToHardInEachLanguage() {
    List<List<String>> levels = new ArrayList<>();
    for (Language language : List.of(Language.PYTHON, Language.JAVA, Language.JAVASCRIPT)) {
      levels.add(programs(language).stream().map(ProgramTask::level).toList());
    }
    levels.add(queries().stream().map(QueryTask::level).toList());
    assertThat(levels)
        .allSatisfy(list ->
            assertThat(list)
                .isSortedAccordingTo(Comparator.comparingInt(TaskFields.LEVELS::indexOf))
                .containsAll(TaskFields.LEVELS));
  }

  @Test
  void needsNoFiles() {
    assertThatThrownBy(() -> dataSet.tasks(Optional.of(Path.of("x.jsonl")), Optional.empty()))
        .isInstanceOf(UserException.class)
        .hasMessage(
            "The data set \"mallard\" comes with Mallard and reads no files: leave out x.jsonl.");
  }

  @Test
  void referencesPassAndProgramsThatAreObviouslyWrongDoNot() throws Exception {
    try (Sandbox sandbox = WorkerPool.start(PoolOptions.DEFAULT)) {
      List<Callable<Optional<String>>> checks = new ArrayList<>();
      for (Language language : List.of(Language.PYTHON, Language.JAVA, Language.JAVASCRIPT)) {
        for (ProgramTask task : programs(language)) {
          String reference = task.reference().orElseThrow();
          Problem problem = task.problem();
          TestSuite all =
              TestSuite.asserts(
                  problem.visibleTests().source() + "\n" + problem.hiddenTests().source());
          checks.add(() -> check(sandbox, task, reference, all, true));
        }
      }
      for (ProgramTask task : programs(Language.PYTHON)) {
        String head = task.problem().signature().orElseThrow() + "\n    ";
        String constant = head + "return " + firstExpected(task) + "\n";
        TestSuite hidden = task.problem().hiddenTests();
        checks.add(() -> check(sandbox, task, constant, hidden, false));
        checks.add(() -> check(sandbox, task, head + "pass\n", hidden, false));
      }
      assertThat(Experiments.run(checks, PoolOptions.DEFAULT.workers()))
          .hasSize(220)
          .allSatisfy(problem -> assertThat(problem).isEmpty());
    }
  }

  private static Optional<String> check(
      Sandbox sandbox, ProgramTask task, String program, TestSuite tests, boolean right)
      throws InterruptedException {
    ProgramLanguage language = task.problem().language().guestLanguage();
    Verdict verdict = sandbox.run(new Execution(language, program, tests, LIMITS)).verdict();
    return verdict.passed() == right
        ? Optional.empty()
        : Optional.of("%s: %s%n%s%n%s".formatted(task.id(), verdict, program, tests.source()));
  }

  private static String firstExpected(ProgramTask task) {
    Matcher matcher = FIRST_TEST.matcher(task.problem().visibleTests().source());
    assertThat(matcher.find()).as(task.id()).isTrue();
    return matcher.group("expected");
  }

  @Test
  void referencesGiveRowsOnTheDatabasesAndNoRowsAreWrong() throws InterruptedException {
    try (Sandbox sandbox = WorkerPool.start(PoolOptions.DEFAULT)) {
      for (QueryTask task : queries()) {
        SqlDatabase.check(sandbox, task.id(), task.question().schema());
        SqlDatabase shown = new SqlDatabase(sandbox, task.question().schema(), LIMITS);
        assertThat(shown.run(task.query())).as(task.id()).matches(EmbeddedDataSetTest::hasRows);
        assertThat(task.databases()).as(task.id()).hasSize(3).doesNotHaveDuplicates();
        int told = 0;
        for (String script : task.databases()) {
          SqlDatabase.check(sandbox, task.id(), script);
          SqlDatabase database = new SqlDatabase(sandbox, script, LIMITS);
          assertThat(database.matches(task.query(), task.query())).as(task.id()).isTrue();
          told += database.matches(withoutRows(task.query()), task.query()) ? 0 : 1;
        }
        assertThat(told).as(task.id()).isPositive();
      }
    }
  }

  private static boolean hasRows(QueryResult result) {
    return result instanceof QueryResult.Rows rows && rows.count() > 0;
  }

  private static String withoutRows(String query) {
    return "SELECT * FROM (" + query.strip().replaceAll(";$", "") + ") LIMIT 0";
  }
}
