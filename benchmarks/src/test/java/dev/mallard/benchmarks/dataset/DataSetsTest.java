package dev.mallard.benchmarks.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mallard.generator.UserException;
import dev.mallard.generator.problem.Problem;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DataSetsTest {
  private final DataSets sets = new DataSets(List.of());

  /** Of TransCoder and Spider only a part lies here. */
  @ParameterizedTest
  @CsvSource({
    "humaneval, humaneval, 164",
    "mbpp, mbpp, 500",
    "mbpp-sanitized, mbpp, 257",
    "mbpp-one-visible, mbpp, 500",
    "humaneval-x-python, humaneval-x, 164",
    "humaneval-x-java, humaneval-x, 164",
    "humaneval-x-javascript, humaneval-x, 164",
    "humaneval-x-python-to-java, humaneval-x, 164",
    "humaneval-x-python-to-javascript, humaneval-x, 164",
    "humaneval-x-java-to-python, humaneval-x, 164",
    "humaneval-x-java-to-javascript, humaneval-x, 164",
    "humaneval-x-javascript-to-python, humaneval-x, 164",
    "humaneval-x-javascript-to-java, humaneval-x, 164",
    "transcoder, transcoder, 160",
    "spider, spider, 259"
  })
  void hasItsTasksWithDifferentIds(String name, String folder, int count) {
    List<Task> tasks = SharedData.tasks(name, folder);

    assertThat(tasks).hasSize(count);
    assertThat(tasks.stream().map(Task::id).distinct()).hasSize(count);
    assertThat(tasks)
        .allSatisfy(task -> {
          assertThat(task.id()).isNotBlank();
          assertThat(task.reference()).isPresent();
          assertIsWhole(task);
        });
    if (!Set.of("transcoder", "spider").contains(name)) {
      assertThat(sets.named(name).info().tasks()).isEqualTo(count);
    }
  }

  private static void assertIsWhole(Task task) {
    switch (task) {
      case Task.ProgramTask program -> {
        Problem problem = program.problem();
        assertThat(problem.statement()).isNotBlank();
        assertThat(problem.visibleTests().isEmpty() && problem.hiddenTests().isEmpty()).isFalse();
        assertThat(program.level()).isEmpty();
      }
      case Task.QueryTask query -> {
        assertThat(query.question().schema()).contains("CREATE TABLE");
        assertThat(query.databases()).isEmpty();
        assertThat(query.level()).isEmpty();
      }
    }
  }

  @Test
  void describesThemselves() {
    assertThat(sets.all())
        .allSatisfy(set -> {
          DataSetInfo info = set.info();
          assertThat(info.name()).matches("[a-z][a-z0-9-]*");
          assertThat(info.description()).endsWith(".");
          assertThat(info.tasks()).isPositive();
          assertThat(info.licence()).isNotBlank();
          assertThat(info.source()).startsWith("https://");
          assertThat(info.files())
              .allSatisfy(file -> {
                assertThat(file.address().toString())
                    .startsWith("https://")
                    .matches(".*/[0-9a-f]{40}/.*");
                assertThat(file.sha256()).matches("[0-9a-f]{64}");
              });
        });
  }

  @Test
  void readsAFileAsItsFolder() {
    Path data = SharedData.with("mbpp").resolve("mbpp");
    DataSet set = sets.named("mbpp");

    assertThat(set.tasks(Optional.of(data.resolve("mbpp.jsonl")), Optional.empty()))
        .isEqualTo(set.tasks(Optional.of(data), Optional.empty()));
  }

  @Test
  void findsTheOtherLanguageBesideTheFileOfOne() {
    Path data = SharedData.with("humaneval-x").resolve("humaneval-x");
    DataSet set = sets.named("humaneval-x-java-to-python");

    assertThat(set.tasks(Optional.of(data.resolve("humaneval_java.jsonl.gz")), Optional.empty()))
        .isEqualTo(set.tasks(Optional.of(data), Optional.empty()));
  }

  @Test
  void isJudgedAlikeWhetherTranslatedOrWritten() {
    List<Task.ProgramTask> written = SharedData.programs("humaneval-x-java", "humaneval-x");
    List<Task.ProgramTask> translated =
        SharedData.programs("humaneval-x-javascript-to-java", "humaneval-x");

    for (int i = 0; i < written.size(); i++) {
      assertThat(translated.get(i).id()).isEqualTo(written.get(i).id());
      assertThat(translated.get(i).reference()).isEqualTo(written.get(i).reference());
      assertThat(translated.get(i).problem().hiddenTests())
          .isEqualTo(written.get(i).problem().hiddenTests());
    }
  }

  @Test
  void asksForATranslationAsTheCommandDoes() {
    Problem problem =
        SharedData.programs("humaneval-x-java-to-python", "humaneval-x").getFirst().problem();

    assertThat(problem.title()).isEqualTo("Translate Java/0 to Python");
    assertThat(problem.statement())
        .startsWith("This is a program in Java:\n\n```java\nimport java.util.*;")
        .contains("hasCloseElements")
        .doesNotContain("closer to each other")
        .endsWith("```\n\nWrite it in Python: with the same names, it must do the same.");
    assertThat(problem.signature().orElseThrow())
        .startsWith("from typing import List")
        .endsWith("def has_close_elements(numbers: List[float], threshold: float) -> bool:");
  }

  @Test
  void asksForTheLastFunctionOfAPromptWithExamples() {
    Problem problem = SharedData.programs("transcoder", "transcoder").getFirst().problem();

    assertThat(problem.statement())
        .startsWith("This is a program in C++:\n\n```cpp\nint add_1_to_a_given_number_1 ( int x )")
        .doesNotContain("factorial");
    assertThat(problem.visibleTests().source().lines()).hasSize(10);
    assertThat(problem.hiddenTests().source()).endsWith("check(add_1_to_a_given_number_1)\n");
  }

  @Test
  void namesTasksOfSpiderWithinTheirDatabase() {
    Set<String> ids =
        SharedData.tasks("spider", "spider").stream().map(Task::id).collect(Collectors.toSet());

    assertThat(ids).contains("concert_singer/1", "flight_2/1");
  }

  @Test
  void listsOthersFirst() {
    DataSet other = new QuixBugs();

    assertThatThrownBy(() -> new DataSets(List.of(other)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(sets.all()).last().isInstanceOf(QuixBugs.class);
  }

  @Test
  void saysWhichThereAre() {
    assertThatThrownBy(() -> sets.named("human-eval"))
        .isInstanceOf(UserException.class)
        .hasMessageStartingWith(
            "There is no data set \"human-eval\": name one of humaneval, mbpp,");
  }
}
