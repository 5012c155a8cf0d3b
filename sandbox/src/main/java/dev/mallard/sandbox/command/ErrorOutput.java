package dev.mallard.sandbox.command;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Hands on what a program writes to standard error, and tells what its end says. */
final class ErrorOutput extends OutputStream {
  private static final int KEPT_BYTES = 8192;
  private static final int LONGEST_MESSAGE = 300;

  private static final Pattern OUT_OF_MEMORY =
      Pattern.compile(
          "OutOfMemoryError|MemoryError|bad_alloc|[Oo]ut of memory|[Mm]emory exhausted"
              + "|[Cc]annot allocate memory");

  private final OutputStream next;
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

  /**
   * An error.
   *
   * @param message what is wrong; empty if nothing is said
   * @param line the line of the program, from 1
   */
  record Complaint(String message, Optional<Integer> line) {}

  ErrorOutput(OutputStream next) {
    this.next = next;
  }

  @Override
  public void write(int value) throws IOException {
    write(new byte[] {(byte) value}, 0, 1);
  }

  @Override
  public synchronized void write(byte[] source, int offset, int length) throws IOException {
    next.write(source, offset, length);
    bytes.write(source, offset, length);
    if (bytes.size() > 2 * KEPT_BYTES) {
      byte[] all = bytes.toByteArray();
      bytes.reset();
      bytes.writeBytes(Arrays.copyOfRange(all, all.length - KEPT_BYTES, all.length));
    }
  }

  /** Whether it says that there was not enough memory. */
  boolean tellsOfMemory() {
    return OUT_OF_MEMORY.matcher(text()).find();
  }

  /** The last line that the pattern finds an error in, or else the last line. */
  Complaint complaint(Optional<Pattern> error) {
    List<String> lines = text().lines().filter(line -> !line.isBlank()).toList().reversed();
    return error
        .flatMap(pattern -> lines.stream().map(pattern::matcher).filter(Matcher::find).findFirst())
        .map(found -> complaint(found, error.get()))
        .orElseGet(() ->
            new Complaint(
                lines.stream().findFirst().map(ErrorOutput::cut).orElse(""), Optional.empty()));
  }

  private static Complaint complaint(Matcher found, Pattern pattern) {
    String message = group(found, pattern, "message").orElseGet(found::group);
    Optional<Integer> line =
        group(found, pattern, "line")
            .filter(text -> text.matches("[1-9]\\d{0,8}"))
            .map(Integer::valueOf);
    return new Complaint(cut(message), line);
  }

  private static Optional<String> group(Matcher found, Pattern pattern, String name) {
    return pattern.namedGroups().containsKey(name)
        ? Optional.ofNullable(found.group(name))
        : Optional.empty();
  }

  private synchronized String text() {
    return bytes.toString(StandardCharsets.UTF_8);
  }

  private static String cut(String text) {
    String line = text.strip();
    return line.length() <= LONGEST_MESSAGE ? line : line.substring(0, LONGEST_MESSAGE) + "...";
  }
}
