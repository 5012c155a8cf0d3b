package dev.mallard.generator.feedback;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mallard.generator.problem.Language;
import dev.mallard.generator.problem.Languages;
import dev.mallard.generator.problem.Problem;
import dev.mallard.generator.prompt.WorkedExample;
import dev.mallard.sandbox.Execution;
import dev.mallard.sandbox.Limits;
import dev.mallard.sandbox.Observation;
import dev.mallard.sandbox.Report;
import dev.mallard.sandbox.Sandbox;
import dev.mallard.sandbox.TestSuite;
import dev.mallard.sandbox.UnconfinedException;
import dev.mallard.sandbox.pool.WorkerPool;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a model is shown before a question is what the sandbox says of the example's program. */
class WorkedExamplesTest {
  private static Optional<Sandbox> sandbox = Optional.empty();

  @BeforeAll
  static void start() {
    try {
      sandbox = Optional.of(WorkerPool.start());
    } catch (UnconfinedException e) {
      Assumptions.abort(e.getMessage());
    }
  }

  @AfterAll
  static void stop() {
    sandbox.ifPresent(Sandbox::close);
  }

  @ParameterizedTest
  @ValueSource(strings = {"python", "javascript", "java"})
  void theBlocksOfTheExampleAreThoseOfItsExecution(String language) throws Exception {
    WorkedExample example = example("blocks", language);
    FakeInvestigation investigation = investigation(language, example);

    String feedback = FeedbackKind.BLOCKS.strategy().explain(investigation).text();

    assertThat(question(investigation))
        .contains(example.part("failure"))
        .contains(example.part("blocks"));
    assertThat(feedback)
        .startsWith("The first step that goes wrong is this one:")
        .endsWith("Nothing has been counted yet, so count must begin with 0.");
  }

  @ParameterizedTest
  @ValueSource(strings = {"python", "javascript", "java"})
  void theFailureThatIsSimulatedIsThatOfTheProgram(String language) throws Exception {
    WorkedExample example = example("simulate", language);
    FakeInvestigation investigation = investigation(language, example);

    FeedbackKind.SIMULATED_TRACE.strategy().explain(investigation);

    assertThat(question(investigation)).contains(example.part("failure"));
  }

  @ParameterizedTest
  @CsvSource({"explain, python", "explain, javascript", "explain, java"})
  void theLinesThatAreExplainedAreThoseOfTheProgram(String name, String language) {
    WorkedExample example = example(name, language);
    List<String> lines = example.part("program").lines().toList();

    assertThat(example.part("answer").lines())
        .anySatisfy(line -> assertThat(line).matches("Line \\d sets count to 1 .*"))
        .allSatisfy(line -> {
          if (line.contains("sets count to 1")) {
            int number = Integer.parseInt(line.split(" ", 3)[1]);
            assertThat(lines.get(number - 1)).contains("count = 1");
          }
        });
  }

  private static WorkedExample example(String name, String language) {
    return WorkedExample.load(Question.class, "%s.%s.md".formatted(name, language)).getFirst();
  }

  /** The example's program in the test that its failure names, and its answer as the model's. */
  private static FakeInvestigation investigation(String label, WorkedExample example)
      throws InterruptedException {
    Language language = Languages.BUILT_IN.byLabel(label).orElseThrow();
    TestSuite tests = TestSuite.asserts(example.part("failure").split("`", -1)[1] + "\n");
    String program = example.part("program") + "\n";
    Report report =
        sandbox
            .orElseThrow()
            .run(
                new Execution(
                    language.guestLanguage(),
                    program,
                    tests,
                    Limits.DEFAULT,
                    Set.of(Observation.TRACE)));
    return new FakeInvestigation(
        new Problem("Count", "", Optional.empty(), language, tests, TestSuite.EMPTY),
        program,
        report,
        report.trace(),
        Optional.of(example.part("answer")));
  }

  private static String question(FakeInvestigation investigation) {
    return investigation.asked().getLast().content();
  }
}
