package dev.mallard.generator.transcript;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mallard.generator.UserException;
import dev.mallard.generator.loop.Event;
import dev.mallard.generator.loop.Purpose;
import dev.mallard.generator.model.Completion;
import dev.mallard.generator.problem.Languages;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TranscriptReaderTest {
  private static final Event START = new RandomEvents(1).search().getFirst();

  @TempDir private Path folder;
  private Path file = Path.of("");
  private String start = "";

  @BeforeEach
  void writeStart() throws IOException {
    file = folder.resolve("t.jsonl");
    start = written(START);
  }

  @Test
  void aSearchThatWasKilledHasNoEnd() throws IOException {
    Recording killed = read(start);
    assertThat(killed.events()).containsExactly(START);
    assertThat(killed.ended()).isFalse();
    assertThat(killed.cutLine()).isEmpty();
    assertThat(read(start + "{\"event\":\"cancelled\"}\n").ended()).isTrue();
    assertThat(read(start + "{\"event\":\"cancelled\"}").ended()).isTrue();
  }

  @Test
  void aLastLineIsLeftOutWhereverItIsCut() throws IOException {
    String last = written(START, new Event.TestsProposed(List.of("assert f() == 1"), List.of()));
    String line = last.substring(start.length()).strip();
    for (int length = 1; length < line.length(); length++) {
      Recording recording = read(start + line.substring(0, length));
      assertThat(recording.events()).containsExactly(START);
      assertThat(recording.cutLine()).hasValue(2);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"event\":\"quack\"}|there is no such \"event\"",
        "{\"event\":\"cancelled\"|this is no JSON",
        "{\"event\":\"cancelled\"} 1|this is no JSON",
        "{\"event\":\"cancelled\",\"event\":\"text\"}|this is no JSON",
        "[]|it must be a JSON object",
        "``|the line is empty",
        "{\"event\":1}|\"event\" must be a string",
        "{\"event\":\"tests_proposed\",\"kept\":[1],\"dropped\":[]}|\"kept\" must be a list of",
        "{\"event\":\"answered\",\"turn\":1e9}|\"turn\" must be a whole number",
        "{\"event\":\"answered\",\"turn\":99999999999}|\"turn\" must be a whole number",
        "{\"event\":\"answered\",\"turn\":1,\"purpose\":\"x\"}|one of program, feedback, tests",
        "{\"event\":\"answered\",\"turn\":1,\"purpose\":\"tests\",\"completions\":[],"
            + "\"seconds\":1e999}|\"seconds\" must be a number of seconds",
        "{\"event\":\"feedback\",\"turn\":1,\"repairs_turn\":7,\"repairs_candidate\":0}|"
            + "no attempt before it has turn 7 and candidate 0",
      })
  void aLineThatIsWrongIsNamed(String line, String message) throws IOException {
    Files.writeString(file, start + line + "\n{\"event\":\"cancelled\"}\n");
    assertThatThrownBy(this::read)
        .isInstanceOf(UserException.class)
        .hasMessageStartingWith(file + ":2: ")
        .hasMessageContaining(message)
        .hasMessageEndingWith(".");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "\"schema\":1|\"schema\":2|it has schema 2, and this version of Mallard reads 1",
        "\"schema\":1|\"schema\":\"1\"|\"schema\" must be",
        "\"python\"|\"quack\"|the language \"quack\" is not known: name its folder with --language",
        "\"samples\":|\"samples\":-|must be at least 1",
        "\"started\"|\"cancelled\"|a transcript begins with the event \"started\"",
      })
  void aStartThatIsNoneIsRefused(String old, String other, String message) throws IOException {
    assertThat(start).contains(old);
    Files.writeString(file, start.replaceFirst(old, other));
    assertThatThrownBy(this::read)
        .isInstanceOf(UserException.class)
        .hasMessageStartingWith(file + ":1: ")
        .hasMessageContaining(message);
  }

  @Test
  void whatIsNoTranscriptIsRefused() throws IOException {
    for (String text : List.of("", "{\"event\":", "print(1)\n", "\u00ff\ufffe")) {
      Files.writeString(file, text);
      assertThatThrownBy(this::read)
          .isInstanceOf(UserException.class)
          .hasMessageStartingWith(file + ":1: ");
    }
    assertThatThrownBy(() -> read(start + start)).hasMessageContaining(":2: ");
    assertThatThrownBy(() -> read(start + "[".repeat(1000) + "\n")).hasMessageContaining("JSON");
    Files.delete(file);
    assertThatThrownBy(this::read).hasMessageContaining("There is no file");
  }

  @Test
  void whatTheModelWroteComesBeforeItsAnswerAtItsPlaceInTheTurn() throws IOException {
    Completion one = completion("one");
    Completion two = completion("two");
    List<Event> answers = List.of(answered(two), answered(one));
    // Two requests at the same time, the later program first.
    Recording recording =
        read(
            written(START, answers.get(0), answers.get(1))
                + written(new Attempts(3).of(0, one), new Attempts(3).of(1, two)));
    assertThat(recording.events())
        .containsSubsequence(
            new Event.TextGenerated(3, 1, "two"),
            answers.get(0),
            new Event.TextGenerated(3, 0, "one"),
            answers.get(1));
  }

  @Test
  void theOutputOfJsonCanBeReadToo() throws IOException {
    EventJson json = new EventJson();
    Event text = new Event.TextGenerated(1, 0, "def");
    json.json(START);
    assertThat(read(start + json.json(text) + "\n").events()).containsExactly(START);
  }

  private static Event.Answered answered(Completion completion) {
    return new Event.Answered(3, Purpose.PROGRAM, List.of(completion), Duration.ZERO);
  }

  private static Completion completion(String text) {
    return new Completion(text, Completion.Finish.END, 1, 1, Double.NaN);
  }

  private String written(Event... events) throws IOException {
    Files.deleteIfExists(file);
    if (!(events[0] instanceof Event.Started)) {
      StringBuilder lines = new StringBuilder();
      EventJson json = new EventJson();
      for (Event event : events) {
        lines.append(json.json(event)).append('\n');
      }
      return lines.toString();
    }
    try (TranscriptFile transcript = TranscriptFile.at(file, () -> Instant.EPOCH)) {
      List.of(events).forEach(transcript);
    }
    return Files.readString(file);
  }

  private Recording read(String text) throws IOException {
    Files.writeString(file, text);
    return read();
  }

  private Recording read() {
    return TranscriptReader.read(file, Languages.BUILT_IN);
  }
}
