package dev.mallard.benchmarks.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mallard.generator.UserException;
import dev.mallard.sandbox.Execution;
import dev.mallard.sandbox.GuestLanguage;
import dev.mallard.sandbox.Limits;
import dev.mallard.sandbox.Sandbox;
import dev.mallard.sandbox.TestSuite;
import dev.mallard.sandbox.Verdict;
import dev.mallard.sandbox.pool.WorkerPool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A small folder laid out as the repository of QuixBugs, with programs of our own. */
class QuixBugsTest {
  @TempDir private Path folder;

  @Test
  void asksForARepairOfEachProgramThatHasCases() throws IOException {
    program("double", "def double(x):\n    return x + x + 1\n", "[[1], 2]\n[[2], 4]\n[[3], 6]\n");
    program("flat", "def flat(x):\n    yield x\n", "[[[1, [2]]], [1, 2]]\n");
    Files.writeString(folder.resolve("python_programs/walk_graph.py"), "def walk_graph(g): pass\n");
    Files.writeString(folder.resolve("json_testcases/java_only.json"), "[[1], 2]\n");

    List<Task> tasks = tasks();

    assertThat(tasks.stream().map(Task::id)).containsExactly("double", "flat");
    Task.ProgramTask first = (Task.ProgramTask) tasks.getFirst();
    assertThat(first.problem().title()).isEqualTo("Repair double");
    assertThat(first.problem().statement())
        .isEqualTo(
            """
            This is a program in Python that has a mistake:

            ```python
            def double(x):
                return x + x + 1
            ```

            Write the whole program without the mistake, with the same names.\
            """);
    assertThat(first.problem().signature()).contains("def double(x):");
    assertThat(first.problem().visibleTests().source().lines().filter(QuixBugsTest::isTest))
        .containsExactly("assert plain(double(1)) == 2", "assert plain(double(2)) == 4");
    assertThat(first.problem().hiddenTests().source().lines().filter(QuixBugsTest::isTest))
        .hasSize(3);
    assertThat(first.reference()).isEmpty();
  }

  @Test
  void writesJsonAsPython() throws IOException {
    program(
        "f",
        "def f(*x): pass\n",
        "[127, 7]\n[\"a\\\"ü\\n\", null]\n[[[true, {\"k\": [1.5]}], -2], false]\n[[], []]\n");

    assertThat(hidden().source().lines().filter(QuixBugsTest::isTest))
        .containsExactly(
            "assert plain(f(127)) == 7",
            "assert plain(f(\"a\\\"ü\\n\")) == None",
            "assert plain(f([True, {\"k\": [1.5]}], -2)) == False",
            "assert plain(f()) == []");
  }

  @Test
  void comparesTuplesAndGeneratorsAsListsAndAllowsSqrtItsTolerance() throws Exception {
    program("f", "def f(n):\n    pass\n", "[[2], [[0, 1], [1, 2]]]\n");
    program("sqrt", "def sqrt(x, epsilon):\n    pass\n", "[[2, 0.01], 1.4166666666666665]\n");

    try (Sandbox sandbox = WorkerPool.start()) {
      assertPasses(sandbox, "f", "return [(i, i + 1) for i in range(n)]", true);
      assertPasses(sandbox, "f", "for i in range(n):\n        yield i, i + 1", true);
      assertPasses(sandbox, "f", "return map(lambda i: [i, i + 1], range(n))", true);
      assertPasses(sandbox, "f", "return [(i, i) for i in range(n)]", false);
      assertPasses(sandbox, "f", "return '[[0, 1], [1, 2]]'", false);
      assertPasses(sandbox, "sqrt", "return 1.4142", true);
      assertPasses(sandbox, "sqrt", "return 1.43", false);
    }
  }

  @Test
  void leavesOutCasesThatTakeMinutes() throws IOException {
    program(
        "knapsack",
        "def knapsack(capacity, items): pass\n",
        "[[100, [[60, 10]]], 60]\n[[6404180, [[382745, 825594]]], 13549094]\n");

    assertThat(hidden().source()).contains("100").doesNotContain("6404180");
  }

  @Test
  void givesTheCorrectProgramAsReference() throws IOException {
    program("f", "def f(): pass\n", "[[], 1]\n");
    Files.createDirectories(folder.resolve("correct_python_programs"));
    Files.writeString(folder.resolve("correct_python_programs/f.py"), "def f():\n    return 1\n");

    assertThat(tasks().getFirst().reference()).contains("def f():\n    return 1\n");
  }

  @Test
  void saysWhatIsWrong() throws IOException {
    assertThatThrownBy(this::tasks)
        .isInstanceOf(UserException.class)
        .hasMessage(
            folder
                + " is no copy of the repository of QuixBugs, with its folders python_programs and json_testcases: name one with --data.");
    program("f", "def f(): pass\n", "[[], 1, 2]\n");
    assertThatThrownBy(this::tasks)
        .isInstanceOf(UserException.class)
        .hasMessageContaining("f.json is not the file of quixbugs: line 1 is no list of inputs");
  }

  private void program(String name, String program, String cases) throws IOException {
    Files.createDirectories(folder.resolve("python_programs"));
    Files.createDirectories(folder.resolve("json_testcases"));
    Files.writeString(folder.resolve("python_programs/" + name + ".py"), program);
    Files.writeString(folder.resolve("json_testcases/" + name + ".json"), cases);
  }

  private List<Task> tasks() {
    return new QuixBugs().tasks(Optional.of(folder), Optional.empty());
  }

  private TestSuite hidden() {
    return ((Task.ProgramTask) tasks().getFirst()).problem().hiddenTests();
  }

  private static boolean isTest(String line) {
    return line.startsWith("assert ");
  }

  private void assertPasses(Sandbox sandbox, String name, String body, boolean passes)
      throws InterruptedException {
    Task.ProgramTask task =
        tasks().stream()
            .filter(each -> each.id().equals(name))
            .map(Task.ProgramTask.class::cast)
            .findFirst()
            .orElseThrow();
    String program = "%s%n    %s%n".formatted(task.problem().signature().orElseThrow(), body);
    Verdict verdict =
        sandbox
            .run(
                new Execution(
                    GuestLanguage.PYTHON, program, task.problem().hiddenTests(), Limits.DEFAULT))
            .verdict();
    assertThat(verdict.passed()).as("%s: %s", body, verdict).isEqualTo(passes);
  }
}
