package dev.mallard.generator.remote;

import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.util.Locale;
import java.util.Optional;

/**
 * Reads the chunks of an answer: of server-sent events, as nearly all servers stream; of JSON
 * lines, as DJL Serving does; or of one JSON document, from servers that do not stream.
 */
final class AnswerReader {
  private static final String DONE = "[DONE]";
  private static final int BYTE_ORDER_MARK = 0xef;

  private final AnswerLines lines;
  private final Form form;
  private final Failures failures;
  private boolean done;

  private enum Form {
    EVENTS,
    LINES,
    DOCUMENT
  }

  private AnswerReader(AnswerLines lines, Form form, Failures failures) {
    this.lines = lines;
    this.form = form;
    this.failures = failures;
  }

  /**
   * Begins to read.
   *
   * @param in the answer's body
   * @param mostBytes the longest that the answer can be
   * @throws RemoteFailure if it is no answer to a request for completions
   */
  static AnswerReader open(
      HttpResponse<?> response, InputStream in, long mostBytes, Failures failures)
      throws RemoteFailure, IOException {
    AnswerLines lines = new AnswerLines(in, mostBytes);
    String type = response.headers().firstValue("Content-Type").orElse("").toLowerCase(Locale.ROOT);
    if (type.startsWith("text/event-stream")) {
      return new AnswerReader(lines, Form.EVENTS, failures);
    }
    // Other types are not always true.
    int first = lines.peek();
    if (first == '{') {
      Form form = type.contains("jsonl") || type.contains("ndjson") ? Form.LINES : Form.DOCUMENT;
      return new AnswerReader(lines, form, failures);
    }
    if (first == '<') {
      throw failures.webPage();
    }
    if (first == 'd' || first == 'e' || first == 'i' || first == ':' || first == BYTE_ORDER_MARK) {
      return new AnswerReader(lines, Form.EVENTS, failures);
    }
    throw first < 0 ? failures.cut() : failures.notJson();
  }

  /** Whether the answer itself said that it is over. */
  boolean done() {
    return done;
  }

  /**
   * The next chunk; empty at the end of the answer.
   *
   * @throws RemoteFailure if what comes is no chunk, or an error
   */
  Optional<Chunk> next() throws RemoteFailure, IOException {
    if (done) {
      return Optional.empty();
    }
    Optional<String> text =
        switch (form) {
          case EVENTS -> event();
          case LINES -> line();
          case DOCUMENT -> document();
        };
    if (text.isPresent() && text.get().strip().equals(DONE)) {
      done = true;
      return Optional.empty();
    }
    return text.isPresent() ? Optional.of(Chunk.parse(text.get(), failures)) : Optional.empty();
  }

  private Optional<String> document() throws IOException {
    String document = lines.rest();
    return document.isBlank() ? Optional.empty() : Optional.of(document);
  }

  private Optional<String> line() throws IOException {
    Optional<String> line = lines.next();
    while (line.isPresent() && line.get().isBlank()) {
      line = lines.next();
    }
    return line;
  }

  /**
   * The data of the next event that has some. The last needs no empty line after it, unlike in the
   * HTML standard: whether the answer is whole is seen by what is in it.
   */
  private Optional<String> event() throws IOException {
    StringBuilder data = new StringBuilder();
    while (true) {
      Optional<String> line = lines.next();
      if (line.isEmpty() || line.get().isEmpty()) {
        if (!data.isEmpty()) {
          return Optional.of(data.toString());
        }
        if (line.isEmpty()) {
          return Optional.empty();
        }
        continue;
      }
      String text = line.get().startsWith("\ufeff") ? line.get().substring(1) : line.get();
      if (text.startsWith("data:")) {
        data.append(data.isEmpty() ? "" : "\n").append(text.substring("data:".length()).strip());
      } else if (text.startsWith("error:")) {
        // An older llama.cpp's own field.
        data.append("{\"error\":").append(text.substring("error:".length())).append('}');
      }
      if (data.length() > AnswerLines.LONGEST_LINE) {
        throw new AnswerLines.TooMuchException();
      }
    }
  }
}
