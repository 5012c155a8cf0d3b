package dev.mallard.generator.transcript;

import dev.mallard.generator.UserException;
import dev.mallard.generator.loop.Event;
import dev.mallard.generator.problem.Languages;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** Reads what {@link TranscriptFile} has written, or somebody who means harm. */
public final class TranscriptReader {
  private final Path file;
  private final EventReader reader;
  private final List<Event> events = new ArrayList<>();
  private int number;

  private TranscriptReader(Path file, Languages languages) {
    this.file = file;
    this.reader = new EventReader(languages);
  }

  /**
   * Reads a file. A last line that is cut is left out.
   *
   * @param languages those that the search may have been in
   * @throws UserException if it cannot be read or is no transcript; it names the line
   */
  public static Recording read(Path file, Languages languages) {
    if (Files.isDirectory(file)) {
      throw new UserException("%s is a folder: name a file in it.".formatted(file));
    }
    if (Files.notExists(file)) {
      throw new UserException("There is no file %s.".formatted(file));
    }
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
      if (Files.size(file) > Transcripts.LARGEST_FILE) {
        throw new UserException(
            "%s is larger than %d MiB, which is more than Mallard reads."
                .formatted(file, Transcripts.LARGEST_FILE >> 20));
      }
      return new TranscriptReader(file, languages).read(in);
    } catch (AccessDeniedException e) {
      throw new UserException("%s may not be read: check its permissions.".formatted(file), e);
    } catch (IOException e) {
      throw new UserException("%s cannot be read: %s.".formatted(file, e.getMessage()), e);
    }
  }

  /** Whether a file begins as a transcript does, of whatever version. */
  static boolean isTranscript(Path file) throws IOException {
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
      Line line = line(in, Transcripts.LONGEST_LINE);
      JsonNode node = Transcripts.JSON.readTree(line.bytes().array());
      return node.path("event").asString("").equals("started") && node.path("schema").isInt();
    } catch (JacksonException | TooLongException e) {
      return false;
    }
  }

  private Recording read(InputStream in) throws IOException {
    OptionalInt cut = OptionalInt.empty();
    long left = Transcripts.LARGEST_FILE;
    for (boolean more = true; more; ) {
      number++;
      Line line;
      try {
        line = line(in, (int) Math.min(left, Transcripts.LONGEST_LINE));
      } catch (TooLongException e) {
        throw wrong("the line is longer than Mallard reads", e);
      }
      left -= line.length();
      more = line.ended();
      if (more || line.length() > 0) {
        Optional<JsonNode> node = parsed(line);
        node.flatMap(this::event).ifPresent(events::add);
        cut = node.isEmpty() ? OptionalInt.of(number) : cut;
      }
    }
    if (events.isEmpty()) {
      number = 1;
      throw wrong("this is no transcript: it does not begin with the event \"started\"");
    }
    return new Recording(AnswerTexts.added(events), cut);
  }

  /** What stands on a line; empty if it is the last and cut. */
  private Optional<JsonNode> parsed(Line line) {
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(line.bytes()).toString();
      JsonNode node = Transcripts.JSON.readTree(text);
      if (node.isMissingNode()) {
        throw wrong("the line is empty");
      }
      return Optional.of(node);
    } catch (CharacterCodingException e) {
      if (line.ended()) {
        throw wrong("this is no UTF-8 text", e);
      }
      return Optional.empty();
    } catch (JacksonException e) {
      if (line.ended()) {
        throw wrong("this is no JSON: %s".formatted(e.getOriginalMessage()), e);
      }
      return Optional.empty();
    }
  }

  private Optional<Event> event(JsonNode node) {
    try {
      return reader.read(node);
    } catch (IllegalArgumentException e) {
      throw wrong(String.valueOf(e.getMessage()), e);
    }
  }

  /**
   * A line.
   *
   * @param ended whether its line feed is there
   */
  private record Line(ByteBuffer bytes, boolean ended) {
    static Line of(ByteArrayOutputStream bytes, boolean ended) {
      return new Line(ByteBuffer.wrap(bytes.toByteArray()), ended);
    }

    int length() {
      return bytes.limit();
    }
  }

  private static final class TooLongException extends Exception {
    private static final long serialVersionUID = 1L;
  }

  private static Line line(InputStream in, int longest) throws IOException, TooLongException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (int b = in.read(); b >= 0; b = in.read()) {
      if (b == '\n') {
        return Line.of(bytes, true);
      }
      if (bytes.size() == longest) {
        throw new TooLongException();
      }
      bytes.write(b);
    }
    return Line.of(bytes, false);
  }

  private UserException wrong(String what) {
    return new UserException("%s:%d: %s.".formatted(file, number, what));
  }

  private UserException wrong(String what, Exception cause) {
    return new UserException("%s:%d: %s.".formatted(file, number, what), cause);
  }
}
