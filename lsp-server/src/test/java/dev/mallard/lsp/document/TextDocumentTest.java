package dev.mallard.lsp.document;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mallard.lsp.source.Span;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.eclipse.lsp4j.Position;
import org.eclipse.lsp4j.Range;
import org.eclipse.lsp4j.TextDocumentContentChangeEvent;
import org.junit.jupiter.api.Test;

class TextDocumentTest {
  private static TextDocument document(PositionEncoding encoding, String text) {
    return TextDocument.of("file:///a.py", "python", 1, encoding, text);
  }

  @Test
  void aPositionCountsInTheClientsEncoding() {
    // The specification's own example.
    String text = "a𐐀b";
    assertThat(document(PositionEncoding.UTF_8, text).offset(new Position(0, 5))).isEqualTo(3);
    assertThat(document(PositionEncoding.UTF_16, text).offset(new Position(0, 3))).isEqualTo(3);
    assertThat(document(PositionEncoding.UTF_32, text).offset(new Position(0, 2))).isEqualTo(3);
  }

  @Test
  void aCharacterBeyondTheLineMeansItsEnd() {
    TextDocument document = document(PositionEncoding.UTF_16, "ab\r\ncd\re\n");
    assertThat(document.offset(new Position(0, 99))).isEqualTo(2);
    assertThat(document.offset(new Position(1, Integer.MAX_VALUE))).isEqualTo(6);
    assertThat(document.offset(new Position(99, 0))).isEqualTo(9);
    assertThat(document.lineCount()).isEqualTo(4);
  }

  @Test
  void aChangeWithoutRangeIsAllOfTheText() {
    TextDocument.Changed changed =
        document(PositionEncoding.UTF_16, "a\nb")
            .changed(7, List.of(new TextDocumentContentChangeEvent("c\nd\ne")));
    assertThat(changed.document().text()).isEqualTo("c\nd\ne");
    assertThat(changed.document().version()).isEqualTo(7);
    assertThat(changed.document().position(4)).isEqualTo(new Position(2, 0));
  }

  @Test
  void eachChangeRefersToWhatThoseBeforeItLeave() {
    TextDocument.Changed changed =
        document(PositionEncoding.UTF_16, "one two")
            .changed(2, List.of(change(0, 0, 0, 3, "1\n"), change(1, 1, 1, 4, "2")));
    assertThat(changed.document().text()).isEqualTo("1\n 2");
  }

  @Test
  void whatIsBehindAChangeMovesAndWhatItTouchesIsGone() {
    Change change = new Change(5, 7, 1);
    assertThat(change.moved(new Span(0, 4))).contains(new Span(0, 4));
    assertThat(change.moved(new Span(8, 9))).contains(new Span(7, 8));
    assertThat(change.moved(new Span(6, 9))).isEmpty();
    assertThat(change.moved(new Span(4, 5))).isEmpty();
  }

  private static TextDocumentContentChangeEvent change(
      int startLine, int start, int endLine, int end, String text) {
    return new TextDocumentContentChangeEvent(
        new Range(new Position(startLine, start), new Position(endLine, end)), text);
  }

  /** Where an edit is, as parts of a thousand of the text, and what it puts there. */
  record Edit(int from, int to, String text) {}

  @Provide
  Arbitrary<String> texts() {
    return Arbitraries.of(
            "a", "b ", "é", "e\u0301", "𝄞", "👩‍👩‍👧", "\n", "\r\n", "\r", "\t", "日")
        .list()
        .ofMaxSize(30)
        .map(parts -> String.join("", parts));
  }

  @Provide
  Arbitrary<List<Edit>> edits() {
    Arbitrary<Integer> place = Arbitraries.integers().between(0, 1000);
    return Combinators.combine(place, place, texts())
        .as((one, other, text) -> new Edit(Math.min(one, other), Math.max(one, other), text))
        .list()
        .ofMaxSize(12);
  }

  /** The reference encodes each line and counts what the encoding counts. */
  @Property(tries = 2000)
  void aDocumentAfterEditsIsTheDocumentOfTheEditedText(
      @ForAll("texts") String start,
      @ForAll("edits") List<Edit> edits,
      @ForAll PositionEncoding encoding) {
    TextDocument document = document(encoding, start);
    String expected = start;
    for (Edit edit : edits) {
      int from = whole(expected, edit.from() * expected.length() / 1000);
      int to = Math.max(from, whole(expected, edit.to() * expected.length() / 1000));
      Range range = new Range(position(encoding, expected, from), position(encoding, expected, to));
      expected = expected.substring(0, from) + edit.text() + expected.substring(to);
      document =
          document
              .changed(
                  document.version() + 1,
                  List.of(new TextDocumentContentChangeEvent(range, edit.text())))
              .document();
      assertThat(document.text()).isEqualTo(expected);
      for (int place = 0; place <= expected.length(); place++) {
        if (whole(expected, place) == place) {
          Position position = position(encoding, expected, place);
          assertThat(document.position(place)).isEqualTo(position);
          assertThat(document.offset(position)).isEqualTo(place);
        }
      }
    }
  }

  /** A place at which a document may be parted: not within a character or a line break. */
  private static int whole(String text, int place) {
    if (place > 0
        && place < text.length()
        && (Character.isSurrogatePair(text.charAt(place - 1), text.charAt(place))
            || text.startsWith("\r\n", place - 1))) {
      return place - 1;
    }
    return place;
  }

  private static Position position(PositionEncoding encoding, String text, int place) {
    List<String> lines = new ArrayList<>(List.of(""));
    for (int i = 0; i < place; i++) {
      char c = text.charAt(i);
      if (c == '\n' || (c == '\r' && !text.startsWith("\n", i + 1))) {
        lines.add("");
      } else {
        lines.set(lines.size() - 1, lines.getLast() + c);
      }
    }
    String line = lines.getLast();
    int units =
        switch (encoding) {
          case UTF_8 -> bytes(line, StandardCharsets.UTF_8);
          case UTF_16 -> bytes(line, StandardCharsets.UTF_16LE) / 2;
          case UTF_32 -> bytes(line, Charset.forName("UTF-32LE")) / 4;
        };
    return new Position(lines.size() - 1, units);
  }

  private static int bytes(String text, Charset charset) {
    return text.getBytes(charset).length;
  }
}
