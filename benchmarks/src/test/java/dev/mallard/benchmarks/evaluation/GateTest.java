package dev.mallard.benchmarks.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mallard.generator.UserException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GateTest {
  private static final OptionalDouble ANY = OptionalDouble.empty();

  @TempDir private Path folder;

  /** A run of 20 tasks, of which those from the first to before the last are solved. */
  private RunFolder run(String name, int first, int last) {
    List<TaskResult> results =
        IntStream.range(0, 20)
            .mapToObj(task -> Results.simple("t" + task, task >= first && task < last))
            .toList();
    return Results.folder(
        folder.resolve(name), new SampleRun(1, 0, 20, 1, 1, true).config(), results);
  }

  private GateResult check(RunFolder run, OptionalDouble minPass) {
    return Gate.check(RunSummary.of(run), Optional.empty(), minPass, ANY);
  }

  @Test
  void passesAtTheLeastShareThatIsAskedFor() {
    RunFolder run = run("a", 0, 12);
    GateResult result = check(run, OptionalDouble.of(0.6));
    assertThat(result.passed()).isTrue();
    assertThat(result.reason())
        .matches(
            "Passed: 12 of 20 tasks are solved: 60\\.0% \\(95% interval \\d\\d\\.\\d% to \\d\\d\\.\\d%\\)\\. "
                + "That is at least the 60\\.0% that are asked for\\.");
    assertThat(check(run, OptionalDouble.of(0.61)).passed()).isFalse();
    assertThat(check(run, OptionalDouble.of(0.61)).reason())
        .startsWith("Not passed: ")
        .endsWith("That is less than the 61.0% that are asked for.");
  }

  @Test
  void passesWhereNothingIsAskedFor() {
    assertThat(check(run("a", 0, 0), ANY).passed()).isTrue();
  }

  @Test
  void namesTenOfThoseThatAreNoLongerSolved() {
    RunSummary run = RunSummary.of(run("now", 14, 20));
    GateResult result =
        Gate.check(
            run, Optional.of(RunSummary.of(run("before", 0, 15))), ANY, OptionalDouble.of(0.4));
    assertThat(result.passed()).isFalse();
    assertThat(result.reason())
        .contains("The baseline solves 15, 75.0% (95% interval ")
        .contains(
            "a drop of 45.0 percentage points, with 5 newly solved and 14 no longer (McNemar's exact p = 0.064).")
        .contains("A drop of 40.0 percentage points is allowed, and this is more.")
        .endsWith("No longer solved: t0, t1, t2, t3, t4, t5, t6, t7, t8, t9 and 4 more.");
    assertThat(
            Gate.check(
                    run,
                    Optional.of(RunSummary.of(run("before", 0, 15))),
                    ANY,
                    OptionalDouble.of(0.45))
                .passed())
        .isTrue();
  }

  @Test
  void passesWhereMoreAreSolved() {
    GateResult result =
        Gate.check(
            RunSummary.of(run("now", 0, 13)),
            Optional.of(RunSummary.of(run("before", 0, 12))),
            OptionalDouble.of(0.5),
            OptionalDouble.of(0));
    assertThat(result.passed()).isTrue();
    assertThat(result.reason())
        .contains("a rise of 5.0 percentage points, with 1 newly solved and 0 no longer")
        .doesNotContain("No longer solved");
  }

  @Test
  void onlyTellsOfTheBaselineWhereNoDropIsLimited() {
    GateResult result =
        Gate.check(
            RunSummary.of(run("now", 0, 0)),
            Optional.of(RunSummary.of(run("before", 0, 12))),
            ANY,
            ANY);
    assertThat(result.passed()).isTrue();
    assertThat(result.reason()).contains("a drop of 60.0 percentage points");
  }

  @Test
  void refusesOtherTasksOtherDataAndNoBaseline() {
    RunSummary run = RunSummary.of(run("now", 0, 10));
    RunConfig config = run.config();
    refused(run, config(config, "mbpp", config.dataHash()), 20)
        .hasMessage(
            "The baseline is of the data set mbpp, and the run of humaneval: name a baseline of the same.");
    refused(run, config(config, "humaneval", "beef"), 20)
        .hasMessageStartingWith(
            "The baseline is of another version of the data set humaneval (its hash is beef, and the run's 0f1e");
    refused(run, config, 19)
        .hasMessage(
            "The baseline is of other tasks: it has 19, the run 20, and 19 are the same: name a baseline of the same.");
    assertThatThrownBy(() -> Gate.check(run, Optional.empty(), ANY, OptionalDouble.of(0.1)))
        .isInstanceOf(UserException.class)
        .hasMessageStartingWith("There is no baseline");
  }

  private AbstractThrowableAssert<?, ? extends Throwable> refused(
      RunSummary run, RunConfig config, int tasks) {
    RunFolder baseline =
        Results.folder(
            folder.resolve("other" + tasks + config.dataSet() + config.dataHash()),
            config,
            IntStream.range(0, tasks).mapToObj(task -> Results.simple("t" + task, true)).toList());
    return assertThatThrownBy(() -> Gate.check(run, Optional.of(RunSummary.of(baseline)), ANY, ANY))
        .isInstanceOf(UserException.class);
  }

  private static RunConfig config(RunConfig config, String dataSet, String dataHash) {
    return new RunConfig(
        config.version(),
        config.mallard(),
        dataSet,
        dataHash,
        config.ids(),
        config.model(),
        config.modelHash(),
        config.endpoint(),
        config.samples(),
        config.repairs(),
        config.maxTurns(),
        config.maxTokens(),
        config.temperature(),
        config.seed(),
        config.feedback(),
        config.grammar(),
        config.timeoutSeconds(),
        config.memoryMebibytes(),
        config.shard());
  }
}
