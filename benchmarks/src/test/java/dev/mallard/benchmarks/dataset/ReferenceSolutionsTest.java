package dev.mallard.benchmarks.dataset;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mallard.sandbox.Execution;
import dev.mallard.sandbox.Limits;
import dev.mallard.sandbox.MalformedTestsException;
import dev.mallard.sandbox.Sandbox;
import dev.mallard.sandbox.TestSuite;
import dev.mallard.sandbox.UnconfinedException;
import dev.mallard.sandbox.Verdict;
import dev.mallard.sandbox.pool.WorkerPool;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The reference programs pass the visible and the hidden tests of their tasks. Translations have
 * the tests and the references of their target language. Every tenth task is tried; all with {@code
 * -Dbenchmarks.references=all}.
 */
@Tag("references")
@Timeout(1800)
class ReferenceSolutionsTest {
  private static final int STEP =
      System.getProperty("benchmarks.references", "").equals("all") ? 1 : 10;

  /** MBPP/123 takes 40 seconds interpreted. */
  private static final Limits LIMITS = Limits.DEFAULT.withWallClock(Duration.ofMinutes(5));

  /** What does not pass, and why; docs/data-sets.md tells it too. */
  private static final Map<String, String> KNOWN =
      Map.of(
          "mbpp-one-visible MBPP/56", "the function has the name of the tests' own",
          "mbpp-one-visible MBPP/349", "the function has the name of the tests' own",
          "mbpp-one-visible MBPP/367", "the tests use variables that nobody defines",
          "mbpp-one-visible MBPP/436", "the reference gives one number instead of all",
          "humaneval-x-javascript JavaScript/112", "the reference gives false instead of a pair",
          "humaneval-x-javascript JavaScript/155", "the reference counts no digit in 0",
          "transcoder TransCoder/13", "expected texts have lost their quotation marks",
          "transcoder TransCoder/124", "expected texts have lost their quotation marks",
          "transcoder TransCoder/129", "expected texts have lost their quotation marks",
          "transcoder TransCoder/146", "sys.maxsize is smaller in GraalPy");

  private static WorkerPool sandbox;

  @BeforeAll
  static void start() {
    sandbox = WorkerPool.start();
  }

  @AfterAll
  static void stop() {
    sandbox.close();
  }

  @ParameterizedTest
  @CsvSource({
    "humaneval, humaneval",
    "mbpp, mbpp",
    "mbpp-sanitized, mbpp",
    "mbpp-one-visible, mbpp",
    "humaneval-x-python, humaneval-x",
    "humaneval-x-java, humaneval-x",
    "humaneval-x-javascript, humaneval-x",
    "transcoder, transcoder"
  })
  void referencesPass(String name, String folder) throws InterruptedException {
    List<Task.ProgramTask> tasks = SharedData.programs(name, folder);
    List<String> failures = new ArrayList<>();
    int tried = 0;
    long start = System.nanoTime();
    for (int i = 0; i < tasks.size(); i += STEP) {
      Task.ProgramTask task = tasks.get(i);
      tried++;
      for (TestSuite tests : List.of(task.problem().visibleTests(), task.problem().hiddenTests())) {
        String verdict = tests.isEmpty() ? "" : failure(sandbox, task, tests);
        if (!verdict.isEmpty()) {
          failures.add(task.id() + ": " + verdict);
        }
      }
    }
    System.out.printf(
        "%s: %d references, %d failures, %.0f s%n",
        name, tried, failures.size(), (System.nanoTime() - start) / 1e9);
    failures.forEach(System.out::println);
    assertThat(failures)
        .allMatch(failure -> KNOWN.containsKey(name + " " + failure.split(":", 2)[0]));
  }

  /** Why a reference does not pass tests; empty if it does. */
  private static String failure(Sandbox sandbox, Task.ProgramTask task, TestSuite tests)
      throws InterruptedException {
    try {
      Verdict verdict =
          sandbox
              .run(
                  new Execution(
                      task.problem().language().guestLanguage(),
                      task.reference().orElseThrow(),
                      tests,
                      LIMITS))
              .verdict();
      return verdict instanceof Verdict.Passed(int count) && count > 0 ? "" : verdict.toString();
    } catch (MalformedTestsException e) {
      return e.toString();
    } catch (UnconfinedException e) {
      Assumptions.abort("Programs cannot be confined here: " + e.getMessage());
      throw e;
    }
  }
}
