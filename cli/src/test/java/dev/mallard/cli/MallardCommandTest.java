package dev.mallard.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mallard.sandbox.SandboxException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class MallardCommandTest {
  private static final String RIGHT = "```python\ndef add(a, b):\n    return a + b\n```";
  private static final String WRONG = "```python\ndef add(a, b):\n    return a - b\n```";

  @TempDir private Path folder;
  private Path problem = Path.of("");

  @BeforeEach
  void writeProblem() throws IOException {
    problem =
        Files.writeString(
            folder.resolve("add.md"),
            """
            # Add two numbers
            ```python signature
            def add(a, b):
            ```
            ```python tests
            assert add(1, 2) == 3
            ```
            ```python hidden-tests
            assert add(2, 2) == 4
            ```
            """);
  }

  @Test
  void solveShowsWhatHappensInPlainLines() {
    ScriptedServices services = new ScriptedServices(folder, false, WRONG, RIGHT);

    int exitCode = services.execute("solve", problem.toString());

    assertThat(exitCode).isZero();
    assertThat(services.allClosed()).isTrue();
    assertThat(services.err()).isEmpty();
    assertThat(services.out().replaceAll("\\d+\\.\\d s", "0.0 s"))
        .isEqualTo(
            """
            Add two numbers
            a script

            Turn 1 of 10: first attempt (greedy)
              | ```python
              | def add(a, b):
              |     return a - b
              | ```
              failed at test 2: add(1, 2) is -1, not 3 [12 tokens, 0.0 s]

            Turn 2 of 10: repair (greedy)
              > The test `assert add(1, 2) == 3` failed.
              > `add(1, 2)` gave `-1`, but it must give `3`.
              | ```python
              | def add(a, b):
              |     return a + b
              | ```
              passed: all 3 tests hold [12 tokens, 0.0 s]

            Hidden tests: passed: all 3 tests hold

            Solved (2 turns, 24 tokens, 0.0 s):

            def add(a, b):
                return a + b
            """);
  }

  @Test
  void solveUsesColoursOnATerminalAndStreams() {
    ScriptedServices services = new ScriptedServices(folder, true, RIGHT);

    services.execute("solve", problem.toString());

    assertThat(services.out())
        .contains("\u001b[32mSolved")
        .contains("  | def add(a, b):\n  |     return a + b\n");
  }

  @Test
  void modelTextCannotDriveTheTerminal() {
    ScriptedServices services =
        new ScriptedServices(folder, false, "```python\n# \u001b]0;evil\u0007 \u202e\n```");

    services.execute("solve", "--max-turns", "1", problem.toString());

    assertThat(services.out()).contains("\\x1b]0;evil\\x07 \\u202e").doesNotContain("\u001b");
  }

  @Test
  void solveThatFailsExitsWithOneAndStillWritesTheBestProgram() {
    ScriptedServices services = new ScriptedServices(folder, false, WRONG);
    Path out = folder.resolve("best.py");

    int exitCode =
        services.execute("solve", problem.toString(), "--max-turns=2", "--out", out.toString());

    assertThat(exitCode).isEqualTo(1);
    assertThat(services.out()).contains("Not solved (2 turns").contains("passes 1 test:");
    assertThat(out).hasContent("def add(a, b):\n    return a - b\n");
    assertThat(folder).isDirectoryNotContaining("glob:**.part");
  }

  @Test
  void jsonIsOneObjectPerLine() {
    ScriptedServices services = new ScriptedServices(folder, false, WRONG, RIGHT);

    int exitCode = services.execute("solve", "--json", problem.toString());

    assertThat(exitCode).isZero();
    List<JsonNode> events =
        services.out().lines().map(line -> new JsonMapper().readTree(line)).toList();
    assertThat(events)
        .filteredOn(event -> !event.get("event").asString().equals("text"))
        .extracting(event -> event.get("event").asString())
        .containsExactly(
            "started",
            "turn_started",
            "asked",
            "answered",
            "attempt",
            "turn_started",
            "feedback",
            "asked",
            "answered",
            "attempt",
            "hidden_tests",
            "solved");
    assertThat(events.getLast().get("program").asString())
        .isEqualTo("def add(a, b):\n    return a + b\n");
    JsonNode failed =
        events.stream().filter(e -> e.get("event").asString().equals("attempt")).findFirst().get();
    assertThat(failed.get("verdict").get("comparison").get("actual").asString()).isEqualTo("-1");
  }

  @Test
  void solveSaysWhatTheGrammarIsUsedFor() {
    ScriptedServices services = new ScriptedServices(folder, false, RIGHT);

    assertThat(
            services.execute(
                "solve", "--json", "--grammar=prompt", "--grammar-tokens=500", problem.toString()))
        .isZero();
    assertThat(services.out().lines().findFirst().orElseThrow())
        .contains("\"grammar\":\"prompt\",\"grammar_tokens\":500");
  }

  @Test
  void whatAModelOfThisProcessWritesIsHeldToTheGrammarByDefault() {
    ScriptedServices services = new ScriptedServices(folder, false, RIGHT, RIGHT);

    services.execute("solve", "--json", problem.toString());
    services.execute("solve", "--json", "--endpoint=http://localhost:1/v1", problem.toString());

    assertThat(services.out().lines().filter(line -> line.contains("\"event\":\"started\"")))
        .satisfiesExactly(
            started -> assertThat(started).contains("\"grammar\":\"constrain\""),
            started -> assertThat(started).contains("\"grammar\":\"off\""));
  }

  @Test
  void runPrintsTheOutputAsItWasAndTheVerdictApart() throws IOException {
    Path program = Files.writeString(folder.resolve("p.py"), "def add(a, b): return a + b\n");
    ScriptedServices piped = new ScriptedServices(folder, false, "");
    ScriptedServices terminal = new ScriptedServices(folder, true, "");

    assertThat(piped.execute("run", program.toString())).isZero();
    assertThat(terminal.execute("run", program.toString())).isZero();

    assertThat(piped.out()).isEqualTo("out\u001b[31m");
    assertThat(piped.err()).isEqualTo("errpassed: the program ran to its end\n");
    assertThat(terminal.out()).isEqualTo("out\\x1b[31m\n");
    assertThat(terminal.err()).isEqualTo("err\npassed: the program ran to its end\n");
  }

  @Test
  void runExitsWithOneWhenATestFails() throws IOException {
    Path program = Files.writeString(folder.resolve("p.py"), "def add(a, b): return a - b\n");
    Path tests = Files.writeString(folder.resolve("t.py"), "assert add(1, 2) == 3\n");
    ScriptedServices services = new ScriptedServices(folder, false, "");

    assertThat(services.execute("run", program.toString(), "--tests", tests.toString()))
        .isEqualTo(1);
    assertThat(services.err()).contains("failed at test 2: add(1, 2) is -1, not 3");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "|Say what to do",
        "solv|'solv' is not understood",
        "solve|Missing required parameter: 'PROBLEM'.",
        "solve none.md|There is no file none.md.",
        "solve .|. is a folder",
        "solve --samples=0 x.md|--samples must be from 1 to 64, and is 0.",
        "solve --samples=x x.md|'x' is not an int.",
        "solve --temperature=nan x.md|--temperature",
        "solve --timeout=0 x.md|--timeout must be",
        "solve --grammar-tokens=0 x.md|--grammar-tokens must be at least 1, and is 0.",
        "solve --grammar=all x.md|expected one of [OFF, PROMPT, CONSTRAIN, BOTH]",
        "solve --bogus x.md|'--bogus' is not understood",
        "run none.py|There is no file none.py.",
      })
  void wrongUseIsOneSentenceAndExitCodeTwo(String line, String message) {
    ScriptedServices services = new ScriptedServices(folder, false, "");

    int exitCode = services.execute(line == null ? new String[0] : line.split(" "));

    assertThat(exitCode).isEqualTo(2);
    assertThat(services.out()).isEmpty();
    assertThat(services.err()).contains(message).doesNotContain("\tat ");
    assertThat(services.err().lines().count()).isLessThanOrEqualTo(2);
  }

  @Test
  void anOutputPlaceThatCannotBeIsFoundBeforeTheModelIsOpened() {
    ScriptedServices services = new ScriptedServices(folder, false, RIGHT);

    assertThat(services.execute("solve", problem.toString(), "--out", folder.toString()))
        .isEqualTo(2);
    assertThat(services.execute("solve", problem.toString(), "--out", "/no/such/folder/x.py"))
        .isEqualTo(2);

    assertThat(services.err()).contains("is no ordinary file").contains("There is no folder");
    assertThat(services.out()).isEmpty();
  }

  @Test
  void aFaultOfMallardsOwnNamesTheLogAndShowsNoStackTrace() {
    ScriptedServices services = new ScriptedServices(folder, false, RIGHT);
    services.breakSandbox(new SandboxException("no worker", null));

    int exitCode = services.execute("solve", problem.toString());

    assertThat(exitCode).isEqualTo(70);
    assertThat(services.allClosed()).isTrue();
    assertThat(services.err())
        .startsWith("Mallard itself failed (no worker); the details are in " + folder)
        .hasLineCount(1);
  }

  @Test
  void doctorLooksAtEachThingOnItsOwn() {
    ScriptedServices services = new ScriptedServices(folder, false, "");
    services.breakSandbox(new SandboxException("no worker", null));

    int exitCode = services.execute("doctor");

    assertThat(exitCode).isEqualTo(1);
    assertThat(services.out())
        .contains("java     ok")
        .contains("cache    ")
        .contains("engine   ok       libtorch")
        .contains("sandbox  missing  no worker")
        .contains("-> The details are in");
  }

  @Test
  void doctorIsContentWhereAllIsThere() {
    ScriptedServices services = new ScriptedServices(folder, false, "");

    assertThat(services.execute("doctor")).isZero();
    assertThat(services.out()).contains("sandbox  ok");
  }

  @Test
  void saysItsVersionAndCompletesItsCommands() {
    ScriptedServices services = new ScriptedServices(folder, false, "");

    assertThat(services.execute("--version")).isZero();
    assertThat(services.execute("completion")).isZero();
    assertThat(services.out()).startsWith("mallard ").contains("--max-turns").contains("complete");
  }
}
