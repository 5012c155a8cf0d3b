package dev.mallard.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Searches that are written to a file, shown again and checked. */
class ReplayCommandTest {
  private static final String RIGHT = "```python\ndef add(a, b):\n    return a + b\n```";
  private static final String WRONG = "```python\ndef add(a, b):\n    return a - b\n```";
  private static final String POND = "../examples/languages/pond";

  @TempDir private Path folder;
  private Path problem = Path.of("");
  private Path transcript = Path.of("");

  @BeforeEach
  void writeProblem() throws IOException {
    transcript = folder.resolve("add.jsonl");
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

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void replayShowsWhatSolveHasShown(boolean terminal) {
    ScriptedServices solved = new ScriptedServices(folder, terminal, WRONG, RIGHT);
    ScriptedServices replayed = new ScriptedServices(folder, terminal, "");

    assertThat(record(solved)).isZero();
    assertThat(replayed.execute("replay", transcript.toString())).isZero();

    assertThat(replayed.out()).isEqualTo(solved.out());
    assertThat(replayed.err()).isEmpty();
    assertThat(replayed.executions()).isEmpty();
  }

  @Test
  void replayPrintsTheEventsThatSolvePrints() {
    ScriptedServices solved = services(WRONG, RIGHT);
    ScriptedServices replayed = services("");

    record(solved, "--json");
    replayed.execute("replay", "--json", transcript.toString());

    assertThat(withoutText(replayed)).isEqualTo(withoutText(solved));
  }

  @Test
  void verifyRunsEachProgramOnceOnEachSuite() {
    record(services(WRONG, WRONG, RIGHT));
    ScriptedServices verified = services("");

    assertThat(verified.execute("replay", "--verify", transcript.toString())).isZero();

    assertThat(verified.out()).endsWith("\n3 programs run again, 0 verdicts differ.\n");
    assertThat(verified.executions()).hasSize(3);
    assertThat(verified.allClosed()).isTrue();
  }

  @Test
  void verifySaysWhatDiffersAndExitsWithOne() throws IOException {
    record(services(WRONG, RIGHT));
    edit(line -> {
      if (line.path("kind").asString("").equals("fresh") && line.has("program")) {
        line.put("program", "def add(a, b): return b and a + b");
      }
    });
    ScriptedServices verified = services("");
    ScriptedServices json = services("");

    assertThat(verified.execute("replay", "--verify", transcript.toString())).isEqualTo(1);
    assertThat(json.execute("replay", "--verify", "--json", transcript.toString())).isEqualTo(1);

    assertThat(verified.out())
        .endsWith(
            """

            Turn 1, program 1: was: failed at test 2: add(1, 2) is -1, not 3; is now: passed: all \
            3 tests hold
            3 programs run again, 1 verdict differs.
            """);
    assertThat(json.out().lines().toList().getLast())
        .isEqualTo("{\"event\":\"verified\",\"programs\":3,\"differences\":1}");
  }

  @Test
  void aTranscriptCannotRaiseTheLimits() throws IOException {
    record(services(RIGHT), "--timeout=3");
    edit(line -> {
      if (line.has("timeout_seconds")) {
        line.put("timeout_seconds", 1e9).put("heap_mebibytes", Integer.MAX_VALUE);
      }
    });
    ScriptedServices verified = services("");
    verified.execute("replay", "--verify", transcript.toString());
    assertThat(verified.executions())
        .isNotEmpty()
        .allSatisfy(execution -> {
          assertThat(execution.limits().wallClock()).isEqualTo(Duration.ofSeconds(60));
          assertThat(execution.limits().heapMebibytes()).isEqualTo(512);
        });
  }

  @Test
  void aTranscriptCannotDriveTheTerminal() throws IOException {
    record(services(WRONG, RIGHT));
    edit(line -> {
      for (String field : List.of("model", "text", "program")) {
        if (line.has(field)) {
          line.put(field, "\u001b]0;evil\u0007" + line.path(field).asString());
        }
      }
    });
    ScriptedServices replayed = services("");
    assertThat(replayed.execute("replay", "--verify", transcript.toString())).isNotEqualTo(2);
    assertThat(replayed.out()).contains("\\x1b]0;evil").doesNotContain("\u001b");
  }

  @Test
  void aTranscriptThatIsCutIsShownAsFarAsItGoes() throws IOException {
    record(services(WRONG, RIGHT));
    String text = Files.readString(transcript);
    Files.writeString(transcript, text.substring(0, text.length() - 20));
    ScriptedServices replayed = services("");

    assertThat(replayed.execute("replay", transcript.toString())).isZero();

    assertThat(replayed.out()).contains("Hidden tests: passed").doesNotContain("Solved");
    assertThat(replayed.err())
        .isEqualTo(
            "%s:%d: the line is not whole, and is left out.\n".formatted(transcript, lines(text))
                + "%s does not say how the search ended: it broke off, or goes on.\n"
                    .formatted(transcript));
  }

  @Test
  void whatIsNoTranscriptIsTheUsersMistake() throws IOException {
    ScriptedServices replayed = services("");
    assertThat(replayed.execute("replay", problem.toString())).isEqualTo(2);
    assertThat(replayed.execute("replay", "none.jsonl")).isEqualTo(2);
    record(services(RIGHT));
    Files.writeString(transcript, Files.readString(transcript) + "quack\n");
    assertThat(replayed.execute("replay", transcript.toString())).isEqualTo(2);
    assertThat(replayed.out()).isEmpty();
    assertThat(replayed.err())
        .contains("add.md:1: this is no JSON")
        .contains("There is no file none.jsonl.")
        .contains("add.jsonl:" + lines(Files.readString(transcript)) + ": this is no JSON")
        .hasLineCount(3);
  }

  @Test
  void aLanguageOfTheUsersOwnMustBeGivenAgain() {
    ScriptedServices solved = services("```pond\n[1 say]\n```", "```pond\n[a + b]\n```");
    assertThat(
            solved.execute(
                "solve",
                POND + "/problems/add.md",
                "--language-dir",
                POND,
                "--transcript",
                transcript.toString()))
        .isZero();

    ScriptedServices without = services("");
    assertThat(without.execute("replay", transcript.toString())).isEqualTo(2);
    assertThat(without.err())
        .endsWith(":1: the language \"pond\" is not known: name its folder with --language-dir.\n");
    ScriptedServices with = services("");
    assertThat(with.execute("replay", "--verify", "--language-dir", POND, transcript.toString()))
        .isZero();
    assertThat(with.executions()).isNotEmpty();
  }

  @Test
  void aPlaceForATranscriptThatCannotBeIsFoundBeforeTheModelIsOpened() throws IOException {
    ScriptedServices solved = services(RIGHT);
    String before = Files.readString(problem);

    assertThat(solved.execute("solve", problem.toString(), "--transcript", problem.toString()))
        .isEqualTo(2);
    assertThat(record(solved, "--out", transcript.toString())).isEqualTo(2);

    assertThat(solved.err())
        .contains("add.md is there and is no transcript of Mallard")
        .contains("--out and --transcript name the same file: name two.");
    assertThat(solved.out()).isEmpty();
    assertThat(problem).hasContent(before);
  }

  private int record(ScriptedServices services, String... options) {
    String[] all = new String[options.length + 4];
    all[0] = "solve";
    all[1] = problem.toString();
    all[2] = "--transcript";
    all[3] = transcript.toString();
    System.arraycopy(options, 0, all, 4, options.length);
    return services.execute(all);
  }

  private ScriptedServices services(String... answers) {
    return new ScriptedServices(folder, false, answers);
  }

  private interface Edit {
    void apply(ObjectNode line);
  }

  private void edit(Edit edit) throws IOException {
    StringBuilder edited = new StringBuilder();
    for (String line : Files.readAllLines(transcript)) {
      ObjectNode node = (ObjectNode) new JsonMapper().readTree(line);
      edit.apply(node);
      edited.append(node).append('\n');
    }
    Files.writeString(transcript, edited);
  }

  private static int lines(String text) {
    return (int) text.lines().count();
  }

  private static List<JsonNode> withoutText(ScriptedServices services) {
    return services
        .out()
        .lines()
        .map(new JsonMapper()::readTree)
        .filter(line -> !line.path("event").asString().equals("text"))
        .toList();
  }
}
