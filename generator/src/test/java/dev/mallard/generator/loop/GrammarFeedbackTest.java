package dev.mallard.generator.loop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mallard.generator.model.Completion;
import dev.mallard.generator.problem.Language;
import dev.mallard.generator.problem.Problem;
import dev.mallard.grammars.BuiltInGrammar;
import dev.mallard.sandbox.Limits;
import dev.mallard.sandbox.Report;
import dev.mallard.sandbox.TestSuite;
import dev.mallard.sandbox.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the grammar says of programs that do not parse. */
class GrammarFeedbackTest {
  private static final Verdict MALFORMED = new Verdict.Malformed("invalid syntax", 1, 1);
  private static final Problem PROBLEM =
      new Problem(
          "F",
          "",
          Optional.empty(),
          Language.PYTHON,
          TestSuite.asserts("assert f(1) == 2"),
          TestSuite.EMPTY);

  private static final ModelSession NO_MODEL =
      new ModelSession(
          ScriptedLanguageModel.answering("x"),
          new Budget(SpendingLimit.NONE, () -> Instant.EPOCH),
          () -> Instant.EPOCH,
          event -> {});

  private static final FeedbackStrategy STRATEGY =
      new GrammarFeedback(
          _ -> new Feedback("It does not parse."),
          new LanguageGrammar(
              new ScriptedLanguageModel(8192, List.of("x")),
              Language.PYTHON,
              BuiltInGrammar.PYTHON.source(),
              2500));

  @Test
  void saysWhatCouldComeAndShowsTheRules() throws Exception {
    assertThat(explain("def f(x)\n    return x\n", MALFORMED))
        .startsWith(
            """
            It does not parse.
            By the grammar, at the end of line 1 could come: "->", ":".
            Its rules of what stands there:
            function: "def" NAME [type_parameters] "(" [parameters] ")" ["->" expression] ":" function_body | ...
            """);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      value = {
        "if x > 3|    y = 1 ~ at the end of line 1 could come: \":\", ",
        "print((1 + 2)|y = 3 ~ in line 2, instead of `y`, could come: \")\", ",
        "x = [1, 2 ~ at the end of the program could come: \",\", \"]\", ",
        "def f(x):|return 1 ~ in line 2, instead of `return`, could come: an indented block.",
        "while x = 3:|    y = 1 ~ in line 1, instead of `=`, could come: \":\", "
      })
  void namesWhatCouldComeInsteadOfCommonMistakes(String program, String expected) throws Exception {
    assertThat(explain(program.replace('|', '\n'), MALFORMED)).contains(expected);
  }

  @Test
  void saysWhereAWordMayStandThatIsOutOfPlace() throws Exception {
    assertThat(explain("return 3\n", MALFORMED))
        .isEqualTo(
            """
            It does not parse.
            By the grammar, in line 1, instead of `return`, could come: statement.
            Its rules of what stands there:
            "return" stands only within function_body, async_body\
            """);
  }

  @Test
  void addsNothingWhereTheGrammarKnowsNothing() throws Exception {
    assertThat(explain("f(x=1, x=2)\n", MALFORMED)).isEqualTo("It does not parse.");
    assertThat(explain("", MALFORMED)).isEqualTo("It does not parse.");
    assertThat(
            explain("def f(x)\n", new Verdict.TimedOut(Duration.ofSeconds(1), Optional.empty(), 0)))
        .isEqualTo("It does not parse.");
  }

  private static String explain(String program, Verdict verdict) throws InterruptedException {
    Attempt attempt =
        new Attempt(
            1,
            0,
            TurnKind.FRESH,
            new Completion("", Completion.Finish.END, 1, 1, 0),
            program,
            new Report(verdict, "", "", Duration.ZERO),
            OptionalInt.empty(),
            Duration.ZERO);
    return STRATEGY
        .explain(
            new SessionInvestigation(
                1,
                PROBLEM,
                attempt,
                new Judge(new ScriptedSandbox(Map.of()), PROBLEM, Limits.DEFAULT),
                NO_MODEL))
        .text();
  }
}
