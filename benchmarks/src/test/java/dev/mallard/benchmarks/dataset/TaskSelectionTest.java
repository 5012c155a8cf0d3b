package dev.mallard.benchmarks.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mallard.generator.UserException;
import dev.mallard.generator.sql.SqlQuestion;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TaskSelectionTest {
  private final List<Task> tasks =
      IntStream.range(0, 10).<Task>mapToObj(i -> task((i < 5 ? "a/" : "b/") + i)).toList();

  @Test
  void namesTasksAndGroupsOfTasks() {
    assertThat(ids(TaskSelection.named(tasks, List.of()))).hasSize(10);
    assertThat(ids(TaskSelection.named(tasks, List.of("b/*", "a/3"))))
        .containsExactly("a/3", "b/5", "b/6", "b/7", "b/8", "b/9");
    assertThat(ids(TaskSelection.named(tasks, List.of("*7")))).containsExactly("b/7");
    assertThatThrownBy(() -> TaskSelection.named(tasks, List.of("a/3", "a.3")))
        .isInstanceOf(UserException.class)
        .hasMessage(
            "The data set has no task \"a.3\"; its first is \"a/0\": name others with --ids.");
  }

  @Test
  void spreadsThemEvenly() {
    assertThat(ids(TaskSelection.spread(tasks, OptionalInt.of(4))))
        .containsExactly("a/0", "a/2", "b/5", "b/7");
    assertThat(TaskSelection.spread(tasks, OptionalInt.of(50))).isEqualTo(tasks);
    assertThat(TaskSelection.spread(tasks, OptionalInt.empty())).isEqualTo(tasks);
  }

  @Test
  void shardsHaveEachTaskOnce() {
    List<Task> all = new ArrayList<>();
    for (int i = 1; i <= 4; i++) {
      all.addAll(TaskSelection.shard(tasks, i, 4));
    }

    assertThat(all).containsExactlyInAnyOrderElementsOf(tasks);
    assertThat(ids(TaskSelection.shard(tasks, 2, 4))).containsExactly("a/1", "b/5", "b/9");
  }

  @Test
  void theDigestIsThatOfAllThatMakesATask() {
    String digest = TaskSelection.digest(tasks);

    assertThat(digest).matches("[0-9a-f]{64}").isEqualTo(TaskSelection.digest(tasks));
    assertThat(TaskSelection.digest(tasks.reversed())).isNotEqualTo(digest);
    assertThat(TaskSelection.digest(tasks.subList(0, 9))).isNotEqualTo(digest);
    List<Task> other = new ArrayList<>(tasks);
    other.set(
        3,
        new Task.QueryTask(
            "a/3", new SqlQuestion("a/3?", "CREATE TABLE t (x)"), "SELECT 2", List.of(), ""));
    assertThat(TaskSelection.digest(other)).isNotEqualTo(digest);
  }

  private static Task task(String id) {
    return new Task.QueryTask(
        id, new SqlQuestion(id + "?", "CREATE TABLE t (x)"), "SELECT 1", List.of(), "");
  }

  private static List<String> ids(List<Task> some) {
    return some.stream().map(Task::id).toList();
  }
}
