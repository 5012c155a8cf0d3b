package dev.mallard.benchmarks.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mallard.generator.UserException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is wrong with the files that users name is said in one sentence. */
class DataFilesTest {
  private static final String TASK =
      """
      {"task_id": "HumanEval/0", "prompt": "def one():\\n    '''One.'''\\n", "entry_point": "one",\
       "canonical_solution": "    return 1\\n", "test": "def check(f):\\n    assert f() == 1\\n"}
      """;

  @TempDir private Path folder;

  @Test
  void needsAName() {
    assertRefused(
        () -> new HumanEval().tasks(Optional.empty(), Optional.empty()),
        "The files of humaneval are not here: get them with 'mallard bench fetch humaneval', or name them with --data.");
  }

  @Test
  void saysWhereToGetWhatCannotBeFetched() {
    assertRefused(
        () -> new QuixBugs().tasks(Optional.empty(), Optional.empty()),
        "The files of quixbugs are not here: get them from where https://github.com/jkoppel/QuixBugs points to, and name them with --data.");
  }

  @Test
  void needsWhatIsNamed() {
    assertRefused(
        () -> read(folder.resolve("nowhere")),
        "There is no file or folder %s: name the one that holds humaneval with --data."
            .formatted(folder.resolve("nowhere")));
  }

  @Test
  void needsTheFileInTheFolder() {
    assertRefused(
        () -> read(folder),
        "%s has no file HumanEval.jsonl.gz, which humaneval is read from: name the folder that has it with --data."
            .formatted(folder));
  }

  @Test
  void readsWhatIsPackedAndWhatIsNot() throws IOException {
    Path plain = write("HumanEval.jsonl", TASK);
    List<Task> tasks = read(plain);
    Path packed = folder.resolve("packed.gz");
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(packed))) {
      out.write(TASK.getBytes(StandardCharsets.UTF_8));
    }

    assertThat(tasks).hasSize(1);
    assertThat(read(packed)).isEqualTo(tasks);
    assertThat(read(folder)).isEqualTo(tasks);
  }

  @Test
  void refusesAnotherFile() throws IOException {
    Path text = write("text.jsonl", "Duck, duck, goose.\n");
    assertRefused(
        () -> read(text),
        text
            + " is not the file of humaneval: it has no JSON on each line; name another with --data.");
    Path other = write("other.jsonl", TASK + "{\"task_id\": \"HumanEval/1\"}\n");
    assertRefused(
        () -> read(other),
        other
            + " is not the file of humaneval: entry 2 has no text \"prompt\"; name another with --data.");
    Path empty = write("empty.jsonl", "");
    assertRefused(
        () -> read(empty),
        empty + " is not the file of humaneval: it is empty; name another with --data.");
    Path object = write("object.json", "{}");
    assertRefused(
        () -> new Mbpp(true).tasks(Optional.of(object), Optional.empty()),
        object
            + " is not the file of mbpp-sanitized: it is no list in JSON; name another with --data.");
  }

  @Test
  void refusesAPackedFileThatIsCut() throws IOException {
    Path cut = folder.resolve("cut.gz");
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(cut))) {
      out.write(TASK.getBytes(StandardCharsets.UTF_8));
    }
    byte[] bytes = Files.readAllBytes(cut);
    Files.write(cut, Arrays.copyOf(bytes, bytes.length / 2));

    assertThatThrownBy(() -> read(cut))
        .isInstanceOf(UserException.class)
        .hasMessageStartingWith(cut + " cannot be read (")
        .hasMessageEndingWith("): name another file of humaneval with --data.");
  }

  @Test
  void refusesTranslationsThatDoNotBelongTogether() throws IOException {
    String row =
        "{\"task_id\": \"%s\", \"prompt\": \"\", \"declaration\": \"\", \"canonical_solution\": \"\", \"test\": \"\", \"example_test\": \"\"}\n";
    write("humaneval_java.jsonl", row.formatted("Java/0"));
    write("humaneval_python.jsonl", row.formatted("Python/0") + row.formatted("Python/1"));
    DataSet set = new HumanEvalXTranslation(HumanEvalXPart.JAVA, HumanEvalXPart.PYTHON);

    assertThatThrownBy(() -> set.tasks(Optional.of(folder), Optional.empty()))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("it has 2 entries, and that in Java has 1");
  }

  private Path write(String name, String content) throws IOException {
    return Files.writeString(folder.resolve(name), content);
  }

  private static List<Task> read(Path data) {
    return new HumanEval().tasks(Optional.of(data), Optional.empty());
  }

  private static void assertRefused(ThrowingCallable reading, String message) {
    assertThatThrownBy(reading).isInstanceOf(UserException.class).hasMessage(message);
  }
}
