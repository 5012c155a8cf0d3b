package dev.mallard.generator.transcript;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mallard.generator.UserException;
import dev.mallard.generator.loop.Event;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TranscriptFileTest {
  private static final Event START = new RandomEvents(1).search().getFirst();

  @TempDir private Path folder;

  @Test
  void aLineIsThereAsSoonAsItHasHappened() throws IOException {
    Path file = folder.resolve("t.jsonl");
    try (TranscriptFile transcript = at(file)) {
      transcript.accept(START);
      assertThat(file).content().startsWith("{\"event\":\"started\",\"schema\":1,").endsWith("}\n");
      transcript.accept(new Event.TextGenerated(1, 0, "def"));
      transcript.accept(new Event.Cancelled());
      assertThat(Files.readAllLines(file)).hasSize(2).last().isEqualTo("{\"event\":\"cancelled\"}");
    }
  }

  @Test
  void anOlderTranscriptIsOverwrittenOnceTheSearchBegins() throws IOException {
    Path file = folder.resolve("t.jsonl");
    for (int i = 0; i < 2; i++) {
      try (TranscriptFile transcript = at(file)) {
        assertThat(Files.exists(file)).isEqualTo(i == 1);
        transcript.accept(START);
        transcript.accept(new Event.Cancelled());
      }
    }
    assertThat(Files.readAllLines(file)).hasSize(2);
  }

  @Test
  void nothingElseIsEverOverwritten() throws IOException {
    Path file = folder.resolve("program.py");
    for (String text : List.of("print(1)\n", "{\"event\":\"started\"}\n", "{\"a\":", "[]\n")) {
      Files.writeString(file, text);
      assertThatThrownBy(() -> at(file))
          .isInstanceOf(UserException.class)
          .hasMessageContaining("program.py is there and is no transcript of Mallard");
      assertThat(file).hasContent(text);
    }
    Files.writeString(file, "");
    at(file).close();
  }

  @Test
  void aPlaceThatCannotBeIsFoundAtOnce() {
    assertThatThrownBy(() -> at(folder)).hasMessageContaining("is no ordinary file");
    assertThatThrownBy(() -> at(folder.resolve("no/t.jsonl"))).hasMessageContaining("no folder");
  }

  /** A disk with room for so many bytes. */
  private static final class SmallDisk implements LineFile {
    private final ByteArrayOutputStream written = new ByteArrayOutputStream();
    private final int room;

    SmallDisk(int room) {
      this.room = room;
    }

    @Override
    public void append(byte[] bytes) throws IOException {
      int fits = Math.min(bytes.length, room - written.size());
      written.write(bytes, 0, fits);
      if (fits < bytes.length) {
        throw new IOException("No space left on device");
      }
    }

    @Override
    public void cut(long length) {
      byte[] all = written.toByteArray();
      written.reset();
      written.write(all, 0, (int) length);
    }

    @Override
    public void close() {}
  }

  @Test
  void aFullDiskLeavesWholeLinesAndOneMessageAndTheSearchGoesOn() {
    int first = recorded(new SmallDisk(Integer.MAX_VALUE), START).written.size();
    SmallDisk disk = new SmallDisk(first + 10);
    TranscriptFile transcript = transcript(disk);

    transcript.accept(START);
    transcript.accept(new Event.TestsProposed(List.of("assert f(1) == 2"), List.of()));
    transcript.accept(new Event.Cancelled());
    transcript.close();

    assertThat(disk.written.toString(StandardCharsets.UTF_8)).endsWith("}\n").hasSize(first);
    assertThat(transcript.failure())
        .hasValue("t.jsonl is not a whole transcript: No space left on device.");
  }

  @Test
  void aFileThatCannotBeOpenedAfterAllIsAMessageToo() {
    TranscriptFile transcript =
        new TranscriptFile(
            Path.of("t.jsonl"),
            () -> {
              throw new IOException("Permission denied");
            },
            () -> Instant.EPOCH);
    transcript.accept(START);
    transcript.close();
    assertThat(transcript.failure()).get().asString().contains("Permission denied");
  }

  private static SmallDisk recorded(SmallDisk disk, Event event) {
    try (TranscriptFile transcript = transcript(disk)) {
      transcript.accept(event);
    }
    return disk;
  }

  private static TranscriptFile transcript(LineFile file) {
    return new TranscriptFile(Path.of("t.jsonl"), () -> file, () -> Instant.EPOCH);
  }

  private static TranscriptFile at(Path file) {
    return TranscriptFile.at(file, () -> Instant.EPOCH);
  }
}
