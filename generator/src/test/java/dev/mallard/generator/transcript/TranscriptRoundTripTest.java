package dev.mallard.generator.transcript;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mallard.generator.loop.Event;
import dev.mallard.generator.problem.Languages;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class TranscriptRoundTripTest {

  @Property(tries = 500, seed = "25")
  void whatIsReadIsWhatWasWritten(@ForAll long seed) throws IOException {
    List<Event> events = new RandomEvents(seed).search();
    Path file = Files.createTempFile("transcript", ".jsonl");
    try {
      try (TranscriptFile transcript = TranscriptFile.at(file, () -> Instant.EPOCH)) {
        events.forEach(transcript);
        assertThat(transcript.failure()).isEmpty();
      }

      Recording recording = TranscriptReader.read(file, Languages.BUILT_IN);

      assertThat(recording.events())
          .filteredOn(event -> !(event instanceof Event.TextGenerated))
          .isEqualTo(events);
      assertThat(recording.cutLine()).isEmpty();
      String written = Files.readString(file, StandardCharsets.UTF_8);
      assertThat(written.lines()).hasSize(events.size());
      assertThat(written.chars()).allMatch(c -> c == '\n' || (c >= ' ' && c <= '\u007f'));
    } finally {
      Files.delete(file);
    }
  }
}
