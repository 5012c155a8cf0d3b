package dev.mallard.benchmarks.dataset;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mallard.generator.problem.Problem;
import java.util.List;
import org.junit.jupiter.api.Test;

class DoctestsTest {
  @Test
  void readsCallsAndWhatTheyGive() {
    assertThat(examples(">>> f(1)\n2\nThat is all.\n>>> f('#')\n'a'"))
        .containsExactly("assert f(1) == 2", "assert f('#') == 'a'");
  }

  @Test
  void readsWhatGoesOnOverSeveralLines() {
    assertThat(examples(">>> f(1)\n[\"(\",\n 2]\nMore."))
        .containsExactly("assert f(1) == [\"(\", 2]");
  }

  @Test
  void leavesCommentsOut() {
    assertThat(examples(">>> round(f(1), 2) # one\n0.5"))
        .containsExactly("assert round(f(1), 2) == 0.5");
  }

  @Test
  void readsComparisons() {
    assertThat(examples(">>> f(1) == 2\n>>> f(2) == 3\nTrue"))
        .containsExactly("assert f(1) == 2", "assert (f(2) == 3) == True");
  }

  @Test
  void takesACallWithoutAResultForNone() {
    assertThat(examples(">>> f([(1)])\n>>> f(2)\n3"))
        .containsExactly("assert f([(1)]) is None", "assert f(2) == 3");
  }

  @Test
  void leavesOutWhatIsNoExampleOfTheFunction() {
    assertThat(examples(">>> g(1)\n2\n>>> f(1) [2]\n\n>>> f(1) (2)\n")).isEmpty();
  }

  @Test
  void endsWithTheDocstring() {
    String source = "def f(x):\n    '''\n    >>> f(1) == 2\n    '''\n    return x + 1\n";

    assertThat(Doctests.asserts(PythonSource.docstring(source, "f"), "f"))
        .containsExactly("assert f(1) == 2");
  }

  @Test
  void readsTheExamplesOfHumanEval() {
    List<Task.ProgramTask> tasks = SharedData.programs("humaneval", "humaneval");

    assertThat(tasks.getFirst().problem().visibleTests().source())
        .isEqualTo(
            """
            assert has_close_elements([1.0, 2.0, 3.0], 0.5) == False
            assert has_close_elements([1.0, 2.8, 3.0, 4.0, 5.0, 2.0], 0.3) == True
            """);
    assertThat(tasks.stream().filter(task -> !task.problem().visibleTests().isEmpty())).hasSize(75);
    Problem wrong = tasks.get(47).problem();
    assertThat(wrong.statement()).contains("15.0");
    assertThat(wrong.visibleTests().source()).isEqualTo("assert median([3, 1, 2, 4, 5]) == 3\n");
  }

  @Test
  void givesTheTestsWhatThePromptDefinesBefore() {
    Problem problem = SharedData.programs("humaneval", "humaneval").get(38).problem();

    assertThat(problem.signature()).contains("def decode_cyclic(s: str):");
    assertThat(problem.hiddenTests().source())
        .startsWith("def encode_cyclic(s: str):")
        .endsWith("check(decode_cyclic)\n");
  }

  private static List<String> examples(String docstring) {
    return Doctests.asserts(docstring, "f");
  }
}
