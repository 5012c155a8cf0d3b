package dev.mallard.generator.feedback;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mallard.generator.model.Message;
import dev.mallard.generator.problem.Language;
import dev.mallard.generator.problem.Problem;
import dev.mallard.sandbox.Report;
import dev.mallard.sandbox.TestSuite;
import dev.mallard.sandbox.Trace;
import dev.mallard.sandbox.Trace.Variable;
import dev.mallard.sandbox.Verdict;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What each strategy asks the model, and what it then says of the program. */
class FeedbackKindTest {
  private static final String PROGRAM =
      "def total(xs):\n    s = 1\n    for x in xs:\n        s += x\n    return s\n";
  private static final Verdict.Test TEST = new Verdict.Test(1, "assert total([4]) == 4");
  private static final Problem PROBLEM =
      new Problem(
          "Sum a list",
          "Return the sum of all numbers.",
          Optional.empty(),
          Language.PYTHON,
          TestSuite.asserts(TEST.source() + "\n"),
          TestSuite.EMPTY);
  private static final Report FAILED =
      new Report(
          new Verdict.Failed(
              TEST,
              Optional.of(new Verdict.Comparison("total([4])", "5", "4")),
              Optional.empty(),
              0),
          "",
          "",
          Duration.ZERO);
  private static final Trace TRACE =
      new Trace(
          TEST,
          List.of(
              new Trace.Called("total", 1, List.of(new Variable("xs", "[4]"))),
              new Trace.Line(2, List.of(new Variable("s", "1")), Optional.empty()),
              new Trace.Line(3, List.of(new Variable("x", "4")), Optional.of(4)),
              new Trace.Line(4, List.of(new Variable("s", "5")), Optional.empty()),
              new Trace.Line(3, List.of(), Optional.of(5)),
              new Trace.Line(5, List.of(), Optional.empty()),
              new Trace.Returned("total", "5")));

  @Test
  void simpleSaysOnlyThatItIsWrong() throws Exception {
    FakeInvestigation investigation = investigation("unused");

    assertThat(text(FeedbackKind.SIMPLE, investigation))
        .isEqualTo("The program is wrong. Please fix it.");
    assertThat(investigation.asked()).isEmpty();
  }

  @Test
  void unitTestSaysWhatWasExpected() throws Exception {
    assertThat(text(FeedbackKind.UNIT_TEST, investigation("unused")))
        .isEqualTo(
            "The test `assert total([4]) == 4` failed.\n"
                + "`total([4])` gave `5`, but it must give `4`.");
  }

  @Test
  void explainAsksForALineByLineExplanationAndPassesItOn() throws Exception {
    FakeInvestigation investigation = investigation("Line 2 is wrong.");

    assertThat(text(FeedbackKind.EXPLAIN, investigation))
        .isEqualTo("What the program does, line by line:\nLine 2 is wrong.");
    assertThat(investigation.asked())
        .extracting(Message::role)
        .containsExactly(Message.Role.USER, Message.Role.ASSISTANT, Message.Role.USER);
    assertThat(question(investigation))
        .contains("Return the sum of all numbers.", PROGRAM, "line by line")
        .doesNotContain("total([4])");
  }

  @Test
  void traceShowsTheRealExecution() throws Exception {
    FakeInvestigation investigation = investigation("unused");

    assertThat(text(FeedbackKind.TRACE, investigation))
        .isEqualTo(
            """
            What the program did in the test `assert total([4]) == 4`, line by line:
            ```text
            total is called with xs = [4]
            line 2: s = 1   # s = 1
            line 3: for x in xs:   # x = 4   # goes to line 4
            line 4: s += x   # s = 5
            line 3: for x in xs:   # goes to line 5
            line 5: return s
            total returns 5
            ```\
            """);
    assertThat(investigation.asked()).isEmpty();
  }

  @Test
  void simulatedTraceHasTheModelExecuteTheTest() throws Exception {
    FakeInvestigation investigation = investigation("s = 1, x = 4, s = 5");

    assertThat(text(FeedbackKind.SIMULATED_TRACE, investigation))
        .isEqualTo("Its execution, step by step:\ns = 1, x = 4, s = 5");
    assertThat(question(investigation))
        .contains(PROGRAM, "`total([4])` gave `5`, but it must give `4`", "line by line");
  }

  @Test
  void blocksNamesTheFirstThatTheModelFindsWrong() throws Exception {
    FakeInvestigation investigation =
        investigation(
            "BLOCK-1: correct. Fine.\n**BLOCK-2**: wrong - s is too large\nBLOCK-3: wrong");

    assertThat(text(FeedbackKind.BLOCKS, investigation))
        .isEqualTo(
            """
            The first step that goes wrong is this one:
            ```text
            # before: xs = [4], s = 1, x = 4
            s += x
            for x in xs:
            # after: s = 5
            ```
            s is too large\
            """);
    assertThat(question(investigation))
        .contains("[BLOCK-1]\n# before: xs = [4]\ns = 1\nfor x in xs:\n# after: s = 1, x = 4")
        .contains("[BLOCK-3]\n# before: xs = [4], s = 5, x = 4\nreturn s\n# total returns 5");
  }

  @Test
  void blocksListensUntilOneIsWrongOrAllAreJudged() throws Exception {
    FakeInvestigation wrong =
        investigation("BLOCK-1: correct.\nBLOCK-2: wrong. Too large.\nBLOCK-1: wrong.\n");
    FakeInvestigation right =
        investigation("BLOCK-1: correct.\nBLOCK-3: correct.\nBLOCK-2: wrong.\n");

    assertThat(text(FeedbackKind.BLOCKS, wrong)).contains("s += x").endsWith("Too large.");
    assertThat(wrong.heard()).endsWith("Too large.\n");
    assertThat(text(FeedbackKind.BLOCKS, right)).isEmpty();
    assertThat(right.heard()).endsWith("BLOCK-3: correct.\n");
  }

  @ParameterizedTest
  @EnumSource(names = {"EXPLAIN", "SIMULATED_TRACE"})
  void aProgramBehindAnExplanationIsNotWaitedFor(FeedbackKind kind) throws Exception {
    FakeInvestigation talkative = investigation("Line 2 is wrong.\n```python\nx = 1\n```\nSo.");

    assertThat(text(kind, talkative)).endsWith("\nLine 2 is wrong.");
    assertThat(talkative.heard()).endsWith("```");
    assertThat(text(kind, investigation("```python\nx = 1\n```"))).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(FeedbackKind.class)
  void saysNothingMoreThanItKnows(FeedbackKind kind) throws Exception {
    FakeInvestigation silent =
        new FakeInvestigation(PROBLEM, PROGRAM, FAILED, Optional.empty(), Optional.empty());

    String text = text(kind, silent);

    switch (kind) {
      case SIMPLE, UNIT_TEST -> assertThat(text).isNotEmpty();
      default -> assertThat(text).isEmpty();
    }
  }

  @Test
  void severalAreJoinedInTheirOrder() throws Exception {
    assertThat(
            FeedbackKind.combined(List.of(FeedbackKind.EXPLAIN, FeedbackKind.SIMPLE))
                .explain(investigation("It adds."))
                .text())
        .isEqualTo(
            "What the program does, line by line:\nIt adds.\n\n"
                + "The program is wrong. Please fix it.");
  }

  private static String text(FeedbackKind kind, FakeInvestigation investigation)
      throws InterruptedException {
    return kind.strategy().explain(investigation).text();
  }

  private static String question(FakeInvestigation investigation) {
    return investigation.asked().getLast().content();
  }

  private static FakeInvestigation investigation(String answer) {
    return new FakeInvestigation(PROBLEM, PROGRAM, FAILED, Optional.of(TRACE), Optional.of(answer));
  }
}
