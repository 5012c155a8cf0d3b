package dev.mallard.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mallard.sandbox.GuestLanguage;
import dev.mallard.sandbox.TestSuite;
import dev.mallard.sandbox.UnconfinedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class RunCommandTest {
  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource({"p.py,PYTHON", "p.js,JAVASCRIPT", "p.mjs,JAVASCRIPT", "P.JAVA,JAVA", "q.sql,SQL"})
  void theNameTellsTheLanguage(String name, GuestLanguage language) throws IOException {
    ScriptedServices services = services();
    services.execute("run", write(name, "a + b").toString());
    assertThat(services.executions()).hasSize(1);
    assertThat(services.executions().getFirst().language()).isEqualTo(language);
  }

  @Test
  void aNameThatDoesNotTellTheLanguageNeedsTheOption() throws IOException {
    String program = write("program.txt", "a + b").toString();
    ScriptedServices services = services();
    assertThat(services.execute("run", program)).isEqualTo(2);
    assertThat(services.err()).contains("program.txt").contains("--language").hasLineCount(1);

    ScriptedServices told = services();
    assertThat(told.execute("run", program, "--language", "JAVA")).isZero();
    assertThat(told.executions().getFirst().language()).isEqualTo(GuestLanguage.JAVA);
  }

  @Test
  void testsMayBeATableInJson() throws IOException {
    Path tests = write("t.json", "{\"exchanges\": [{\"input\": \"3\", \"output\": \"6\"}]}");
    ScriptedServices services = services();
    services.execute("run", write("p.py", "a + b").toString(), "--tests", tests.toString());
    assertThat(services.executions().getFirst().tests())
        .isEqualTo(new TestSuite.StandardIo(List.of(new TestSuite.Exchange("3", "6"))));
  }

  @Test
  void aTableThatIsWrongIsTheUsersMistake() throws IOException {
    ScriptedServices services = services();
    assertThat(
            services.execute(
                "run",
                write("p.py", "a + b").toString(),
                "--tests",
                write("t.json", "{}").toString()))
        .isEqualTo(2);
    assertThat(services.err()).contains("t.json").hasLineCount(1);
    assertThat(services.executions()).isEmpty();
  }

  @Test
  void showsTraceAndCoverageWhenAsked() throws IOException {
    ScriptedServices services = services();
    String program = write("p.py", "def add(a, b): return a - b\n").toString();
    assertThat(services.execute("run", program, "--trace", "--coverage")).isEqualTo(1);
    assertThat(services.err())
        .contains("coverage: 1 of 3 lines, not [2, 3]")
        .contains("call add(a=1)")
        .contains("def add(a, b): return a - b")
        .contains("c=-1  -> line 1")
        .contains("... 7 steps ...")
        .contains("add returns -1");
  }

  @Test
  void printsOneJsonObjectWhenAsked() throws IOException {
    ScriptedServices services = services();
    String program = write("p.py", "def add(a, b): return a - b\n").toString();
    services.execute("run", program, "--json", "--trace", "--coverage");
    JsonNode report = JsonMapper.shared().readTree(services.out());
    assertThat(report.get("verdict").get("kind").asString()).isEqualTo("failed");
    assertThat(report.get("tests").get(0).get("verdict").get("kind").asString())
        .isEqualTo("passed");
    assertThat(report.get("trace").get("steps").get(1).get("branch").asInt()).isEqualTo(1);
    assertThat(report.get("coverage").get("missed").toString()).isEqualTo("[2,3]");
    assertThat(services.err()).isEmpty();
  }

  @Test
  void whereNothingConfinesAProgramItIsRefusedInOneSentence() throws IOException {
    ScriptedServices services = services();
    services.breakSandbox(new UnconfinedException("Java needs bubblewrap: install it."));
    assertThat(services.execute("run", write("p.java", "class A {}").toString())).isEqualTo(2);
    assertThat(services.err()).isEqualTo("Java needs bubblewrap: install it.\n");
  }

  private ScriptedServices services() {
    return new ScriptedServices(folder, false, "");
  }

  private Path write(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text);
  }
}
