package dev.mallard.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mallard.sandbox.CommandLanguage;
import dev.mallard.sandbox.GuestLanguage;
import dev.mallard.sandbox.TestSuite;
import dev.mallard.sandbox.command.CommandSandbox;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Languages of the user's own on the command line. */
class LanguageOptionTest {
  private static final String POND = "../examples/languages/pond";

  @TempDir private Path folder;

  @Test
  void runTellsTheLanguageByTheEndingOfTheName() throws IOException {
    ScriptedServices services = services();
    services.execute("run", write("a.pond", "[a + b]"), "--language-dir", POND);
    assertThat(services.executions().getFirst().language())
        .isInstanceOfSatisfying(
            CommandLanguage.class, command -> assertThat(command.name()).isEqualTo("Pond"));
  }

  @Test
  void otherLanguagesStayKnown() throws IOException {
    ScriptedServices services = services();
    services.execute("run", write("a.sql", "a + b"), "--language-dir", POND);
    services.execute("run", write("a.py", "a + b"), "--language-dir", POND);
    assertThat(services.executions())
        .extracting(execution -> execution.language())
        .containsExactly(GuestLanguage.SQL, GuestLanguage.PYTHON);
  }

  @Test
  void solveTellsTheLanguageByTheLabelOfTheBlocks() {
    ScriptedServices services =
        new ScriptedServices(folder, false, "```pond\n[1 say]\n```", "```pond\n[a + b]\n```");
    assertThat(services.execute("solve", POND + "/problems/add.md", "--language-dir", POND))
        .isZero();
    assertThat(services.executions()).hasSize(3);
    assertThat(services.executions().getFirst().language()).isInstanceOf(CommandLanguage.class);
    assertThat(services.executions().getFirst().tests()).isInstanceOf(TestSuite.StandardIo.class);
    assertThat(services.out()).contains("[a + b]");
  }

  @Test
  void withoutTheFolderTheLanguageIsNotKnown() throws IOException {
    ScriptedServices services = services();
    assertThat(services.execute("solve", POND + "/problems/add.md")).isEqualTo(2);
    assertThat(services.err())
        .endsWith(
            "add.md:5: the language \"pond\" is not known; known: python, java, javascript.\n");
    assertThat(services.execute("run", write("a.pond", "[a + b]"))).isEqualTo(2);
  }

  @Test
  void aFolderThatDescribesNoLanguageIsTheUsersMistake() throws IOException {
    write("language.toml", "name = \"X\"\nlabel = [\"x\"]\n");
    ScriptedServices services = services();
    assertThat(services.execute("run", write("a.pond", ""), "--language-dir", folder.toString()))
        .isEqualTo(2);
    assertThat(services.err()).contains("language.toml:2: \"label\" is none of").hasLineCount(1);
    assertThat(services.executions()).isEmpty();
  }

  @Test
  void runsAProgramAndItsTestsFromEndToEnd() throws Exception {
    String tests = write("t.json", "{\"exchanges\": [{\"input\": \"3 4\", \"output\": \"7\"}]}");
    List<String> right = run(POND + "/solutions/add.pond", "--tests", tests);
    assertThat(right).containsExactly("0", "7\n", "passed: its test holds\n");

    List<String> crashing = run(write("crash.pond", "[1 say]\n[x say]"));
    assertThat(crashing)
        .containsExactly(
            "1",
            "1\n",
            "line 2: 'x' is not the name of anything\n"
                + "crashed: Error: 'x' is not the name of anything (line 2)\n");

    List<String> malformed = run(write("malformed.pond", "[1 say"));
    assertThat(malformed.getLast()).contains("does not parse: the program ends, but a bracket");

    List<String> statements =
        run(write("x.pond", "[1 say]"), "--tests", write("t.txt", "assert 1"));
    assertThat(statements.getFirst()).isEqualTo("2");
    assertThat(statements.getLast())
        .endsWith(
            "t.txt:1: the tests do not parse: tests of Pond are exchanges of standard input and"
                + " output.\n");
  }

  /** The exit code and what is printed by {@code mallard run}. */
  private List<String> run(String... arguments) throws Exception {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    Console console =
        new Console(
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            false,
            false,
            false);
    Services services =
        new Services(
            console,
            folder,
            (choice, progress) -> {
              throw new IllegalStateException("No model is needed");
            },
            () ->
                new CommandSandbox(() -> {
                  throw new IllegalStateException("No other language is needed");
                }));
    String[] all = new String[arguments.length + 3];
    all[0] = "run";
    all[1] = "--language-dir";
    all[2] = POND;
    System.arraycopy(arguments, 0, all, 3, arguments.length);
    int code = MallardCommand.create(services).execute(all);
    String said = err.toString(StandardCharsets.UTF_8);
    Assumptions.assumeFalse(said.contains("cannot be confined"), said);
    return List.of(Integer.toString(code), out.toString(StandardCharsets.UTF_8), said);
  }

  private ScriptedServices services() {
    return new ScriptedServices(folder, false, "");
  }

  private String write(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text).toString();
  }
}
