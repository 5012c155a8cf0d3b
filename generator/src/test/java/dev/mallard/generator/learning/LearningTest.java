package dev.mallard.generator.learning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.mallard.generator.loop.Attempt;
import dev.mallard.generator.loop.Demonstrations;
import dev.mallard.generator.loop.Ending;
import dev.mallard.generator.loop.Event;
import dev.mallard.generator.loop.Feedback;
import dev.mallard.generator.loop.LoopSettings;
import dev.mallard.generator.loop.Outcome;
import dev.mallard.generator.loop.TokenUsage;
import dev.mallard.generator.loop.Transcript;
import dev.mallard.generator.loop.TurnKind;
import dev.mallard.generator.memory.ExperienceStore;
import dev.mallard.generator.memory.MemoryStats;
import dev.mallard.generator.model.Completion;
import dev.mallard.generator.problem.Language;
import dev.mallard.generator.problem.Problem;
import dev.mallard.sandbox.Report;
import dev.mallard.sandbox.TestSuite;
import dev.mallard.sandbox.Verdict;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a search leaves in the memory, and what a later one gets from it. */
class LearningTest {
  private static final String WRONG = "def total(xs): return 0\n";
  private static final String RIGHT = "def total(xs): return sum(xs)\n";
  private static final Problem PROBLEM =
      problem("Total of a list", "Return the total of all numbers in a list.");
  private static final Report FAILED =
      new Report(
          new Verdict.Crashed("ValueError", "no", Optional.empty(), Optional.empty(), 0),
          "",
          "",
          Duration.ZERO);
  private static final Report PASSED = new Report(new Verdict.Passed(1), "", "", Duration.ZERO);

  @TempDir private Path folder;
  private ExperienceStore store;

  @BeforeEach
  void open() {
    store = ExperienceStore.open(folder.resolve("memory"));
  }

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void aRepairThatWorkedIsKeptWithItsProgram() {
    record(TurnKind.REPAIR, Ending.PASSED);

    assertThat(counts()).isEqualTo(new MemoryStats.Counts(1, 1));
    assertThat(
            new Recollection(store)
                .of(problem("The total", "Give the total of numbers in a list.")))
        .containsExactly(
            new Demonstrations.Demonstration(
                "Total of a list\n\nReturn the total of all numbers in a list.", RIGHT));
    assertThat(new Recollection(store).ofRepair(PROBLEM, WRONG, "It is wrong."))
        .extracting(
            Demonstrations.RepairDemonstration::failing,
            Demonstrations.RepairDemonstration::feedback,
            Demonstrations.RepairDemonstration::program)
        .containsExactly(tuple(WRONG, "It returns 0.", RIGHT));
  }

  @Test
  void aProgramOfTheFirstTurnIsKeptWithoutARepair() {
    record(TurnKind.FRESH, Ending.PASSED);

    assertThat(counts()).isEqualTo(new MemoryStats.Counts(1, 0));
  }

  @Test
  void nothingIsKeptOfASearchThatGaveUpNorOfTheUsersOwnProgram() {
    record(TurnKind.FRESH, Ending.TURNS);
    record(TurnKind.GIVEN, Ending.PASSED);

    assertThat(counts()).isEqualTo(new MemoryStats.Counts(0, 0));
  }

  @Test
  void whatOnlySharesAWordIsNoDemonstration() {
    record(TurnKind.FRESH, Ending.PASSED);

    assertThat(
            new Recollection(store)
                .of(problem("Parse a date", "Turn ISO text into a list of year, month and day.")))
        .isEmpty();
  }

  private MemoryStats.Counts counts() {
    return store.stats().total();
  }

  private void record(TurnKind kind, Ending ending) {
    Attempt failed = attempt(1, TurnKind.FRESH, WRONG, FAILED);
    Attempt best =
        attempt(
            kind == TurnKind.REPAIR ? 2 : 1,
            kind,
            RIGHT,
            ending == Ending.PASSED ? PASSED : FAILED);
    Outcome outcome =
        new Outcome(
            Optional.of(best),
            Optional.empty(),
            new Transcript(List.of(best)),
            List.of(best),
            ending,
            false,
            TokenUsage.NONE,
            Duration.ZERO);
    Recorder recorder = new Recorder(store, () -> Instant.EPOCH);
    recorder.accept(new Event.Started(PROBLEM, "a model", "", LoopSettings.DEFAULT));
    if (kind == TurnKind.REPAIR) {
      recorder.accept(new Event.FeedbackGiven(2, failed, new Feedback("It returns 0."), 0, 1));
    }
    recorder.accept(
        ending == Ending.PASSED ? new Event.Solved(outcome) : new Event.GaveUp(outcome));
  }

  private static Attempt attempt(int turn, TurnKind kind, String program, Report report) {
    return new Attempt(
        turn,
        0,
        kind,
        new Completion("", Completion.Finish.END, 1, 1, -1),
        program,
        report,
        OptionalInt.empty(),
        Duration.ZERO);
  }

  private static Problem problem(String title, String statement) {
    return new Problem(
        title,
        statement,
        Optional.empty(),
        Language.PYTHON,
        TestSuite.asserts("assert total([1]) == 1\n"),
        TestSuite.EMPTY);
  }
}
