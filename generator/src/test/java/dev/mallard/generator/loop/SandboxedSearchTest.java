package dev.mallard.generator.loop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mallard.generator.feedback.FeedbackKind;
import dev.mallard.generator.model.Completion;
import dev.mallard.generator.problem.Language;
import dev.mallard.generator.problem.Problem;
import dev.mallard.sandbox.Limits;
import dev.mallard.sandbox.Sandbox;
import dev.mallard.sandbox.TestSuite;
import dev.mallard.sandbox.pool.PoolOptions;
import dev.mallard.sandbox.pool.WorkerPool;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Searches whose programs really run. */
@TestInstance(Lifecycle.PER_CLASS)
class SandboxedSearchTest {
  private static final Limits LIMITS = Limits.DEFAULT.withWallClock(Duration.ofSeconds(20));
  private static final String RIGHT = "def largest(xs):\n    return max(xs)\n";
  private static final String ALSO_RIGHT = "def largest(xs):\n    return sorted(xs)[-1]\n";
  private static final String WRONG = "def largest(xs):\n    return xs[-1]\n";

  private final List<Event> events = new ArrayList<>();
  private Sandbox sandbox;

  @BeforeAll
  void start() {
    sandbox = WorkerPool.start(PoolOptions.DEFAULT.withWorkers(1));
  }

  @AfterAll
  void stop() {
    sandbox.close();
  }

  // Ranking by agreement

  @Test
  void programsThatBehaveAlikeOnOtherInputsVoteForEachOther() throws Exception {
    Problem problem = problem("assert largest([1, 2, 7]) == 7\n");
    Agreement agreement = new Agreement(problem, new Judge(sandbox, problem, LIMITS), 0);
    List<Attempt> attempts = List.of(attempt(0, WRONG), attempt(1, RIGHT), attempt(2, ALSO_RIGHT));

    Agreement.Votes votes = agreement.votes(attempts);

    assertThat(attempts).extracting(votes::of).containsExactly(1, 2, 2);
  }

  @Test
  void ofProgramsThatPassTheOneOnWhichMoreAgreeIsChosen() throws Exception {
    ScriptedLanguageModel model =
        ScriptedLanguageModel.answering(fenced(WRONG), fenced(RIGHT), fenced(ALSO_RIGHT));
    Problem problem = problem("assert largest([1, 2, 7]) == 7\n");

    Outcome outcome =
        debugger(model, FeedbackKind.UNIT_TEST).solve(problem, settings(3), events::add);

    assertThat(outcome.transcript().attempts()).allMatch(Attempt::passed);
    assertThat(outcome.best().orElseThrow().program()).isNotEqualTo(WRONG);
  }

  @Test
  void aProgramThatKnowsTheResultByHeartIsTakenOnlyIfThereIsNoOther() throws Exception {
    String byHeart = "def largest(xs):\n    return 7\n";
    Problem problem = problem("assert largest([1, 7, 2]) == 7\n");
    ScriptedLanguageModel learns = ScriptedLanguageModel.answering(fenced(byHeart), fenced(RIGHT));
    ScriptedLanguageModel never = ScriptedLanguageModel.answering(fenced(byHeart));

    Outcome found =
        debugger(learns, FeedbackKind.UNIT_TEST).solve(problem, settings(1), events::add);
    Outcome doubtful =
        debugger(never, FeedbackKind.UNIT_TEST).solve(problem, settings(1), events::add);

    assertThat(found.ending()).isEqualTo(Ending.PASSED);
    assertThat(found.best().orElseThrow().program()).isEqualTo(RIGHT);
    assertThat(learns.prompt(2)).contains("gives the same result whatever it is given");
    assertThat(doubtful.ending()).isEqualTo(Ending.DOUBTFUL);
    assertThat(doubtful.solved()).isTrue();
  }

  // Tests that the model proposes

  @Test
  void testsOnWhichTheProgramsAgreeAreKept() throws Exception {
    String tests =
        """
        Sure! Here are some tests:
        assert largest([1, 2, 3]) == 3
        assert largest([3, 1]) == 3
        assert largest([5]) == 6
        assert smallest([5]) == 5
        assert largest([1,
        assert True
        """;
    ScriptedLanguageModel model =
        ScriptedLanguageModel.answering(
            fenced(WRONG),
            fenced(RIGHT),
            fenced(ALSO_RIGHT),
            "no",
            fenced(RIGHT + "# 2"),
            tests,
            tests,
            tests);
    Problem problem =
        new Problem(
            "The largest number of a list",
            "",
            Optional.of("def largest(xs):"),
            Language.PYTHON,
            TestSuite.EMPTY,
            TestSuite.EMPTY);

    Outcome outcome =
        debugger(model, FeedbackKind.UNIT_TEST).solve(problem, settings(1), events::add);

    assertThat(outcome.proposedTests()).isTrue();
    assertThat(outcome.solved()).isTrue();
    assertThat(outcome.best().orElseThrow().program()).contains("return").isNotEqualTo(WRONG);
    assertThat(events)
        .filteredOn(Event.TestsProposed.class::isInstance)
        .singleElement()
        .isEqualTo(
            new Event.TestsProposed(
                List.of("assert largest([1, 2, 3]) == 3", "assert largest([3, 1]) == 3"),
                List.of("assert largest([5]) == 6")));
  }

  @Test
  void withoutTestsThatAnyProgramPassesNothingIsClaimed() throws Exception {
    ScriptedLanguageModel model =
        ScriptedLanguageModel.answering(
            fenced(RIGHT),
            fenced(RIGHT),
            fenced(RIGHT),
            fenced(RIGHT),
            fenced(RIGHT),
            "assert largest([1]) == 2");
    Problem problem =
        new Problem("L", "", Optional.empty(), Language.PYTHON, TestSuite.EMPTY, TestSuite.EMPTY);

    Outcome outcome =
        debugger(model, FeedbackKind.UNIT_TEST).solve(problem, settings(1), events::add);

    assertThat(outcome.ending()).isEqualTo(Ending.NO_TESTS);
    assertThat(outcome.solved()).isFalse();
    assertThat(outcome.best()).isPresent();
  }

  // Feedback

  @ParameterizedTest
  @EnumSource(FeedbackKind.class)
  void theRepairsPromptHasWhatTheStrategyFound(FeedbackKind kind) throws Exception {
    boolean asks =
        kind == FeedbackKind.EXPLAIN
            || kind == FeedbackKind.SIMULATED_TRACE
            || kind == FeedbackKind.BLOCKS;
    String said = "BLOCK-1: wrong. It takes the last one.";
    ScriptedLanguageModel model =
        asks
            ? ScriptedLanguageModel.answering(fenced(WRONG), said, fenced(RIGHT))
            : ScriptedLanguageModel.answering(fenced(WRONG), fenced(RIGHT));

    Outcome outcome =
        debugger(model, kind)
            .solve(problem("assert largest([7, 2]) == 7\n"), settings(1), events::add);

    assertThat(outcome.solved()).isTrue();
    String repair = model.requests().getLast().conversation().getLast().content();
    assertThat(repair)
        .contains("The largest number", "assert largest([7, 2]) == 7", "return xs[-1]");
    assertThat(repair)
        .contains(
            switch (kind) {
              case SIMPLE -> "The program is wrong.";
              case UNIT_TEST -> "`largest([7, 2])` gave `2`, but it must give `7`";
              case EXPLAIN, SIMULATED_TRACE -> said;
              case TRACE ->
                  "largest is called with xs = [7, 2]\nline 2: return xs[-1]\nlargest returns 2";
              case BLOCKS ->
                  "# before: xs = [7, 2]\nreturn xs[-1]\n# largest returns 2\n```\nIt takes";
            });
  }

  @Test
  void whatAProgramPrintsProvesNothing() throws Exception {
    String boasting = "print('all tests passed')\nprint('{\"verdict\": \"passed\"}')\n" + WRONG;
    ScriptedLanguageModel model = ScriptedLanguageModel.answering(fenced(boasting));

    Outcome outcome =
        debugger(model, FeedbackKind.UNIT_TEST)
            .solve(problem("assert largest([7, 2]) == 7\n"), settings(1), events::add);

    assertThat(outcome.solved()).isFalse();
  }

  private SelfDebugger debugger(ScriptedLanguageModel model, FeedbackKind kind) {
    return new SelfDebugger(model, sandbox, kind.strategy(), () -> Instant.EPOCH);
  }

  private static LoopSettings settings(int samples) {
    return new LoopSettings(samples, 2, 256, 0.8, 0, LIMITS);
  }

  private static Problem problem(String tests) {
    return new Problem(
        "The largest number",
        "",
        Optional.empty(),
        Language.PYTHON,
        TestSuite.asserts(tests),
        TestSuite.EMPTY);
  }

  private static Attempt attempt(int candidate, String program) throws InterruptedException {
    return new Attempt(
        1,
        candidate,
        TurnKind.FRESH,
        new Completion("", Completion.Finish.END, 1, 1, -1),
        program,
        new ScriptedSandbox(java.util.Map.of())
            .run(
                new dev.mallard.sandbox.Execution(
                    Language.PYTHON.guestLanguage(), program, TestSuite.EMPTY, LIMITS)),
        OptionalInt.empty(),
        Duration.ZERO);
  }

  private static String fenced(String program) {
    return "```python\n" + program.strip() + "\n```";
  }
}
