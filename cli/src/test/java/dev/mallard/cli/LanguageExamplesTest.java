package dev.mallard.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mallard.generator.problem.Language;
import dev.mallard.generator.problem.LanguageDirectory;
import dev.mallard.generator.problem.Languages;
import dev.mallard.generator.problem.Problem;
import dev.mallard.generator.problem.ProblemFile;
import dev.mallard.grammars.parse.Grammar;
import dev.mallard.sandbox.Execution;
import dev.mallard.sandbox.Limits;
import dev.mallard.sandbox.Sandbox;
import dev.mallard.sandbox.TestSuite;
import dev.mallard.sandbox.TestSuite.StandardIo;
import dev.mallard.sandbox.UnconfinedException;
import dev.mallard.sandbox.Verdict;
import dev.mallard.sandbox.Verdict.Crashed;
import dev.mallard.sandbox.Verdict.Malformed;
import dev.mallard.sandbox.Verdict.Passed;
import dev.mallard.sandbox.command.CommandSandbox;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The language in the examples, its problems and their solutions. */
@TestInstance(Lifecycle.PER_CLASS)
class LanguageExamplesTest {
  private static final Path FOLDER = Path.of("../examples/languages/pond");
  private static final Limits LIMITS = Limits.DEFAULT.withWallClock(Duration.ofSeconds(60));

  private final Languages languages = Languages.BUILT_IN.with(List.of(FOLDER));
  private final Language pond = LanguageDirectory.read(FOLDER);
  private final Grammar grammar = pond.grammar().orElseThrow().compile();
  private final Sandbox sandbox =
      new CommandSandbox(() -> {
        throw new IllegalStateException("All programs are in Pond");
      });

  @AfterAll
  void stop() {
    sandbox.close();
  }

  static List<Path> problems() throws IOException {
    try (Stream<Path> files = Files.list(FOLDER.resolve("problems"))) {
      return files.sorted().toList();
    }
  }

  @Test
  void thereAreTenProblems() throws IOException {
    assertThat(problems()).hasSize(10);
  }

  @ParameterizedTest
  @MethodSource("problems")
  void aSolutionParsesAndPassesTheVisibleAndTheHiddenTests(Path file) throws Exception {
    Problem problem = ProblemFile.read(file, languages);
    String name = file.getFileName().toString().replace(".md", ".pond");
    String solution = Files.readString(FOLDER.resolve("solutions").resolve(name));

    assertThat(accepts(solution)).isTrue();
    List<TestSuite.Exchange> visible = exchanges(problem.visibleTests());
    List<TestSuite.Exchange> hidden = exchanges(problem.hiddenTests());
    assertThat(visible).isNotEmpty().doesNotContainAnyElementsOf(hidden);
    assertThat(hidden).isNotEmpty();
    StandardIo all = new StandardIo(Stream.of(visible, hidden).flatMap(List::stream).toList());
    assertThat(run(solution, all)).isEqualTo(new Passed(all.exchanges().size()));
  }

  /** What the grammar refuses, the interpreter does not parse either. */
  @ParameterizedTest
  @CsvSource({
    "[1~2 add, 2",
    "[add 1 2], 1",
    "[1 2 3 add], 1",
    "[5 say]~[1 2 say}, 2",
    "[2 3 keep], 1"
  })
  void whatIsNoProgramIsMalformed(String program, int line) throws Exception {
    String text = program.replace('~', '\n');
    assertThat(accepts(text)).isFalse();
    assertThat(run(text, TestSuite.EMPTY))
        .isInstanceOfSatisfying(
            Malformed.class, malformed -> assertThat(malformed.line()).isEqualTo(line));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "[1 a keep]~[2 a keep]        | 2 | 'a' is kept already: swap it",
        "~[2 a swap]                  | 2 | 'a' is not kept: keep it first",
        "[[[4 5 flock]~3 at] say]     | 2 | 'at' finds nothing at that place",
        "[f (a) [[a f] say] means]~[1 f] | 1 | calls go too deep",
      })
  void anErrorNamesItsLine(String program, int line, String message) throws Exception {
    String text = program.replace('~', '\n');
    assertThat(accepts(text)).isTrue();
    assertThat(run(text, TestSuite.EMPTY))
        .isEqualTo(new Crashed("Error", message, Optional.of(line), Optional.empty(), 0));
  }

  private static List<TestSuite.Exchange> exchanges(TestSuite tests) {
    return ((StandardIo) tests).exchanges();
  }

  private Verdict run(String program, TestSuite tests) throws InterruptedException {
    try {
      return sandbox.run(new Execution(pond.guestLanguage(), program, tests, LIMITS)).verdict();
    } catch (UnconfinedException e) {
      return Assumptions.abort(e.getMessage());
    }
  }

  private boolean accepts(String program) {
    return grammar.accepts(program.getBytes(StandardCharsets.UTF_8));
  }
}
