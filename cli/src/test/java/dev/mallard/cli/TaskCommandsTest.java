package dev.mallard.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The commands that begin with a program of the user's. */
class TaskCommandsTest {
  private static final String RIGHT = "```python\ndef add(a, b):\n    return a + b\n```";

  @TempDir private Path folder;
  private Path tests = Path.of("");

  @BeforeEach
  void writeTests() throws IOException {
    tests = Files.writeString(folder.resolve("tests.py"), "assert add(1, 2) == 3\n");
  }

  @Test
  void debugRepairsTheProgramThatItIsGiven() throws IOException {
    Path program = file("add.py", "def add(a, b):\n    return a - b\n");
    Path out = folder.resolve("mended.py");
    ScriptedServices services = services(RIGHT);

    int exitCode =
        services.execute(
            "debug", program.toString(), "--tests", tests.toString(), "--out", out.toString());

    assertThat(exitCode).isEqualTo(ExitCode.SUCCESS);
    assertThat(services.out())
        .contains("Repair add.py", "The program as it is", "Turn 1 of 10: repair", "Solved");
    assertThat(out).hasContent("def add(a, b):\n    return a + b\n");
    assertThat(services.executions().getFirst().program()).contains("a - b");
    assertThat(services.allClosed()).isTrue();
  }

  @Test
  void feedbackIsOneKindOrSeveral() throws IOException {
    Path program = file("add.py", "def add(a, b):\n    return a - b\n");
    ScriptedServices services = services("It subtracts.", RIGHT);

    assertThat(
            services.execute(
                "debug", program.toString(), "--tests=" + tests, "--feedback=explain,unit-test"))
        .isEqualTo(ExitCode.SUCCESS);
    assertThat(services.questions()).hasSize(2);
    assertThat(services.questions().getLast())
        .containsSubsequence("It subtracts.", "`add(1, 2)` gave");
  }

  @Test
  void debugHasNothingToDoWhereTheTestsPass() throws IOException {
    Path program = file("add.py", "def add(a, b):\n    return a + b\n");
    ScriptedServices services = services("unused");

    assertThat(services.execute("debug", program.toString(), "--tests", tests.toString()))
        .isEqualTo(ExitCode.SUCCESS);
    assertThat(services.out()).doesNotContain("Turn 1");
  }

  @Test
  void completeAsksForTheWholeProgram() throws IOException {
    Path stub = file("add.py", "def add(a, b):\n    ...  # the sum\n");
    ScriptedServices services = services(RIGHT);

    assertThat(services.execute("complete", stub.toString(), "--tests", tests.toString()))
        .isEqualTo(ExitCode.SUCCESS);
    assertThat(services.questions().getFirst()).contains("not finished", "...  # the sum");
  }

  @Test
  void translateShowsTheModelTheOtherLanguage() throws IOException {
    Path source = file("add.cpp", "int add(int a, int b) { return a + b; }\n");
    ScriptedServices services = services(RIGHT);

    assertThat(
            services.execute(
                "translate", source.toString(), "--to", "python", "--tests", tests.toString()))
        .isEqualTo(ExitCode.SUCCESS);
    assertThat(services.questions().getFirst())
        .contains("a program in C++", "```cpp\nint add(int a, int b)", "Write it in Python");
  }

  @Test
  void explainPrintsWhatTheModelSaysAndRunsNothing() throws IOException {
    Path program = file("add.rb", "def add(a, b) = a + b\n");
    ScriptedServices services = services("It adds.\u001b[2J");

    assertThat(services.execute("explain", program.toString())).isEqualTo(ExitCode.SUCCESS);
    assertThat(services.out()).isEqualTo("It adds.\\x1b[2J\n");
    assertThat(services.executions()).isEmpty();
    assertThat(services.questions().getFirst())
        .contains("`add.rb`", "```rb\ndef add(a, b) = a + b");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "debug add.py|Say which tests must pass, with --tests FILE.",
        "debug add.xyz --tests tests.py|programs of this kind are not repaired",
        "complete add.xyz --tests tests.py|programs of this kind are not completed",
        "translate add.py --to klingon --tests tests.py|\"klingon\" is no language that Mallard writes",
        "translate add.py|Missing required option: '--to=LANGUAGE'",
        "explain empty.py|is empty: there is nothing to explain",
        "debug add.py --tests tests.py --feedback rubber|Invalid value for option '--feedback'",
        "debug add.py --tests tests.py --max-total-tokens 0|--max-total-tokens must be at least 1",
        "debug add.py --tests tests.py --max-seconds 0|--max-seconds must be from",
        "debug add.py --tests tests.py --repairs 0|--repairs must be from 1 to 64",
      })
  void wrongUseIsOneSentence(String line, String message) throws IOException {
    file("add.py", "x = 1\n");
    file("add.xyz", "x = 1\n");
    file("empty.py", "\n");
    ScriptedServices services = services("x");
    String[] words =
        java.util.Arrays.stream(line.split(" ", -1))
            .map(word -> word.contains(".") ? folder.resolve(word).toString() : word)
            .toArray(String[]::new);

    assertThat(services.execute(words)).isEqualTo(ExitCode.USAGE);
    assertThat(services.err()).contains(message).doesNotContain("Exception");
  }

  @Test
  void whatSolvedAProblemIsShownForTheNextLikeIt() throws IOException {
    Path program = file("add.py", "def add(a, b):\n    return a - b\n");
    ScriptedServices services = services(RIGHT);
    String[] debug = {"debug", program.toString(), "--tests", tests.toString()};

    services.execute(debug);
    services.execute(debug);
    services.execute("debug", program.toString(), "--tests", tests.toString(), "--memory", "off");

    assertThat(services.questions()).hasSize(3);
    assertThat(services.conversations()).allSatisfy(messages -> assertThat(messages).hasSize(4));
    assertThat(shown(services, 0)).contains("count_even");
    assertThat(shown(services, 1)).contains("Repair add.py").doesNotContain("count_even");
    assertThat(shown(services, 2)).contains("count_even");
  }

  /** The task that stands before the model's own. */
  private static String shown(ScriptedServices services, int conversation) {
    return services.conversations().get(conversation).get(1).content();
  }

  private Path file(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text);
  }

  private ScriptedServices services(String... answers) {
    return new ScriptedServices(folder.resolve("cache"), false, answers);
  }
}
