package dev.mallard.generator.remote;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * The lines of an answer, as they come; bytes that are no UTF-8 become U+FFFD. Bounded, as a line
 * or an answer may have no end.
 */
final class AnswerLines {
  static final int LONGEST_LINE = 4 << 20;

  private static final int LARGEST_DOCUMENT = 64 << 20;

  private final InputStream in;
  private final long mostBytes;
  private final byte[] buffer = new byte[8192];
  private int next;
  private int end;
  private long bytes;
  private boolean afterCarriageReturn;

  /** There is more than an answer can be. */
  static final class TooMuchException extends IOException {
    private static final long serialVersionUID = 1L;

    TooMuchException() {
      super("more than an answer can be");
    }
  }

  AnswerLines(InputStream in, long mostBytes) {
    this.in = in;
    this.mostBytes = mostBytes;
  }

  /** The next line without its end, which is LF, CR or both; empty at the end of the answer. */
  Optional<String> next() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    while (true) {
      int b = read();
      boolean second = b == '\n' && afterCarriageReturn;
      afterCarriageReturn = b == '\r';
      if (second) {
        continue;
      }
      if (b == '\n' || b == '\r' || b < 0) {
        return b < 0 && line.size() == 0
            ? Optional.empty()
            : Optional.of(line.toString(StandardCharsets.UTF_8));
      }
      if (line.size() == LONGEST_LINE) {
        throw new TooMuchException();
      }
      line.write(b);
    }
  }

  /** All that is left. */
  String rest() throws IOException {
    ByteArrayOutputStream rest = new ByteArrayOutputStream();
    for (int b = read(); b >= 0; b = read()) {
      if (rest.size() == LARGEST_DOCUMENT) {
        throw new TooMuchException();
      }
      rest.write(b);
    }
    return rest.toString(StandardCharsets.UTF_8);
  }

  /** The first character that is no white space, which is not taken; -1 if there is none. */
  int peek() throws IOException {
    while (true) {
      int b = read();
      if (b < 0) {
        return -1;
      }
      if (b > ' ') {
        next--;
        return b;
      }
    }
  }

  private int read() throws IOException {
    if (next == end) {
      next = 0;
      end = Math.max(0, in.read(buffer));
      bytes += end;
      if (bytes > mostBytes) {
        throw new TooMuchException();
      }
      if (end == 0) {
        return -1;
      }
    }
    return buffer[next++] & 0xff;
  }
}
