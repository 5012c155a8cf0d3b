package dev.mallard.lsp.document;

import dev.mallard.lsp.source.Span;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.lsp4j.Position;
import org.eclipse.lsp4j.Range;
import org.eclipse.lsp4j.TextDocumentContentChangeEvent;

/** A version of a document. Immutable. */
public final class TextDocument {
  private final String uri;
  private final String languageId;
  private final int version;
  private final PositionEncoding encoding;
  private final String text;
  private final LineStarts lines;

  private TextDocument(
      String uri,
      String languageId,
      int version,
      PositionEncoding encoding,
      String text,
      LineStarts lines) {
    this.uri = uri;
    this.languageId = languageId;
    this.version = version;
    this.encoding = encoding;
    this.text = text;
    this.lines = lines;
  }

  /**
   * A document.
   *
   * @param encoding what the characters of its positions count
   */
  public static TextDocument of(
      String uri, String languageId, int version, PositionEncoding encoding, String text) {
    return new TextDocument(uri, languageId, version, encoding, text, LineStarts.of(text));
  }

  public String uri() {
    return uri;
  }

  public String languageId() {
    return languageId;
  }

  public int version() {
    return version;
  }

  public String text() {
    return text;
  }

  /** A later version of a document, and the changes that led to it, in order. */
  public record Changed(TextDocument document, List<Change> changes) {
    public Changed {
      changes = List.copyOf(changes);
    }
  }

  /** The document after changes, each of which refers to the text that those before it leave. */
  public Changed changed(int newVersion, List<TextDocumentContentChangeEvent> events) {
    TextDocument document = this;
    List<Change> changes = new ArrayList<>();
    for (TextDocumentContentChangeEvent event : events) {
      Change change =
          event.getRange() == null
              ? new Change(0, document.text.length(), event.getText().length())
              : document.change(event.getRange(), event.getText().length());
      changes.add(change);
      document = document.with(newVersion, change, event.getText());
    }
    return new Changed(document, changes);
  }

  private Change change(Range range, int length) {
    int start = offset(range.getStart());
    return new Change(start, Math.max(start, offset(range.getEnd())), length);
  }

  private TextDocument with(int newVersion, Change change, String replacement) {
    String changed =
        new StringBuilder(text.length() + replacement.length())
            .append(text, 0, change.start())
            .append(replacement)
            .append(text, change.end(), text.length())
            .toString();
    LineStarts starts = lines.changed(changed, change.start(), change.end(), change.length());
    return new TextDocument(uri, languageId, newVersion, encoding, changed, starts);
  }

  /**
   * The place of a position, in UTF-16 code units. A character beyond the line's end means that
   * end, a line beyond the last the end of the text.
   */
  public int offset(Position position) {
    int line = position.getLine();
    if (line < 0) {
      return 0;
    }
    if (line >= lines.count()) {
      return text.length();
    }
    return encoding.advance(
        text, lines.start(line), lineEnd(line), Math.max(0, position.getCharacter()));
  }

  /** The position of a place. */
  public Position position(int offset) {
    int place = Math.clamp(offset, 0, text.length());
    int line = lines.line(place);
    return new Position(line, encoding.units(text, lines.start(line), place));
  }

  public Range range(Span span) {
    return new Range(position(span.start()), position(span.end()));
  }

  public Span span(Range range) {
    int start = offset(range.getStart());
    return new Span(start, Math.max(start, offset(range.getEnd())));
  }

  /** How many lines there are; the last may be empty. */
  public int lineCount() {
    return lines.count();
  }

  /** The line of a place, from 0. */
  public int line(int offset) {
    return lines.line(Math.clamp(offset, 0, text.length()));
  }

  /** A line, from 0, from its first character that is no white space to its end. */
  public Span lineContent(int line) {
    int number = Math.clamp(line, 0, lines.count() - 1);
    int start = lines.start(number);
    int end = lineEnd(number);
    while (start < end && Character.isWhitespace(text.charAt(start))) {
      start++;
    }
    return new Span(start, end);
  }

  /** Where a line ends, without its line break. */
  private int lineEnd(int line) {
    int end = line + 1 < lines.count() ? lines.start(line + 1) : text.length();
    int start = lines.start(line);
    while (end > start && line + 1 < lines.count() && isLineBreak(text.charAt(end - 1))) {
      end--;
    }
    return end;
  }

  private static boolean isLineBreak(char c) {
    return c == '\n' || c == '\r';
  }
}
