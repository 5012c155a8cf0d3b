package dev.mallard.generator.loop;

import static dev.mallard.generator.loop.ScriptedSandbox.failed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.mallard.generator.UserException;
import dev.mallard.generator.feedback.UnitTestFeedback;
import dev.mallard.generator.model.GenerationRequest;
import dev.mallard.generator.problem.Language;
import dev.mallard.generator.problem.Problem;
import dev.mallard.sandbox.Limits;
import dev.mallard.sandbox.TestSuite;
import dev.mallard.sandbox.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SelfDebuggerTest {
  private static final String WRONG = "def add(a, b): return a - b";
  private static final String BETTER = "def add(a, b): return a + abs(b)";
  private static final String RIGHT = "def add(a, b): return a + b";
  private static final TestSuite VISIBLE =
      TestSuite.asserts("assert add(1, 2) == 3\nassert add(0, 0) == 0\n");
  private static final TestSuite HIDDEN = TestSuite.asserts("assert add(70, 7) == 77\n");
  private static final Problem PROBLEM =
      new Problem(
          "Add two numbers",
          "Return the sum of a and b.",
          Optional.of("def add(a, b):"),
          Language.PYTHON,
          VISIBLE,
          HIDDEN);

  private final ScriptedSandbox sandbox =
      new ScriptedSandbox(
          Map.of(WRONG, failed(0), BETTER, failed(1), RIGHT, new Verdict.Passed(2)));
  private final List<Event> events = new ArrayList<>();

  @Test
  void solvesAtOnce() throws Exception {
    ScriptedLanguageModel model = ScriptedLanguageModel.answering(fenced(RIGHT) + "\nIt adds.");

    Outcome outcome = solve(model, settings(1, 10));

    assertThat(outcome.solved()).isTrue();
    assertThat(outcome.best().orElseThrow().program()).isEqualTo(RIGHT + "\n");
    assertThat(outcome.transcript().turns()).isEqualTo(1);
    assertThat(model.requests().getFirst().sampling().greedy()).isTrue();
  }

  @Test
  void solvesAfterOneRepair() throws Exception {
    ScriptedLanguageModel model = ScriptedLanguageModel.answering(fenced(WRONG), fenced(RIGHT));

    Outcome outcome = solve(model, settings(1, 10));

    assertThat(outcome.solved()).isTrue();
    assertThat(outcome.transcript().attempts())
        .extracting(Attempt::kind)
        .containsExactly(TurnKind.FRESH, TurnKind.REPAIR);
    assertThat(model.prompt(2)).contains(WRONG).contains("`add(1, 2)` gave `-1`, but it must give");
  }

  @Test
  void tellsWhatHappensInOrder() throws Exception {
    solve(ScriptedLanguageModel.answering(fenced(WRONG), fenced(RIGHT)), settings(1, 10));

    assertThat(events.stream().filter(event -> !(event instanceof Event.TextGenerated)))
        .extracting(event -> event.getClass().getSimpleName())
        .containsExactly(
            "Started",
            "TurnStarted",
            "Asked",
            "Answered",
            "AttemptCompleted",
            "TurnStarted",
            "FeedbackGiven",
            "Asked",
            "Answered",
            "AttemptCompleted",
            "HiddenTestsRun",
            "Solved");
    StringBuilder text = new StringBuilder();
    events.forEach(event -> {
      if (event instanceof Event.TextGenerated generated && generated.turn() == 1) {
        text.append(generated.text());
      }
    });
    assertThat(text.toString()).isEqualTo(fenced(WRONG));
  }

  @Test
  void stopsTheModelOnceTheProgramIsWhole() throws Exception {
    ScriptedLanguageModel model =
        ScriptedLanguageModel.answering(fenced(RIGHT) + "\n" + "talk ".repeat(500));

    Outcome outcome = solve(model, settings(1, 1));

    assertThat(outcome.transcript().attempts().getFirst().completion().text())
        .doesNotContain("talk talk");
  }

  @Test
  void stopsAModelThatRepeatsOneLineWithoutEnd() throws Exception {
    ScriptedLanguageModel model =
        ScriptedLanguageModel.answering("```python\ndef add(a, b):\n" + "    a = b\n".repeat(500));

    Outcome outcome = solve(model, settings(1, 1));

    assertThat(outcome.transcript().attempts().getFirst().completion().text())
        .hasSizeLessThan(300)
        .contains("a = b");
  }

  @Test
  void givesUpAfterTheLastTurnAndKeepsTheBest() throws Exception {
    ScriptedLanguageModel model =
        ScriptedLanguageModel.answering(fenced(WRONG), fenced(BETTER), fenced(WRONG), "no idea");

    Outcome outcome = solve(model, settings(1, 4));

    assertThat(outcome.solved()).isFalse();
    assertThat(outcome.best().orElseThrow().program()).isEqualTo(BETTER + "\n");
    assertThat(outcome.best().orElseThrow().turn()).isEqualTo(2);
    assertThat(events.getLast()).isInstanceOf(Event.GaveUp.class);
    assertThat(model.requests()).hasSize(4);
  }

  @Test
  void ofEqualProgramsKeepsTheMoreProbablePerTokenAndThenTheEarlier() throws Exception {
    // The script's answers have the same probability, so that of a token grows with the length.
    ScriptedLanguageModel longer =
        ScriptedLanguageModel.answering(fenced(WRONG), fenced(WRONG + " # and a comment"));
    ScriptedLanguageModel equal =
        ScriptedLanguageModel.answering(fenced(WRONG + " # one"), fenced(WRONG + " # two"));

    assertThat(solve(longer, settings(1, 2)).best().orElseThrow().turn()).isEqualTo(2);
    assertThat(solve(equal, settings(1, 2)).best().orElseThrow().turn()).isEqualTo(1);
  }

  @Test
  void repairsTheBestProgramsInOneTurn() throws Exception {
    ScriptedLanguageModel model =
        ScriptedLanguageModel.answering(
            fenced(WRONG), fenced(BETTER), fenced(BETTER + " # 2"), fenced(WRONG));

    Outcome outcome = solve(model, settings(4, 2).withRepairs(2));

    assertThat(outcome.transcript().turns()).isEqualTo(2);
    assertThat(events.stream().filter(Event.FeedbackGiven.class::isInstance))
        .extracting(
            event -> ((Event.FeedbackGiven) event).attempt().program().strip(),
            event -> ((Event.FeedbackGiven) event).firstCandidate(),
            event -> ((Event.FeedbackGiven) event).candidates())
        .containsExactly(tuple(BETTER, 0, 2), tuple(WRONG, 2, 2));
    assertThat(outcome.transcript().attempts())
        .filteredOn(attempt -> attempt.turn() == 2)
        .extracting(Attempt::candidate)
        .containsExactly(0, 1, 2, 3);
  }

  @Test
  void beginsWithTheUsersProgramWhereThereIsOne() throws Exception {
    ScriptedLanguageModel model = ScriptedLanguageModel.answering(fenced(RIGHT));

    Outcome outcome = debugger(model).debug(PROBLEM, WRONG + "\n", settings(1, 3), events::add);

    assertThat(outcome.solved()).isTrue();
    assertThat(outcome.transcript().attempts())
        .extracting(Attempt::kind)
        .containsExactly(TurnKind.GIVEN, TurnKind.REPAIR);
    assertThat(model.prompt(1)).contains(WRONG).contains("`add(1, 2)` gave `-1`");
  }

  @Test
  void repairsInEveryTurnWhereTheUserHasGivenAProgram() throws Exception {
    ScriptedLanguageModel model =
        ScriptedLanguageModel.answering(fenced(BETTER), fenced(WRONG + " # 2"), fenced(BETTER));

    Outcome outcome = debugger(model).debug(PROBLEM, WRONG, settings(1, 4), events::add);

    assertThat(outcome.transcript().attempts().stream().skip(1))
        .extracting(Attempt::kind)
        .hasSize(4)
        .containsOnly(TurnKind.REPAIR);
  }

  @Test
  void asksNothingWhereTheUsersProgramPasses() throws Exception {
    ScriptedLanguageModel model = ScriptedLanguageModel.answering(fenced(WRONG));

    Outcome outcome = debugger(model).debug(PROBLEM, RIGHT, settings(1, 3), events::add);

    assertThat(outcome.solved()).isTrue();
    assertThat(outcome.usage()).isEqualTo(TokenUsage.NONE);
    assertThat(model.requests()).isEmpty();
  }

  @Test
  void showsDemonstrationsBeforeTheProblemAsLongAsTheyFit() throws Exception {
    Demonstrations demonstrations =
        problem -> List.of(new Demonstrations.Demonstration("Negate", "def neg(x): return -x"));
    for (int context : List.of(4096, 345)) {
      ScriptedLanguageModel model = new ScriptedLanguageModel(context, List.of(fenced(RIGHT)));

      new SelfDebugger(model, sandbox, new UnitTestFeedback(), demonstrations, () -> Instant.EPOCH)
          .solve(PROBLEM, settings(1, 1), events::add);

      assertThat(model.requests().getFirst().conversation()).hasSize(context == 4096 ? 4 : 2);
    }
  }

  @Test
  void doesNotRunARepeatedProgramAgainAndRaisesTheTemperature() throws Exception {
    String other = fenced(WRONG + " # 2");
    ScriptedLanguageModel model =
        ScriptedLanguageModel.answering(fenced(WRONG), fenced(WRONG), other, other, fenced(BETTER));

    Outcome outcome = solve(model, settings(1, 5));

    assertThat(sandbox.runs()).filteredOn(run -> run.tests().equals(VISIBLE)).hasSize(3);
    assertThat(outcome.transcript().attempts().get(1).repeats()).hasValue(1);
    assertThat(model.requests())
        .extracting(request -> request.sampling().temperature())
        .usingComparatorForType((a, b) -> Math.abs(a - b) < 1e-9 ? 0 : 1, Double.class)
        .containsExactly(0.0, 0.0, 0.9, 0.9, 1.0);
    assertThat(model.requests()).extracting(GenerationRequest::seed).doesNotHaveDuplicates();
  }

  @Test
  void endsWhenTwoTurnsInARowBringNothingNew() throws Exception {
    ScriptedLanguageModel model =
        ScriptedLanguageModel.answering(
            fenced(WRONG), fenced(BETTER), fenced(WRONG), fenced(WRONG));

    Outcome outcome = solve(model, settings(1, 10));

    assertThat(outcome.ending()).isEqualTo(Ending.REPEATS);
    assertThat(outcome.best().orElseThrow().program()).isEqualTo(BETTER + "\n");
    assertThat(model.requests()).hasSize(4);
  }

  @Test
  void alternatesRepairsAndFreshAttemptsWhileNothingGetsBetter() throws Exception {
    List<String> answers = IntStream.range(0, 6).mapToObj(i -> fenced(WRONG + " # " + i)).toList();

    Outcome outcome = solve(new ScriptedLanguageModel(4096, answers), settings(1, 6));

    assertThat(outcome.transcript().attempts())
        .extracting(Attempt::kind)
        .containsExactly(
            TurnKind.FRESH,
            TurnKind.REPAIR,
            TurnKind.FRESH,
            TurnKind.REPAIR,
            TurnKind.FRESH,
            TurnKind.REPAIR);
  }

  @Test
  void repairsAgainAfterARepairThatHelped() throws Exception {
    ScriptedLanguageModel model =
        ScriptedLanguageModel.answering(fenced(WRONG), fenced(BETTER), fenced(RIGHT));

    Outcome outcome = solve(model, settings(1, 10));

    assertThat(outcome.transcript().attempts().getLast().kind()).isEqualTo(TurnKind.REPAIR);
    assertThat(model.prompt(3)).contains(BETTER).doesNotContain(WRONG);
  }

  @Test
  void asksAfreshWhereThereWasNoCode() throws Exception {
    Outcome outcome =
        solve(ScriptedLanguageModel.answering("I cannot.", fenced(RIGHT)), settings(1, 10));

    assertThat(outcome.solved()).isTrue();
    assertThat(outcome.transcript().attempts())
        .extracting(Attempt::kind)
        .containsOnly(TurnKind.FRESH);
  }

  @Test
  void hasNoBestProgramWhereThereNeverWasCode() throws Exception {
    Outcome outcome = solve(ScriptedLanguageModel.answering("I cannot."), settings(1, 3));

    assertThat(outcome.best()).isEmpty();
    assertThat(outcome.hiddenTests()).isEmpty();
    assertThat(sandbox.runs()).isEmpty();
  }

  @Test
  void samplesABatchInEachTurnAndStopsAfterTheFirstThatPasses() throws Exception {
    ScriptedLanguageModel model =
        ScriptedLanguageModel.answering(fenced(WRONG), fenced(RIGHT), fenced(BETTER));

    Outcome outcome = solve(model, settings(3, 10));

    assertThat(outcome.best().orElseThrow().candidate()).isEqualTo(1);
    assertThat(outcome.transcript().attempts()).hasSize(3);
    assertThat(model.requests()).hasSize(1);
    assertThat(model.requests().getFirst().candidates()).isEqualTo(3);
    assertThat(model.requests().getFirst().sampling().temperature()).isEqualTo(0.8);
  }

  @Test
  void runsHiddenTestsOnceAtTheEndAndNeverShowsThem() throws Exception {
    ScriptedLanguageModel model = ScriptedLanguageModel.answering(fenced(WRONG), fenced(RIGHT));

    Outcome outcome = solve(model, settings(1, 10));

    assertThat(sandbox.runs())
        .filteredOn(run -> run.tests().equals(HIDDEN))
        .singleElement()
        .isEqualTo(new ScriptedSandbox.Run(RIGHT + "\n", HIDDEN));
    assertThat(outcome.hiddenTests().orElseThrow().verdict().passed()).isTrue();
    assertThat(model.requests())
        .allSatisfy(request -> assertThat(request.toString()).doesNotContain("77"));
  }

  @Test
  void leavesOutTestsThatTheModelWroteBelowTheProgram() throws Exception {
    String copied = RIGHT + "\n\nassert add(1, 2) == 3\nassert add(0, 0) == 0\nassert add(1, 1)";

    Outcome outcome = solve(ScriptedLanguageModel.answering(fenced(copied)), settings(1, 1));

    assertThat(outcome.best().orElseThrow().program()).isEqualTo(RIGHT + "\n");
  }

  @Test
  void sameSeedAsksForTheSameAndAnotherSeedDoesNot() throws Exception {
    assertThat(seedsOf(7)).isEqualTo(seedsOf(7)).isNotEqualTo(seedsOf(8));
  }

  private List<Long> seedsOf(long seed) throws Exception {
    ScriptedLanguageModel model = ScriptedLanguageModel.answering(fenced(WRONG));
    solve(model, new LoopSettings(1, 5, 512, 0.8, seed, Limits.DEFAULT));
    return model.requests().stream().map(GenerationRequest::seed).toList();
  }

  @Test
  void keepsPromptsWithinTheContext() throws Exception {
    String longWrong = WRONG + "\n" + "# filler filler filler\n".repeat(60);
    Problem many =
        new Problem(
            "Add",
            "Return the sum.",
            PROBLEM.signature(),
            Language.PYTHON,
            TestSuite.asserts("assert add(1, 2) == 3\n".repeat(300)),
            TestSuite.EMPTY);
    ScriptedLanguageModel model =
        new ScriptedLanguageModel(700, List.of(fenced(longWrong), fenced(WRONG)));

    debugger(model).solve(many, settings(1, 4), events::add);

    assertThat(model.requests())
        .allSatisfy(request ->
            assertThat(model.countTokens(request.conversation()) + request.maxTokens())
                .isLessThanOrEqualTo(700));
  }

  @Test
  void usesTheGrammarAsItIsTold() throws Exception {
    String unfinished = "def add(a, b)\n    return a + b";
    ScriptedSandbox parser =
        new ScriptedSandbox(Map.of(unfinished, new Verdict.Malformed("invalid syntax", 1, 14)));
    for (GrammarMode mode : GrammarMode.values()) {
      ScriptedLanguageModel model =
          new ScriptedLanguageModel(16_384, List.of(fenced(unfinished), fenced(RIGHT)));

      new SelfDebugger(model, parser, new UnitTestFeedback(), () -> Instant.EPOCH)
          .solve(PROBLEM, settings(1, 2).withGrammar(mode, 1000), events::add);

      List<String> prompts =
          model.requests().stream()
              .map(request -> request.conversation().getFirst().content())
              .distinct()
              .toList();
      assertThat(prompts).hasSize(1);
      assertThat(prompts.getFirst().contains("statement: simple_line")).isEqualTo(mode.prompts());
      assertThat(model.prompt(2).contains("at the end of line 1 could come: \"->\", \":\""))
          .isEqualTo(mode.prompts());
    }
  }

  @Test
  void saysThatAProblemIsTooLong() {
    ScriptedLanguageModel model = new ScriptedLanguageModel(100, List.of("x"));

    assertThatThrownBy(() -> solve(model, settings(1, 2)))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("too long for this model, which reads at most 100 tokens");
  }

  @Test
  void endsWhenTheThreadIsInterrupted() {
    Thread.currentThread().interrupt();

    assertThatThrownBy(() -> solve(ScriptedLanguageModel.answering("x"), settings(1, 2)))
        .isInstanceOf(InterruptedException.class);
  }

  private Outcome solve(ScriptedLanguageModel model, LoopSettings settings)
      throws InterruptedException {
    return debugger(model).solve(PROBLEM, settings, events::add);
  }

  private SelfDebugger debugger(ScriptedLanguageModel model) {
    return new SelfDebugger(model, sandbox, new UnitTestFeedback(), () -> Instant.EPOCH);
  }

  private static LoopSettings settings(int samples, int maxTurns) {
    return new LoopSettings(
        samples, maxTurns, 256, 0.8, 0, Limits.DEFAULT.withWallClock(Duration.ofSeconds(1)));
  }

  private static String fenced(String program) {
    return "```python\n" + program.strip() + "\n```";
  }
}
