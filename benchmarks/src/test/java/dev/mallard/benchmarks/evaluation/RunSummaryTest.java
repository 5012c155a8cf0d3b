package dev.mallard.benchmarks.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.mallard.benchmarks.statistics.Interval;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunSummaryTest {
  private static final TaskVerdict PASSED = TaskVerdict.PASSED;
  private static final TaskVerdict FAILED = TaskVerdict.FAILED;

  @TempDir private Path folder;

  private Figures figures(SampleRun run, TaskResult... results) {
    return RunSummary.of(Results.folder(folder, run.config(), List.of(results))).all();
  }

  private static SampleRun run(int turns, int samples) {
    return new SampleRun(1, 0.5, 4, turns, samples, true);
  }

  @Test
  void countsWhatIsSolved() {
    Figures figures =
        figures(
            run(1, 1),
            Results.sampled("a", PASSED),
            Results.sampled("b", FAILED),
            Results.sampled("c", TaskVerdict.TIMED_OUT),
            Results.sampled("d", PASSED));
    assertThat(figures.tasks()).isEqualTo(4);
    assertThat(figures.solved()).isEqualTo(2);
    assertThat(figures.passed()).isEqualTo(new Interval(0.5, 0, 1));
    assertThat(figures.verdicts())
        .containsEntry(PASSED, 2)
        .containsEntry(FAILED, 1)
        .containsEntry(TaskVerdict.TIMED_OUT, 1)
        .containsEntry(TaskVerdict.MALFORMED, 0)
        .hasSize(TaskVerdict.values().length);
  }

  @Test
  void estimatesPassAtKFromTheFirstTurn() {
    TaskVerdict[] two = verdicts(2, 10);
    Figures figures =
        figures(
            run(1, 10),
            Results.sampled("a", PASSED, two),
            Results.sampled("b", FAILED, verdicts(0, 10)));
    assertThat(figures.passAtK().keySet()).containsExactly(1, 10);
    assertThat(figures.passAtK().values())
        .extracting(Interval::mean)
        .satisfiesExactly(
            one -> assertThat(one).isCloseTo(0.1, within(1e-12)),
            ten -> assertThat(ten).isCloseTo(0.5, within(1e-12)));
  }

  @Test
  void givesNoPassAtKWhereVerdictsAreUnknown() {
    SampleResult unknown = new SampleResult(1, 1, "pass", Optional.of(FAILED), Optional.empty(), 5);
    TaskResult one =
        Results.result(
            "a",
            "",
            List.of(
                new SampleResult(1, 0, "pass", Optional.of(PASSED), Optional.of(PASSED), 5),
                unknown),
            List.of(true),
            Optional.of(PASSED));
    assertThat(figures(run(1, 2), one).passAtK()).isEmpty();
    assertThat(figures(run(1, 3), Results.sampled("a", PASSED, PASSED, FAILED)).passAtK())
        .isEmpty();
  }

  @Test
  void knowsThatAnAnswerWithoutAProgramIsNotRight() {
    SampleResult empty =
        new SampleResult(1, 1, "", Optional.of(TaskVerdict.MALFORMED), Optional.empty(), 5);
    TaskResult result =
        Results.result(
            "a",
            "",
            List.of(
                new SampleResult(1, 0, "pass", Optional.of(PASSED), Optional.of(PASSED), 5), empty),
            List.of(true),
            Optional.of(PASSED));
    assertThat(figures(run(1, 2), result).passAtK().values())
        .extracting(Interval::mean)
        .containsExactly(0.5);
  }

  @Test
  void keepsTheLastWordOfATaskForLaterTurns() {
    Figures figures =
        figures(
            run(3, 1),
            Results.result("a", "", List.of(), List.of(true), Optional.of(PASSED)),
            Results.result("b", "", List.of(), List.of(false, true), Optional.of(PASSED)),
            Results.result("c", "", List.of(), List.of(false, false, false), Optional.of(FAILED)),
            Results.result("d", "", List.of(), List.of(true, false), Optional.of(FAILED)));
    assertThat(figures.afterTurn()).extracting(Interval::mean).containsExactly(0.5, 0.5, 0.5);
    Figures longer =
        figures(
            run(1, 1),
            Results.result("b", "", List.of(), List.of(false, true), Optional.of(PASSED)));
    assertThat(longer.afterTurn()).extracting(Interval::mean).containsExactly(0.0, 1.0);
  }

  @Test
  void countsFalsePositivesOfThoseThatCouldBe() {
    TaskResult untold =
        new TaskResult(
            "c",
            "",
            List.of(),
            List.of(false),
            Optional.of(FAILED),
            true,
            false,
            1,
            1,
            1,
            OptionalDouble.empty(),
            Optional.empty());
    Figures figures =
        figures(run(1, 1), Results.simple("a", true), Results.simple("b", false), untold);
    assertThat(figures.falsePositives()).isEqualTo(new Share(1, 2));
    assertThat(figures.falsePositives().rate()).hasValue(0.5);
    assertThat(figures(run(1, 1), untold).falsePositives().rate()).isEmpty();
  }

  @Test
  void tellsTheCostOfATaskAndOfEnergyOnlyIfAllIsMeasured() {
    TaskResult unmeasured =
        new TaskResult(
            "b",
            "",
            List.of(),
            List.of(),
            Optional.empty(),
            false,
            true,
            300,
            60,
            6,
            OptionalDouble.empty(),
            Optional.of("too long"));
    Figures figures = figures(run(1, 1), Results.simple("a", true), unmeasured);
    assertThat(figures.cost()).isEqualTo(new Cost(200, 40, 4, OptionalDouble.empty()));
    assertThat(figures.none()).isOne();
    assertThat(figures(run(1, 1), Results.simple("a", true)).cost().joules()).hasValue(50);
  }

  @Test
  void hasTheSameByLevelFromEasyToHard() {
    List<TaskResult> results = new ArrayList<>();
    for (String level : List.of("hard", "easy", "medium", "hard")) {
      results.add(
          Results.result(
              "t" + results.size(), level, List.of(), List.of(true), Optional.of(PASSED)));
    }
    RunSummary summary = RunSummary.of(Results.folder(folder, run(1, 1).config(), results));
    assertThat(summary.levels().keySet()).containsExactly("easy", "medium", "hard");
    assertThat(summary.levels().values()).extracting(Figures::tasks).containsExactly(1, 1, 2);
    assertThat(summary.missing()).isEqualTo(4);
  }

  @Test
  void hasNoLevelsWhereTheDataSetHasNone() {
    RunSummary summary =
        RunSummary.of(
            Results.folder(folder, run(1, 1).config(), List.of(Results.simple("a", true))));
    assertThat(summary.levels()).isEmpty();
    assertThat(summary.passed()).isEqualTo(Map.of("a", true));
  }

  @Test
  void givesTheSameEachTime() {
    RunFolder run = SampleRun.of(1, 0.5).write(folder);
    assertThat(RunSummary.of(run)).isEqualTo(RunSummary.of(run));
  }

  private static TaskVerdict[] verdicts(int right, int all) {
    List<TaskVerdict> verdicts = new ArrayList<>(Collections.nCopies(right, PASSED));
    verdicts.addAll(Collections.nCopies(all - right, FAILED));
    return verdicts.toArray(TaskVerdict[]::new);
  }
}
