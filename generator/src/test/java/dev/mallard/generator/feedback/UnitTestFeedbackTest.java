package dev.mallard.generator.feedback;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mallard.generator.loop.Attempt;
import dev.mallard.generator.loop.TurnKind;
import dev.mallard.generator.model.Completion;
import dev.mallard.sandbox.Report;
import dev.mallard.sandbox.Verdict;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class UnitTestFeedbackTest {
  private static final Verdict.Test TEST = new Verdict.Test(2, "assert f(1) == 2");
  private static final String PROGRAM = "def f(x):\n    return 1 / 0\n";

  @Test
  void saysWhatAnAssertionExpected() {
    Optional<Verdict.Comparison> sides = Optional.of(new Verdict.Comparison("f(1)", "1", "2"));

    assertThat(explain(new Verdict.Failed(TEST, sides, Optional.of("one more"), 1)))
        .isEqualTo(
            """
            The test `assert f(1) == 2` failed.
            `f(1)` gave `1`, but it must give `2`.
            The test says: one more\
            """);
  }

  @Test
  void saysWhereTheProgramCrashed() {
    assertThat(
            explain(
                new Verdict.Crashed(
                    "ZeroDivisionError", "division by zero", Optional.of(2), Optional.of(TEST), 1)))
        .isEqualTo(
            "The test `assert f(1) == 2` raised ZeroDivisionError: division by zero, in line 2"
                + " (`return 1 / 0`).");
  }

  @Test
  void advisesOnAMissingName() {
    assertThat(
            explain(
                new Verdict.Crashed(
                    "NameError",
                    "name 'f' is not defined",
                    Optional.empty(),
                    Optional.of(TEST),
                    0)))
        .endsWith("The program must define this name, spelled exactly so.");
  }

  @Test
  void saysWhatEndedTheProgram() {
    assertThat(explain(new Verdict.TimedOut(Duration.ofSeconds(3), Optional.of(TEST), 1)))
        .contains("`assert f(1) == 2` did not end within 3 seconds");
    assertThat(explain(new Verdict.OutOfMemory(512, Optional.empty())))
        .isEqualTo("The program used more than 512 MiB of memory.");
    assertThat(explain(new Verdict.Malformed("invalid syntax", 1, 4)))
        .isEqualTo("The program is not valid Python: invalid syntax, in line 1 (`def f(x):`).");
  }

  @Test
  void cutsLongValues() {
    Optional<Verdict.Comparison> sides =
        Optional.of(new Verdict.Comparison("f(1)", "9".repeat(100_000), "2"));

    assertThat(explain(new Verdict.Failed(TEST, sides, Optional.empty(), 0)))
        .hasSizeLessThan(1000)
        .contains("99[... 99,700 characters ...]99");
  }

  private static String explain(Verdict verdict) {
    Attempt attempt =
        new Attempt(
            1,
            0,
            TurnKind.FRESH,
            new Completion("", Completion.Finish.END, 1, 1, 0),
            PROGRAM,
            new Report(verdict, "", "", Duration.ZERO),
            OptionalInt.empty(),
            Duration.ZERO);
    return UnitTestFeedback.explain(attempt, "Python").text();
  }
}
