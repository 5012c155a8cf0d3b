package dev.mallard.benchmarks.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mallard.benchmarks.evaluation.HostileRun;
import dev.mallard.benchmarks.evaluation.RunFolder;
import dev.mallard.benchmarks.evaluation.SampleRun;
import dev.mallard.generator.UserException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MarkdownReportTest {
  @TempDir private Path folder;

  @Test
  void tellsOfOneRun() {
    String text = MarkdownReport.of(SampleRun.of(1, 0.4).write(folder), Optional.empty());
    assertThat(text.lines().toList())
        .first()
        .asString()
        .matches("### \\d+ of 60 solved: \\d+\\.\\d%");
    assertThat(text)
        .contains(
            "`humaneval` by `Qwen2.5-Coder-1.5B-Instruct, bfloat16`, 4 turns of 4 programs, seed 1.")
        .containsPattern(
            "\\| solved \\| \\d+\\.\\d% \\(95% interval \\d+\\.\\d% to \\d+\\.\\d%\\) \\|")
        .containsPattern("\\| pass@1 of the first turn \\| \\d")
        .containsPattern("\\| after turn 4 \\| \\d+\\.\\d% \\|")
        .containsPattern("\\| solved of `hard` \\| \\d+\\.\\d% of 20 \\|")
        .doesNotContain("McNemar");
    assertThat(rows(text)).allSatisfy(row -> assertThat(cells(row)).isEqualTo(2));
  }

  @Test
  void tellsWhatChangedAgainstABaseline() {
    RunFolder baseline = SampleRun.of(1, 0.3).write(folder.resolve("baseline"));
    RunFolder run = SampleRun.of(2, 0.5).write(folder.resolve("run"));
    String text = MarkdownReport.of(run, Optional.of(baseline));
    assertThat(text)
        .contains("| | baseline | this run |")
        .containsPattern(
            "Of the 60 tasks that both runs have done, \\*\\*\\d+ are newly solved and \\d+ no longer\\*\\*: "
                + "[+−]\\d+\\.\\d percentage points \\(McNemar's exact p = [0-9.]+\\)\\.")
        .containsPattern("<details><summary>Newly solved: \\d+</summary>\n\n- `HumanEval/\\d+`");
    assertThat(rows(text)).allSatisfy(row -> assertThat(cells(row)).isEqualTo(3));
  }

  @Test
  void holdsNothingThatMeansSomethingToMarkdown() {
    RunFolder hostile = HostileRun.write(folder);
    String text = MarkdownReport.of(hostile, Optional.of(hostile));
    String outsideOfCode = text.replaceAll("`[^`\n]*`", "");
    assertThat(outsideOfCode).doesNotContain("script").doesNotContain("<img");
    assertThat(rows(text)).allSatisfy(row -> assertThat(cells(row)).isEqualTo(3));
    assertThat(text.chars().filter(c -> c < ' ' && c != '\n')).isEmpty();
  }

  @Test
  void refusesABaselineOfOtherData() throws IOException {
    RunFolder run = SampleRun.of(1, 0.3).write(folder.resolve("run"));
    SampleRun.of(1, 0.3).write(folder.resolve("other"));
    Path config = folder.resolve("other/config.json");
    Files.writeString(config, Files.readString(config).replace("0f1e", "ffff"));
    RunFolder other = RunFolder.open(folder.resolve("other"));
    assertThatThrownBy(() -> MarkdownReport.of(run, Optional.of(other)))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("is of other data than the run in");
  }

  private static List<String> rows(String text) {
    return text.lines().filter(line -> line.startsWith("|")).toList();
  }

  /** Bars that are not escaped end cells. */
  private static int cells(String row) {
    return row.replaceAll("\\\\\\|", "").split("\\|", -1).length - 2;
  }
}
