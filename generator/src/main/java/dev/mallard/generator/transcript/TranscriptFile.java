package dev.mallard.generator.transcript;

import dev.mallard.generator.UserException;
import dev.mallard.generator.loop.Event;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Writes a search to a file as it happens, one JSON object a line; {@code docs/transcripts.md}
 * describes them. What there is can be read even if the process is killed, so the file is written
 * in its place. {@link Event.TextGenerated} is left out, as the answers have the text.
 *
 * <p>What goes wrong never ends the search: nothing more is written then, and {@link #failure} says
 * why.
 */
public final class TranscriptFile implements Consumer<Event>, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(TranscriptFile.class);

  private final Path path;
  private final Opener opener;
  private final InstantSource clock;
  private final EventJson json = new EventJson();
  private Optional<LineFile> open = Optional.empty();
  private Optional<String> failure = Optional.empty();
  private long length;

  /** Opens the file when the search begins. */
  @FunctionalInterface
  interface Opener {
    LineFile open() throws IOException;
  }

  TranscriptFile(Path path, Opener opener, InstantSource clock) {
    this.path = path;
    this.opener = opener;
    this.clock = clock;
  }

  /**
   * Checks the place of a file. A transcript that is there is overwritten when the search begins,
   * and nothing else ever is.
   *
   * @param clock tells when the search began
   * @throws UserException if no transcript can be written there
   */
  public static TranscriptFile at(Path file, InstantSource clock) {
    try {
      Path target = Files.exists(file) ? file.toRealPath() : file.toAbsolutePath();
      Path folder = target.getParent();
      if (folder == null || !Files.isDirectory(folder)) {
        throw new UserException("There is no folder %s to write into.".formatted(folder));
      }
      if (Files.exists(target)) {
        if (!Files.isRegularFile(target)) {
          throw new UserException(
              "%s is no ordinary file: name another place for the transcript.".formatted(file));
        }
        if (Files.size(target) > 0 && !TranscriptReader.isTranscript(target)) {
          throw new UserException(
              "%s is there and is no transcript of Mallard: name another place for it."
                  .formatted(file));
        }
      }
      if (!Files.isWritable(Files.exists(target) ? target : folder)) {
        throw new UserException("%s may not be written to.".formatted(file));
      }
      return new TranscriptFile(target, () -> LineFile.open(target), clock);
    } catch (IOException e) {
      throw new UserException("%s cannot be written: %s.".formatted(file, e.getMessage()), e);
    }
  }

  /** Where it is written. */
  public Path path() {
    return path;
  }

  @Override
  public void accept(Event event) {
    if (event instanceof Event.TextGenerated || failure.isPresent()) {
      return;
    }
    ObjectNode node = json.json(event);
    if (event instanceof Event.Started) {
      node.put("started_at", clock.instant().toString());
    }
    write((Transcripts.JSON.writeValueAsString(node) + "\n").getBytes(StandardCharsets.US_ASCII));
  }

  private void write(byte[] line) {
    if (line.length > Transcripts.LONGEST_LINE || length + line.length > Transcripts.LARGEST_FILE) {
      fail("it would be larger than Mallard reads");
      return;
    }
    try {
      if (open.isEmpty()) {
        open = Optional.of(opener.open());
      }
      open.get().append(line);
      length += line.length;
    } catch (IOException e) {
      LOG.warn("writing a transcript", e);
      fail(String.valueOf(e.getMessage()));
      cutToWholeLines();
    }
  }

  private void cutToWholeLines() {
    if (open.isPresent()) {
      try {
        open.get().cut(length);
      } catch (IOException e) {
        LOG.warn("cutting a transcript", e);
      }
    }
  }

  private void fail(String why) {
    failure = Optional.of("%s is not a whole transcript: %s.".formatted(path, why));
  }

  /** What went wrong, in one sentence; empty if all is written. */
  public Optional<String> failure() {
    return failure;
  }

  @Override
  public void close() {
    if (open.isPresent()) {
      try {
        open.get().close();
      } catch (IOException e) {
        LOG.warn("closing a transcript", e);
        if (failure.isEmpty()) {
          fail(String.valueOf(e.getMessage()));
        }
      }
      open = Optional.empty();
    }
  }
}
