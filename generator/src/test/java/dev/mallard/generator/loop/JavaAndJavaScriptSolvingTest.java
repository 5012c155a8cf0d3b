package dev.mallard.generator.loop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mallard.generator.feedback.UnitTestFeedback;
import dev.mallard.generator.problem.Problem;
import dev.mallard.generator.problem.ProblemFile;
import dev.mallard.sandbox.Limits;
import dev.mallard.sandbox.Sandbox;
import dev.mallard.sandbox.UnconfinedException;
import dev.mallard.sandbox.pool.WorkerPool;
import java.time.Duration;
import java.time.InstantSource;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Problems in Java and JavaScript are solved, with the real sandbox. */
class JavaAndJavaScriptSolvingTest {
  private static final LoopSettings SETTINGS =
      new LoopSettings(1, 3, 512, 0, 0, Limits.DEFAULT.withWallClock(Duration.ofSeconds(60)))
          .withGrammar(GrammarMode.CONSTRAIN, 2500);

  @Test
  void aJavaProgramIsRepairedUntilItPasses() throws Exception {
    Problem problem =
        ProblemFile.parse(
            "add.md",
            """
            # Add two numbers
            ```java tests
            import java.util.List;
            assert Solution.add(1, 2) == 3;
            assert List.of(Solution.add(0, 0)).equals(List.of(0));
            ```
            ```java hidden-tests
            assert Solution.add(-1, 1) == 0;
            ```
            """);
    ScriptedLanguageModel model =
        ScriptedLanguageModel.answering(
            "```java\npublic static int add(int a, int b) {\n    return a + b;\n}\n```",
            "```java\npublic class Solution {\n  static int add(int a, int b) { return a - b; }\n}\n```",
            "```java\npublic class Solution {\n  static int add(int a, int b) { return a + b; }\n}\n```");

    Outcome outcome = solve(problem, model);

    assertThat(outcome.solved()).isTrue();
    assertThat(outcome.hiddenTests().orElseThrow().verdict().passed()).isTrue();
    assertThat(model.prompt(1))
        .startsWith("Write a Java class that solves this problem.")
        .contains(
            "What the examples call without a class is a static method of a class `Solution`.");
    assertThat(model.prompt(2)).contains("The program is not valid Java").contains("main");
    assertThat(model.prompt(3))
        .startsWith("This Java class does not solve its problem yet.")
        .contains("`Solution.add(1, 2)` gave `-1`, but it must give `3`.")
        .endsWith("Write the whole corrected class.");
    assertThat(model.requests().getFirst().form().orElseThrow().label()).isEqualTo("java");
  }

  @Test
  void aJavaScriptProgramIsRepairedUntilItPasses() throws Exception {
    Problem problem =
        ProblemFile.parse(
            "add.md",
            """
            # Add two numbers
            ```js signature
            function add(a, b)
            ```
            ```js tests
            console.assert(add(1, 2) === 3);
            ```
            ```javascript hidden-tests
            console.assert(add(-1, 1) === 0);
            ```
            """);
    ScriptedLanguageModel model =
        ScriptedLanguageModel.answering(
            "```javascript\nfunction add(a, b) {\n  return a - b;\n}\n```",
            "```javascript\nfunction add(a, b) {\n  return a + b;\n}\nmodule.exports = { add };\n```");

    Outcome outcome = solve(problem, model);

    assertThat(outcome.solved()).isTrue();
    assertThat(outcome.hiddenTests().orElseThrow().verdict().passed()).isTrue();
    assertThat(model.prompt(1))
        .startsWith("Write a JavaScript function that solves this problem.")
        .contains("It must define:\n\n```javascript\nfunction add(a, b)\n```");
    assertThat(model.prompt(2)).contains("`add(1, 2)` gave `-1`, but it must give `3`.");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '`',
      value = {
        "javascript ~ console.assert(largest([1, 7, 2]) === 7);"
            + " ~ function largest(xs) { return 7; } ~ function largest(xs) { return Math.max(...xs); }",
        "java ~ assert Solution.largest(List.of(1, 7, 2)) == 7;"
            + " ~ import java.util.*; class Solution { static int largest(List<Integer> xs) { return 7; } }"
            + " ~ import java.util.*; class Solution { static int largest(List<Integer> xs) { return Collections.max(xs); } }",
      })
  void aProgramThatKnowsTheResultByHeartIsNotTheEnd(
      String language, String test, String byHeart, String right) throws Exception {
    Problem problem =
        ProblemFile.parse(
            "largest.md", "# The largest number\n```%s tests\n%s\n```\n".formatted(language, test));
    ScriptedLanguageModel model =
        ScriptedLanguageModel.answering(
            "```%s\n%s\n```".formatted(language, byHeart),
            "```%s\n%s\n```".formatted(language, right));

    Outcome outcome = solve(problem, model);

    assertThat(outcome.transcript().attempts()).allMatch(Attempt::passed).hasSize(2);
    assertThat(outcome.ending()).isEqualTo(Ending.PASSED);
    assertThat(outcome.best().orElseThrow().program()).contains("max");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '`',
      value = {
        "javascript ~ function twice(x) ~ function twice(x) { return 2 * x; }"
            + " ~ console.assert(twice(2) === 4); ~ console.assert(twice(3) === 5);",
        "java ~ static int twice(int x) ~ class Solution { static int twice(int x) { return 2 * x; } }"
            + " ~ assert Solution.twice(2) == 4; ~ assert Solution.twice(3) == 5;",
      })
  void testsThatTheModelProposesAreKeptWhereProgramsAgree(
      String language, String signature, String program, String right, String wrong)
      throws Exception {
    Problem problem =
        ProblemFile.parse(
            "twice.md", "# Twice\n```%s signature\n%s\n```\n".formatted(language, signature));
    String fenced = "```%s\n%s\n```".formatted(language, program);
    ScriptedLanguageModel model =
        ScriptedLanguageModel.answering(
            fenced, fenced, fenced, fenced, fenced, right + "\n" + wrong + "\ntalk\n");

    Outcome outcome = solve(problem, model);

    assertThat(outcome.proposedTests()).isTrue();
    assertThat(outcome.solved()).isTrue();
    assertThat(outcome.best().orElseThrow().testsPassed()).isEqualTo(1);
  }

  private static Outcome solve(Problem problem, ScriptedLanguageModel model)
      throws InterruptedException {
    try (Sandbox sandbox = WorkerPool.start()) {
      return new SelfDebugger(model, sandbox, new UnitTestFeedback(), InstantSource.system())
          .solve(problem, SETTINGS, event -> {});
    } catch (UnconfinedException e) {
      return Assumptions.abort(e.getMessage());
    }
  }
}
