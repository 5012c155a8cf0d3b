package dev.mallard.generator.transcript;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mallard.generator.UserException;
import dev.mallard.generator.loop.Event;
import dev.mallard.generator.loop.LoopSettings;
import dev.mallard.generator.model.Completion;
import dev.mallard.generator.problem.Language;
import dev.mallard.generator.problem.Problem;
import dev.mallard.sandbox.Execution;
import dev.mallard.sandbox.Limits;
import dev.mallard.sandbox.MalformedTestsException;
import dev.mallard.sandbox.ProgramLanguage;
import dev.mallard.sandbox.Report;
import dev.mallard.sandbox.Sandbox;
import dev.mallard.sandbox.TestSuite;
import dev.mallard.sandbox.Verdict;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class VerifierTest {
  private static final Completion ANSWER =
      new Completion("", Completion.Finish.END, 1, 1, Double.NaN);
  private static final TestSuite VISIBLE = TestSuite.asserts("assert f(1) == 1\n");
  private static final Verdict PASSED = new Verdict.Passed(1);
  private static final Verdict CRASHED =
      new Verdict.Crashed("ValueError", "bad", Optional.of(1), Optional.empty(), 0);

  private final List<Execution> executions = new ArrayList<>();

  @Test
  void aProgramThatWasRecordedTwiceIsRunOnce() throws InterruptedException {
    Verification verification =
        verify(
            PASSED,
            new Attempts(1).of(0, ANSWER, "p\n", PASSED),
            new Attempts(1).of(1, ANSWER, "p", PASSED),
            new Attempts(1).of(2, ANSWER, "", new Verdict.Malformed("no code", 1, 1)),
            new Attempts(2).of(0, ANSWER, "q", PASSED));
    assertThat(verification).isEqualTo(new Verification(2, List.of()));
    assertThat(executions).extracting(Execution::program).containsExactly("p\n", "q");
    assertThat(executions).extracting(Execution::tests).containsOnly(VISIBLE);
  }

  @Test
  void whatWasRecordedOtherwiseIsADifference() throws InterruptedException {
    Event.AttemptCompleted honest = new Attempts(1).of(0, ANSWER, "p", CRASHED);
    Event.AttemptCompleted forged = new Attempts(2).of(0, ANSWER, "p", PASSED);
    assertThat(verify(CRASHED, honest, forged).differences())
        .containsExactly(new Verification.Difference(forged.attempt(), false, PASSED, CRASHED));
  }

  @Test
  void kindTestsAndTypeCountAndNothingElse() {
    Verdict other = new Verdict.Crashed("KeyError", "bad", Optional.of(1), Optional.empty(), 0);
    Verdict elsewhere =
        new Verdict.Crashed("ValueError", "0x7f", Optional.empty(), Optional.empty(), 0);
    assertThat(Verification.agree(CRASHED, elsewhere)).isTrue();
    assertThat(Verification.agree(CRASHED, other)).isFalse();
    assertThat(Verification.agree(PASSED, new Verdict.Passed(2))).isFalse();
    assertThat(Verification.agree(PASSED, CRASHED)).isFalse();
  }

  @Test
  void afterTestsWereProposedProgramsRunOnThose() throws InterruptedException {
    verify(
        PASSED,
        new Attempts(1).of(0, ANSWER, "p", PASSED),
        new Event.TestsProposed(List.of("assert f(2) == 2", "assert f(3) == 3"), List.of()),
        new Attempts(1).of(0, ANSWER, "p", PASSED));
    assertThat(executions)
        .extracting(execution -> execution.tests().source())
        .containsExactly(VISIBLE.source(), "assert f(2) == 2\nassert f(3) == 3\n");
  }

  @Test
  void limitsAreNeverHigherThanMallardsOwn() {
    assertThat(Verifier.capped(new Limits(Duration.ofDays(300), 1 << 30, Integer.MAX_VALUE)))
        .isEqualTo(new Limits(Duration.ofSeconds(60), 512, 65_536));
    Limits low = new Limits(Duration.ofSeconds(1), 64, 10);
    assertThat(Verifier.capped(low)).isEqualTo(low);
  }

  @Test
  void testsThatDoNotParseAreSaidToBeWrong() {
    assertThatThrownBy(() ->
            verify(
                execution -> {
                  throw new MalformedTestsException(new Verdict.Malformed("bad syntax", 1, 1));
                },
                new Attempts(1).of(0, ANSWER, "p", PASSED)))
        .isInstanceOf(UserException.class)
        .hasMessage("The tests of the transcript do not parse: bad syntax.");
  }

  private Verification verify(Verdict verdict, Event... events) throws InterruptedException {
    return verify(
        execution -> {
          executions.add(execution);
          return new Report(verdict, "", "", Duration.ZERO);
        },
        events);
  }

  private static Verification verify(Function<Execution, Report> runs, Event... events)
      throws InterruptedException {
    List<Event> all = new ArrayList<>();
    Problem problem =
        new Problem("f", "", Optional.empty(), Language.PYTHON, VISIBLE, TestSuite.EMPTY);
    all.add(new Event.Started(problem, "a script", "", LoopSettings.DEFAULT));
    all.addAll(List.of(events));
    return Verifier.verify(new Recording(all, OptionalInt.empty()), sandbox(runs));
  }

  private static Sandbox sandbox(Function<Execution, Report> runs) {
    return new Sandbox() {
      @Override
      public Report run(Execution execution) {
        return runs.apply(execution);
      }

      @Override
      public Optional<Verdict.Malformed> check(ProgramLanguage language, TestSuite tests) {
        return Optional.empty();
      }

      @Override
      public void close() {}
    };
  }
}
