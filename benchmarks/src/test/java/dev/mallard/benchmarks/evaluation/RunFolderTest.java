package dev.mallard.benchmarks.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mallard.generator.UserException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunFolderTest {
  private static final SampleRun RUN = new SampleRun(1, 0.5, 5, 2, 2, true);

  @TempDir private Path folder;

  @BeforeEach
  void write() {
    RUN.write(folder);
  }

  @Test
  void readsWhatWasWritten() {
    RunFolder run = RunFolder.open(folder);
    assertThat(run.config()).isEqualTo(RUN.config());
    assertThat(run.results()).hasSize(5);
    assertThat(run.results().getFirst().id()).isEqualTo("HumanEval/0");
    assertThat(run.name()).isEqualTo(folder.getFileName().toString());
    assertThat(run.transcript("HumanEval/3").orElseThrow().started().problem().title())
        .isEqualTo("balanced brackets");
    assertThat(run.transcript("HumanEval/99")).isEmpty();
  }

  @Test
  void leavesOutWhatIsEmptyAndKeepsHalvesOfSurrogatePairs() {
    TaskResult result =
        new TaskResult(
            "a",
            "",
            List.of(
                new SampleResult(
                    1, 0, "\ud83e \u0000 \u202e", Optional.empty(), Optional.empty(), 1)),
            List.of(false),
            Optional.of(TaskVerdict.TIMED_OUT),
            false,
            false,
            1,
            2,
            0.5,
            OptionalDouble.empty(),
            Optional.empty());
    String line = RunJson.line(result);
    assertThat(line)
        .isEqualTo(
            "{\"id\":\"a\",\"level\":\"\",\"samples\":[{\"turn\":1,\"candidate\":0,"
                + "\"program\":\"\\uD83E \\u0000 \\u202E\",\"tokens\":1}],\"passedAfterTurn\":[false],"
                + "\"chosen\":\"timed-out\",\"visiblePassed\":false,\"hasHiddenTests\":false,"
                + "\"promptTokens\":1,\"completionTokens\":2,\"seconds\":0.5}\n");
    assertThat(RunJson.MAPPER.readValue(line, TaskResult.class)).isEqualTo(result);
  }

  @Test
  void readsEmptyValuesThatAreWrittenAsNull() {
    TaskResult result =
        RunJson.MAPPER.readValue(
            """
            {"id": "a", "level": "", "samples": [], "passedAfterTurn": [], "chosen": null,
            "visiblePassed": false, "hasHiddenTests": false, "promptTokens": 0,
            "completionTokens": 0, "seconds": 0, "joules": null, "failure": null, "new": 1}
            """,
            TaskResult.class);
    assertThat(result.chosen()).isEmpty();
    assertThat(result.joules()).isEmpty();
  }

  @Test
  void leavesOutALastLineThatIsCut() throws IOException {
    byte[] all = Files.readAllBytes(folder.resolve(RunJson.RESULTS));
    int last = new String(all, StandardCharsets.US_ASCII).lastIndexOf("{\"id\"");
    for (int length : new int[] {last + 1, last + 100, all.length - 2}) {
      Files.write(folder.resolve(RunJson.RESULTS), Arrays.copyOf(all, length));
      assertThat(RunFolder.open(folder).results()).as("%d bytes", length).hasSize(4);
    }
    Files.write(folder.resolve(RunJson.RESULTS), Arrays.copyOf(all, all.length - 1));
    assertThat(RunFolder.open(folder).results()).hasSize(5);
  }

  @Test
  void countsTheLastOfSeveralResultsOfATask() throws IOException {
    String again =
        Files.readAllLines(folder.resolve(RunJson.RESULTS))
            .get(1)
            .replaceFirst("\"level\":\"[a-z]*\"", "\"level\":\"again\"");
    Files.writeString(folder.resolve(RunJson.RESULTS), again + "\n", StandardOpenOption.APPEND);
    RunFolder run = RunFolder.open(folder);
    assertThat(run.results()).hasSize(5);
    assertThat(run.results().getLast().level()).isEqualTo("again");
  }

  @Test
  void namesADamagedLine() throws IOException {
    List<String> lines = Files.readAllLines(folder.resolve(RunJson.RESULTS));
    for (String damaged :
        List.of("{\"id\": \"a\"", "", "[]", "{\"id\": null}", lines.get(1) + "{}")) {
      lines.set(1, damaged);
      Files.write(folder.resolve(RunJson.RESULTS), lines);
      assertThatThrownBy(() -> RunFolder.open(folder))
          .as(damaged)
          .isInstanceOf(UserException.class)
          .hasMessageStartingWith(
              folder.resolve(RunJson.RESULTS) + ":2: this is no result of a task: ");
    }
  }

  @Test
  void isEmptyBeforeTheFirstResult() throws IOException {
    Files.delete(folder.resolve(RunJson.RESULTS));
    RunFolder run = RunFolder.open(folder);
    assertThat(run.results()).isEmpty();
    assertThatThrownBy(() -> RunSummary.of(run))
        .isInstanceOf(UserException.class)
        .hasMessage("The run in %s has no results yet: wait for its first task.", folder);
  }

  @Test
  void saysWhatIsMissing() throws IOException {
    assertThatThrownBy(() -> RunFolder.open(folder.resolve("none")))
        .isInstanceOf(UserException.class)
        .hasMessage("There is no folder %s: name the folder of a run.", folder.resolve("none"));
    Files.delete(folder.resolve(RunJson.CONFIG));
    assertThatThrownBy(() -> RunFolder.open(folder))
        .isInstanceOf(UserException.class)
        .hasMessage("%s is no folder of a run: it has no config.json.", folder);
  }

  @Test
  void refusesOtherVersionsAndDamagedConfigurations() throws IOException {
    Path config = folder.resolve(RunJson.CONFIG);
    String text = Files.readString(config);
    Files.writeString(config, text.replace("\"version\":1", "\"version\":2"));
    assertThatThrownBy(() -> RunFolder.open(folder))
        .isInstanceOf(UserException.class)
        .hasMessage(
            "%s has version 2, and this version of Mallard reads 1: use the one that wrote it.",
            config);
    Files.writeString(config, "[]");
    assertThatThrownBy(() -> RunFolder.open(folder))
        .isInstanceOf(UserException.class)
        .hasMessageStartingWith("%s has version none", config);
    for (String damaged :
        List.of(
            text.substring(0, text.length() / 2),
            text.replace("\"humaneval\"", "null"),
            text.replace("\"seed\":1", "\"seed\":\"x\""))) {
      Files.writeString(config, damaged);
      assertThatThrownBy(() -> RunFolder.open(folder))
          .as(damaged)
          .isInstanceOf(UserException.class)
          .hasMessageStartingWith("%s is damaged: ", config);
    }
  }
}
