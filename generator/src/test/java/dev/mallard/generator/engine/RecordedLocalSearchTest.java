package dev.mallard.generator.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mallard.generator.feedback.UnitTestFeedback;
import dev.mallard.generator.loop.LoopSettings;
import dev.mallard.generator.loop.SelfDebugger;
import dev.mallard.generator.model.Message;
import dev.mallard.generator.model.Precision;
import dev.mallard.generator.problem.Language;
import dev.mallard.generator.problem.Problem;
import dev.mallard.generator.transcript.TranscriptFile;
import dev.mallard.generator.transcript.Transcripts;
import dev.mallard.sandbox.Execution;
import dev.mallard.sandbox.Limits;
import dev.mallard.sandbox.ProgramLanguage;
import dev.mallard.sandbox.Report;
import dev.mallard.sandbox.Sandbox;
import dev.mallard.sandbox.TestSuite;
import dev.mallard.sandbox.Verdict;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A search with a model of this process, which reads the end of its prompts alone. */
class RecordedLocalSearchTest {
  private static final int PROMPT = 100;

  @TempDir private Path folder;

  /**
   * Each search opens the model anew: one that has read a prompt before sums the logarithms of
   * probabilities in another order, and their last digits differ.
   */
  @Test
  void theSameSeedGivesTheSameTranscriptButForTimes() throws Exception {
    List<JsonNode> one = search(3);
    assertThat(search(3)).isEqualTo(one);
    assertThat(search(4)).isNotEqualTo(one);
    assertThat(one)
        .filteredOn(line -> line.path("event").asString().equals("answered"))
        .isNotEmpty()
        .allSatisfy(line -> assertThat(line.path("completions")).hasSize(2));
  }

  private List<JsonNode> search(long seed) throws Exception {
    Path file = folder.resolve("t.jsonl");
    Problem problem =
        new Problem(
            "Quack",
            "",
            Optional.empty(),
            Language.PYTHON,
            TestSuite.asserts("assert quack() == 1\n"),
            TestSuite.EMPTY);
    LoopSettings settings = new LoopSettings(2, 3, 24, 0.8, seed, Limits.DEFAULT);
    try (LocalModel model =
            LocalModel.load(
                "random",
                RandomCheckpoint.small(),
                new ByteTokenizer(),
                RecordedLocalSearchTest::endOf,
                new LocalModelOptions(Precision.FLOAT32, 1, folder),
                LoadListener.SILENT);
        TranscriptFile transcript = TranscriptFile.at(file, InstantSource.system())) {
      new SelfDebugger(model, new FailingSandbox(), new UnitTestFeedback(), InstantSource.system())
          .solve(problem, settings, transcript);
    }
    return Transcripts.comparable(
        Files.readAllLines(file).stream().map(new JsonMapper()::readTree).toList());
  }

  private static int[] endOf(List<Message> conversation) {
    String text = conversation.getLast().content();
    return new ByteTokenizer().encode(text.substring(Math.max(0, text.length() - PROMPT)));
  }

  private static final class FailingSandbox implements Sandbox {
    @Override
    public Report run(Execution execution) {
      return new Report(new Verdict.Malformed("noise", 1, 1), "", "", Duration.ofMillis(1));
    }

    @Override
    public Optional<Verdict.Malformed> check(ProgramLanguage language, TestSuite tests) {
      return Optional.empty();
    }

    @Override
    public void close() {}
  }
}
