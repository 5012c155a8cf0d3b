package dev.mallard.generator.problem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mallard.generator.UserException;
import dev.mallard.sandbox.DataValue;
import dev.mallard.sandbox.TestSuite;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TestFileTest {
  @TempDir private Path directory;

  @Test
  void statementsAreReadAsTheyAre() throws IOException {
    assertThat(read("tests.py", "assert f(1) == 2\n"))
        .isEqualTo(TestSuite.asserts("assert f(1) == 2\n"));
  }

  @Test
  void readsATableOfCalls() throws IOException {
    String json =
        """
        {"function": "f", "tolerance": 1e-6, "calls": [
          {"arguments": [1, [2.0, "x"], {"a": null}], "expected": true}]}
        """;
    assertThat(read("tests.json", json))
        .isEqualTo(
            new TestSuite.Calls(
                "f",
                List.of(
                    new TestSuite.Call(
                        List.of(
                            new DataValue.Whole(1),
                            new DataValue.Sequence(
                                List.of(new DataValue.Real(2), new DataValue.Text("x"))),
                            new DataValue.Mapping(Map.of("a", new DataValue.Null()))),
                        new DataValue.Bool(true))),
                1e-6));
  }

  @Test
  void readsExchanges() throws IOException {
    assertThat(read("t.json", "{\"exchanges\": [{\"input\": \"3\", \"output\": \"6\"}]}"))
        .isEqualTo(new TestSuite.StandardIo(List.of(new TestSuite.Exchange("3", "6"))));
  }

  @Test
  void readsResultSets() throws IOException {
    String json =
        """
        {"result_sets": [
          {"setup": "create table t(a);", "query": "select a from t", "ordered": true},
          {"setup": "create table t(a);", "rows": [[1, null]]}]}
        """;
    assertThat(read("t.json", json))
        .isEqualTo(
            new TestSuite.ResultSets(
                List.of(
                    new TestSuite.ResultSet(
                        "create table t(a);",
                        new TestSuite.Expected.Query("select a from t"),
                        true),
                    new TestSuite.ResultSet(
                        "create table t(a);",
                        new TestSuite.Expected.Rows(
                            List.of(List.of(new DataValue.Whole(1), new DataValue.Null()))),
                        false))));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{ | no JSON",
        "[] | must have",
        "{} | must have",
        "{'calls': []} | \"function\", a string",
        "{'calls': 1, 'function': 'f'} | must be a list",
        "{'calls': [], 'function': 'f', 'x': 1} | which is none of",
        "{'calls': [], 'function': 'f', 'function': 'g'} | no JSON",
        "{'calls': [], 'function': 'f', 'tolerance': -1} | must not be negative",
        "{'calls': [{'arguments': []}], 'function': 'f'} | must have \"expected\"",
        "{'exchanges': [{'input': 1, 'output': ''}]} | \"input\", a string",
        "{'result_sets': [{'setup': ''}]} | either \"query\" or \"rows\"",
        "{'exchanges': []} x | no JSON",
      })
  void whatIsWrongIsOneSentence(String json, String expected) {
    assertThatThrownBy(() -> read("tests.json", json.replace('\'', '"')))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("tests.json")
        .hasMessageContaining(expected)
        .message()
        .doesNotContain("\n");
  }

  private TestSuite read(String name, String text) throws IOException {
    return TestFile.read(Files.writeString(directory.resolve(name), text));
  }
}
