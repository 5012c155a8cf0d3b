package dev.mallard.benchmarks.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mallard.benchmarks.dataset.Task.ProgramTask;
import dev.mallard.benchmarks.dataset.Task.QueryTask;
import dev.mallard.generator.UserException;
import dev.mallard.generator.problem.Language;
import dev.mallard.sandbox.TestSuite;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class TaskFileTest {
  private static final String PROGRAM =
      """
      {"id": "a", "language": "python", "title": "T", "statement": "S", "visible_tests": "assert f()"}
      """;

  private static final String QUERY =
      """
      {"id": "q", "language": "sql", "statement": "S?", "schema": "create table t(a);", "reference": "select a from t"}
      """;

  @TempDir private Path folder;

  private Path file(String text) throws IOException {
    return Files.writeString(folder.resolve("tasks.jsonl"), text);
  }

  @Test
  void whatIsOptionalMayBeAbsent() throws IOException {
    List<Task> tasks = TaskFile.read(file("\uFEFF" + PROGRAM + "\r\n \n" + QUERY));
    assertThat(tasks).extracting(Task::id).containsExactly("a", "q");
    ProgramTask program = (ProgramTask) tasks.getFirst();
    assertThat(program.problem().language()).isEqualTo(Language.PYTHON);
    assertThat(program.problem().signature()).isEmpty();
    assertThat(program.problem().visibleTests()).isEqualTo(TestSuite.asserts("assert f()"));
    assertThat(program.problem().hiddenTests().isEmpty()).isTrue();
    assertThat(program.reference()).isEmpty();
    assertThat(program.level()).isEmpty();
    QueryTask query = (QueryTask) tasks.getLast();
    assertThat(query.databases()).isEmpty();
    assertThat(query.level()).isEmpty();
  }

  @Test
  void allFieldsAreRead() throws IOException {
    List<Task> tasks =
        TaskFile.read(
            file(
                """
                {"id": "j", "level": "hard", "language": "javascript", "title": "T", "statement": "S", "signature": "function f()", "visible_tests": "console.assert(f());", "hidden_tests": "console.assert(!f());", "reference": "function f() {}"}
                {"id": "q", "level": "easy", "language": "sql", "title": "T", "statement": "S?", "schema": "create table t(a);", "databases": ["create table t(a); ", "x"], "reference": "select 1"}
                """));
    ProgramTask program = (ProgramTask) tasks.getFirst();
    assertThat(program.problem().title()).isEqualTo("T");
    assertThat(program.problem().statement()).isEqualTo("S");
    assertThat(program.problem().signature()).contains("function f()");
    assertThat(program.problem().hiddenTests())
        .isEqualTo(TestSuite.asserts("console.assert(!f());"));
    assertThat(program.reference()).contains("function f() {}");
    assertThat(program.level()).isEqualTo("hard");
    QueryTask query = (QueryTask) tasks.getLast();
    assertThat(query.question().question()).isEqualTo("S?");
    assertThat(query.question().schema()).isEqualTo("create table t(a);");
    assertThat(query.databases()).containsExactly("create table t(a); ", "x");
    assertThat(query.query()).isEqualTo("select 1");
    assertThat(query.level()).isEqualTo("easy");
  }

  @Test
  void aFolderIsReadInTheOrderOfNames() throws IOException {
    Files.writeString(folder.resolve("2.jsonl"), PROGRAM);
    Files.writeString(folder.resolve("1.jsonl"), QUERY);
    Files.writeString(folder.resolve("notes.txt"), "no task");
    assertThat(TaskFile.read(folder)).extracting(Task::id).containsExactly("q", "a");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {"id": "a"}                                    | the field "language" is missing.
          {"language": "cobol"}                          | "language" must be one of python, java, javascript, sql, and is "cobol".
          {"language": "py"}                             | "language" must be one of python, java, javascript, sql, and is "py".
          {"language": 3}                                | "language" must be a string.
          {"language": "java", "hiden_tests": "x"}       | "hiden_tests" is no field of a program task, which has id, level, language, title, statement, signature, visible_tests, hidden_tests, reference.
          {"language": "java", "schema": "x"}            | "schema" is no field of a program task, which has id, level, language, title, statement, signature, visible_tests, hidden_tests, reference.
          {"language": "sql", "signature": "x"}          | "signature" is no field of a query task, which has id, level, language, title, statement, schema, databases, reference.
          {"language": "java"}                           | the field "id" is missing.
          {"language": "java", "id": null}               | "id" must be a string.
          {"language": "java", "id": " "}                | "id" must not be blank.
          {"language": "java", "id": "a", "title": "a\\nb"} | "title" must be one line.
          {"language": "java", "id": "a", "title": "T", "statement": "S"} | the field "visible_tests" is missing.
          {"language": "java", "id": "a", "title": "T", "statement": "S", "visible_tests": ["x"]} | "visible_tests" must be a string.
          {"language": "java", "id": "a", "title": "T", "statement": "S", "visible_tests": "x", "level": "simple"} | "level" must be one of easy, medium, hard, and is "simple".
          {"language": "sql", "id": "q", "statement": "S", "schema": "x"} | the field "reference" is missing.
          {"language": "sql", "id": "q", "statement": "S", "schema": "x", "reference": "r", "databases": "d"} | "databases" must be a list of strings, at least one and none of them blank.
          {"language": "sql", "id": "q", "statement": "S", "schema": "x", "reference": "r", "databases": [3]} | "databases" must be a list of strings, at least one and none of them blank.
          {"language": "sql", "id": "q", "statement": "S", "schema": "x", "reference": "r", "databases": []}  | "databases" must be a list of strings, at least one and none of them blank.
          []                                             | a task must be a JSON object.
          """)
  void aMistakeIsOneSentenceWithFileLineAndField(String line, String sentence) throws IOException {
    Path file = file(PROGRAM + line + "\n");
    assertThatThrownBy(() -> TaskFile.read(file))
        .isInstanceOf(UserException.class)
        .hasMessage(file + ":2: " + sentence);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {"duck", "{\"id\": \"a\"", "{\"id\": \"a\", \"id\": \"b\"}", "{} {}"})
  void whatIsNoJsonIsRefused(String line) throws IOException {
    Path file = file(PROGRAM + "\n" + line + "\n");
    assertThatThrownBy(() -> TaskFile.read(file))
        .isInstanceOf(UserException.class)
        .hasMessageStartingWith(file + ":3: this line is no JSON: ")
        .hasMessageEndingWith(".");
  }

  @Test
  void anIdStandsOnce() throws IOException {
    Path file = file(PROGRAM + QUERY + PROGRAM);
    assertThatThrownBy(() -> TaskFile.read(file))
        .isInstanceOf(UserException.class)
        .hasMessage("%1$s:3: the \"id\" a is that of %1$s:1 too: give each task its own.", file);
    Path other = Files.writeString(folder.resolve("a.jsonl"), PROGRAM);
    file(PROGRAM);
    assertThatThrownBy(() -> TaskFile.read(folder))
        .isInstanceOf(UserException.class)
        .hasMessage("%s:1: the \"id\" a is that of %s:1 too: give each task its own.", file, other);
  }

  @Test
  void aFileThatIsNoneIsRefused() throws IOException {
    Path missing = folder.resolve("missing.jsonl");
    assertThatThrownBy(() -> TaskFile.read(missing))
        .isInstanceOf(UserException.class)
        .hasMessage("There is no file %s.", missing);
    assertThatThrownBy(() -> TaskFile.read(folder))
        .isInstanceOf(UserException.class)
        .hasMessage("The folder %s has no file whose name ends in .jsonl.", folder);
    Path empty = file(" \n");
    assertThatThrownBy(() -> TaskFile.read(empty))
        .isInstanceOf(UserException.class)
        .hasMessage("%s is empty: a file of tasks has a JSON object on each line.", empty);
    Path latin = folder.resolve("latin.jsonl");
    Files.write(latin, (PROGRAM + "\"\u00e4\"").getBytes(StandardCharsets.ISO_8859_1));
    assertThatThrownBy(() -> TaskFile.read(latin))
        .isInstanceOf(UserException.class)
        .hasMessage("%s:2: this is no UTF-8 text: save the file as UTF-8.", latin);
  }

  @Test
  void theSchemaHasTheSameFields() throws IOException {
    JsonNode schema;
    try (InputStream in = TaskFile.class.getResourceAsStream("tasks.schema.json")) {
      schema = JsonMapper.shared().readTree(in).path("$defs");
    }
    JsonNode program = schema.path("program");
    assertThat(program.path("properties").propertyNames())
        .containsExactlyElementsOf(TaskFields.OF_PROGRAMS);
    assertThat(program.path("required").valueStream().map(JsonNode::asString))
        .containsExactly("id", "language", "title", "statement", "visible_tests");
    JsonNode query = schema.path("query");
    assertThat(query.path("properties").propertyNames())
        .containsExactlyElementsOf(TaskFields.OF_QUERIES);
    assertThat(query.path("required").valueStream().map(JsonNode::asString))
        .containsExactly("id", "language", "statement", "schema", "reference");
    assertThat(schema.path("level").path("enum").valueStream().map(JsonNode::asString))
        .containsExactlyElementsOf(TaskFields.LEVELS);
  }
}
