package dev.mallard.benchmarks.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mallard.benchmarks.evaluation.HostileRun;
import dev.mallard.benchmarks.evaluation.RunFolder;
import dev.mallard.benchmarks.evaluation.RunJson;
import dev.mallard.benchmarks.evaluation.SampleRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class ReportTest {
  private static final Pattern ELEMENT =
      Pattern.compile("<script type=\"application/json\" id=\"([a-z0-9-]+)\">(.*?)</script>\n");

  @TempDir private Path folder;

  private String page(RunFolder... runs) throws IOException {
    Path file = folder.resolve("report.html");
    Report.write(List.of(runs), file);
    return Files.readString(file);
  }

  private static JsonNode data(String page, String id) {
    Matcher matcher = ELEMENT.matcher(page);
    while (matcher.find()) {
      if (matcher.group(1).equals(id)) {
        return RunJson.MAPPER.readTree(matcher.group(2));
      }
    }
    throw new AssertionError("no data " + id);
  }

  @Test
  void reachesForNothingOutsideOfItself() throws IOException {
    String page = page(SampleRun.of(1, 0.4).write(folder.resolve("run")));
    assertThat(page)
        .contains("default-src 'none'; script-src 'sha256-")
        .doesNotContain("unsafe-inline")
        .doesNotContain("unsafe-eval")
        .doesNotContain("sourceMappingURL")
        .doesNotContain("<script src")
        .doesNotContain("@import")
        .contains("Permission is hereby granted");
    assertThat(page.replaceAll("\\{\\{\\w+}}", "")).isEqualTo(page);
  }

  @Test
  void cannotBeLeftByWhatProgramsHold() throws IOException {
    String plain = page(SampleRun.of(1, 0.4).write(folder.resolve("run")));
    String hostile = page(HostileRun.write(folder.resolve("hostile")));
    String markup = ELEMENT.matcher(hostile).replaceAll("");
    assertThat(markup).isEqualTo(ELEMENT.matcher(plain).replaceAll(""));
    assertThat(hostile).doesNotContain(HostileRun.SCRIPT);
    assertThat(ELEMENT.matcher(hostile).results())
        .hasSize(8)
        .allSatisfy(element -> assertThat(element.group(2)).isASCII());
    assertThat(data(hostile, "problem-1").path("statement").asString())
        .contains(HostileRun.SCRIPT)
        .contains("\\x1b[31m")
        .contains("half a pair \\ud83e,")
        .contains("\\u202e");
  }

  @Test
  void hasTheRunsTheirComparisonAndAllProblems() throws IOException {
    String page =
        page(
            SampleRun.of(1, 0.3).write(folder.resolve("one/run")),
            SampleRun.of(2, 0.5).write(folder.resolve("two/run")));
    JsonNode data = data(page, "data");
    assertThat(data.path("runs").path(0).path("name").asString()).isEqualTo("run");
    assertThat(data.path("runs").path(1).path("name").asString()).isEqualTo("run (2)");
    assertThat(data.path("comparisons").size()).isOne();
    assertThat(data.path("comparisons").path(0).path("tasks").asInt()).isEqualTo(60);
    assertThat(data.path("problems").size()).isEqualTo(60);
    assertThat(data.path("problems").path(0).path("title").asString()).isEqualTo("running maximum");
    JsonNode turn = data(page, "problem-0").path("runs").path(0).path("turns").path(0);
    assertThat(turn.path("kind").asString()).isEqualTo("fresh");
    assertThat(turn.path("programs").path(0).path("changes").path(0).asString()).startsWith("def ");
  }

  @Test
  void saysWhereThereIsNoTranscript() throws IOException {
    RunFolder run = SampleRun.of(1, 0.4).write(folder.resolve("run"));
    Files.writeString(
        run.path().resolve(RunJson.TRANSCRIPTS).resolve("HumanEval_2.jsonl"), "broken\n");
    String page = page(run);
    assertThat(notes(page, SampleRun.WITHOUT_TRANSCRIPT))
        .isEqualTo("There is no transcript: these are the programs alone.");
    assertThat(notes(page, SampleRun.NOT_TRIED))
        .isEqualTo(
            "Nothing could be tried: The statement has 9,120 tokens, and the model reads 4,096.");
    assertThat(notes(page, 2)).startsWith("The transcript cannot be read");
    assertThat(data(page, "problem-2").path("runs").path(0).path("turns").size()).isPositive();
  }

  private static String notes(String page, int task) {
    return data(page, "problem-" + task).path("runs").path(0).path("notes").path(0).asString();
  }

  @Test
  void comparesOnlyRunsOfTheSameData() throws IOException {
    RunFolder run = SampleRun.of(1, 0.3).write(folder.resolve("one"));
    SampleRun.of(2, 0.3).write(folder.resolve("two"));
    Path config = folder.resolve("two/config.json");
    Files.writeString(config, Files.readString(config).replace("0f1e", "ffff"));
    String page = page(run, RunFolder.open(folder.resolve("two")));
    assertThat(data(page, "data").path("comparisons").size()).isZero();
  }

  @Test
  void staysBelowFiveMegabytesForFiveHundredTasks() throws IOException {
    String page =
        page(
            new SampleRun(1, 0.3, 500, 4, 8, true).write(folder.resolve("one")),
            new SampleRun(2, 0.4, 500, 4, 8, true).write(folder.resolve("two")));
    assertThat(page.length()).isLessThan(5_000_000);
    assertThat(data(page, "problem-499").path("runs").size()).isEqualTo(2);
  }
}
