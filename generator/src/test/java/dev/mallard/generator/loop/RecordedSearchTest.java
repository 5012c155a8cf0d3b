package dev.mallard.generator.loop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mallard.generator.feedback.UnitTestFeedback;
import dev.mallard.generator.model.Completion;
import dev.mallard.generator.model.GenerationListener;
import dev.mallard.generator.model.GenerationRequest;
import dev.mallard.generator.model.LanguageModel;
import dev.mallard.generator.model.Message;
import dev.mallard.generator.problem.Language;
import dev.mallard.generator.problem.Languages;
import dev.mallard.generator.problem.Problem;
import dev.mallard.generator.transcript.Recording;
import dev.mallard.generator.transcript.TranscriptFile;
import dev.mallard.generator.transcript.TranscriptReader;
import dev.mallard.generator.transcript.Transcripts;
import dev.mallard.sandbox.Limits;
import dev.mallard.sandbox.TestSuite;
import dev.mallard.sandbox.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Searches that are written to a file while they go on. */
class RecordedSearchTest {
  private static final String WRONG = "def add(a, b): return a - b";
  private static final String BETTER = "def add(a, b): return a + abs(b)";
  private static final String RIGHT = "def add(a, b): return a + b";
  private static final Problem PROBLEM =
      new Problem(
          "Add two numbers",
          "Return the sum of a and b.",
          Optional.of("def add(a, b):"),
          Language.PYTHON,
          TestSuite.asserts("assert add(1, 2) == 3\nassert add(0, 0) == 0\n"),
          TestSuite.asserts("assert add(70, 7) == 77\n"));

  @TempDir private Path folder;

  @Test
  void whatIsReadIsWhatHappened() throws Exception {
    List<Event> happened = new ArrayList<>();
    Path file = folder.resolve("t.jsonl");
    search(file, 2, happened::add);

    Recording recording = TranscriptReader.read(file, Languages.BUILT_IN);

    assertThat(recording.ended()).isTrue();
    assertThat(withoutText(recording.events())).isEqualTo(withoutText(happened));
  }

  /** One repair in a turn, and several that are written at the same time. */
  @Test
  void aSearchThatIsInterruptedAtAnyEventLeavesWhatHadHappened() throws Exception {
    for (int repairs = 1; repairs <= 2; repairs++) {
      boolean reached = true;
      int interruptions = 0;
      for (int n = 1; reached; n++) {
        Path file = folder.resolve("t.jsonl");
        List<Event> happened = new ArrayList<>();
        reached = interruptAt(n, repairs, file, happened);
        interruptions += reached ? 1 : 0;

        Recording recording = TranscriptReader.read(file, Languages.BUILT_IN);

        assertThat(recording.cutLine()).isEmpty();
        assertThat(recording.ended()).isTrue();
        assertThat(withoutText(recording.events())).isEqualTo(withoutText(happened));
      }
      assertThat(interruptions).isGreaterThan(10);
    }
  }

  @Test
  void theSameSeedGivesTheSameTranscriptButForTimes() throws Exception {
    for (int repairs = 1; repairs <= 2; repairs++) {
      Path one = folder.resolve("one.jsonl");
      Path two = folder.resolve("two.jsonl");
      search(one, repairs, _ -> {});
      search(two, repairs, _ -> {});
      assertThat(Files.readString(one)).isNotEqualTo(Files.readString(two));
      assertThat(Transcripts.comparable(lines(one))).isEqualTo(Transcripts.comparable(lines(two)));
    }
  }

  /** Whether there were so many events. */
  private static boolean interruptAt(int n, int repairs, Path file, List<Event> happened)
      throws IOException {
    Thread searching = Thread.currentThread();
    try {
      search(
          file,
          repairs,
          event -> {
            happened.add(event);
            if (happened.size() == n) {
              searching.interrupt();
            }
          });
    } catch (InterruptedException e) {
      assertThat(happened.getLast()).isEqualTo(new Event.Cancelled());
    }
    // What comes too late to stop anything leaves its mark on the thread.
    boolean interrupted = Thread.interrupted();
    return interrupted || happened.size() >= n;
  }

  private static void search(Path file, int repairs, Consumer<Event> events)
      throws InterruptedException {
    ScriptedSandbox sandbox =
        new ScriptedSandbox(
            Map.of(
                WRONG,
                ScriptedSandbox.failed(0),
                BETTER,
                ScriptedSandbox.failed(1),
                RIGHT,
                new Verdict.Passed(2)));
    LanguageModel model =
        new OneAtATime(
            // The same answers to requests at the same time, whichever comes first.
            ScriptedLanguageModel.answering(
                fenced(WRONG),
                fenced(BETTER),
                fenced(BETTER),
                fenced(BETTER),
                fenced(RIGHT),
                fenced(RIGHT)));
    LoopSettings settings =
        new LoopSettings(2, 3, 256, 0.8, 7, Limits.DEFAULT).withRepairs(repairs);
    SelfDebugger debugger =
        new SelfDebugger(model, sandbox, new UnitTestFeedback(), new TickingClock());
    try (TranscriptFile transcript = TranscriptFile.at(file, InstantSource.system())) {
      debugger.solve(PROBLEM, settings, transcript.andThen(events));
      assertThat(transcript.failure()).isEmpty();
    }
  }

  private record OneAtATime(LanguageModel model) implements LanguageModel {
    @Override
    public String description() {
      return model.description();
    }

    @Override
    public int contextLength() {
      return model.contextLength();
    }

    @Override
    public int countTokens(List<Message> conversation) {
      return model.countTokens(conversation);
    }

    @Override
    public synchronized List<Completion> generate(
        GenerationRequest request, GenerationListener listener) throws InterruptedException {
      return model.generate(request, listener);
    }

    @Override
    public void close() {
      model.close();
    }
  }

  private static final class TickingClock implements InstantSource {
    @Override
    public Instant instant() {
      return Instant.ofEpochSecond(0, System.nanoTime());
    }
  }

  private static List<Event> withoutText(List<Event> events) {
    return events.stream().filter(event -> !(event instanceof Event.TextGenerated)).toList();
  }

  private static List<JsonNode> lines(Path file) throws IOException {
    return Files.readAllLines(file).stream().map(new JsonMapper()::readTree).toList();
  }

  private static String fenced(String program) {
    return "```python\n" + program + "\n```";
  }
}
