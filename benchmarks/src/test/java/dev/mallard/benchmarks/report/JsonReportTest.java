package dev.mallard.benchmarks.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mallard.benchmarks.evaluation.Figures;
import dev.mallard.benchmarks.evaluation.RunFolder;
import dev.mallard.benchmarks.evaluation.RunJson;
import dev.mallard.benchmarks.evaluation.RunSummary;
import dev.mallard.benchmarks.evaluation.SampleRun;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class JsonReportTest {
  @TempDir private Path folder;

  @Test
  void hasTheSummaryAndWhatCameOfEachTask() {
    RunFolder run = SampleRun.of(1, 0.4).write(folder);
    JsonNode json = RunJson.MAPPER.readTree(JsonReport.of(run));
    Figures figures = RunSummary.of(run).all();
    JsonNode all = json.path("summary").path("all");
    assertThat(all.path("tasks").asInt()).isEqualTo(60);
    assertThat(all.path("passed").path("mean").asDouble()).isEqualTo(figures.passed().mean());
    assertThat(all.path("verdicts").path("timed-out").isInt()).isTrue();
    assertThat(all.path("passAtK").path("1").path("low").isNumber()).isTrue();
    assertThat(all.path("afterTurn").size()).isEqualTo(4);
    assertThat(json.path("summary").path("levels").propertyNames())
        .containsExactly("easy", "medium", "hard");
    assertThat(json.path("summary").path("config").path("seed").asInt()).isEqualTo(1);
    assertThat(json.path("tasks").size()).isEqualTo(60);
    JsonNode task = json.path("tasks").path(SampleRun.NOT_TRIED);
    assertThat(task.path("id").asString()).isEqualTo(SampleRun.id(SampleRun.NOT_TRIED));
    assertThat(task.path("passed").asBoolean()).isFalse();
    assertThat(task.path("failure").asString()).startsWith("The statement has");
    assertThat(task.has("chosen")).isFalse();
  }

  @Test
  void comesBackAsTheSameSummary() {
    RunFolder run = SampleRun.of(1, 0.4).write(folder);
    JsonNode json = RunJson.MAPPER.readTree(JsonReport.of(run));
    assertThat(RunJson.MAPPER.treeToValue(json.path("summary"), RunSummary.class))
        .isEqualTo(RunSummary.of(run));
  }

  @Test
  void isWrittenIntoAFolderThatIsMade() {
    RunFolder run = SampleRun.of(1, 0.4).write(folder.resolve("run"));
    Path file = folder.resolve("new/report.json");
    JsonReport.write(run, file);
    assertThat(file).content().isEqualTo(JsonReport.of(run));
    assertThat(Files.exists(file.resolveSibling(".report.json.part"))).isFalse();
  }
}
