package dev.mallard.grammars.digest;

import dev.mallard.grammars.parse.Grammar;
import dev.mallard.grammars.parse.Prefix;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/** A text as far as it can be the beginning of one of the language. */
final class Reading {
  /** A character that nothing but a quoted text or a comment contains. */
  private static final String STRANGE = "\u007f";

  /** How much deeper a line is tried. */
  private static final int MOST_COLUMNS_DEEPER = 8;

  private final byte[] text;

  /** One before each byte, and that after the last. */
  private final List<Prefix> prefixes = new ArrayList<>();

  Reading(Grammar grammar, String program) {
    text = program.getBytes(StandardCharsets.UTF_8);
    Prefix prefix = grammar.start();
    for (int i = 0; prefix.isViable(); i++) {
      prefixes.add(prefix);
      if (i == text.length) {
        break;
      }
      prefix = prefix.feed(text[i]);
    }
  }

  /** Whether the text belongs to the language. */
  boolean isWhole() {
    return isRead() && prefixes.getLast().isComplete();
  }

  /** Whether the language has texts that begin with all of it. */
  private boolean isRead() {
    return prefixes.size() == text.length + 1;
  }

  /** Where the first terminal begins that does not fit, in bytes. */
  int offset() {
    int end = prefixes.size() - 1;
    if (isRead()) {
      return end;
    }
    boolean inWord = end > 0 && isWord(text[end - 1]);
    int wordStart = end;
    while (wordStart > 0 && isWord(text[wordStart - 1])) {
      wordStart--;
    }
    boolean ended = feed(end, " ").isViable();
    if (inWord && (!ended || isWord(text[end])) && !Character.isDigit(text[wordStart])) {
      return wordStart;
    }
    int start = end;
    while (start > 0 && !feed(start, " ").isViable()) {
      start--;
    }
    return start;
  }

  private static boolean isWord(byte value) {
    return value == '_' || value < 0 || Character.isLetterOrDigit(value);
  }

  private Prefix feed(int offset, String more) {
    byte[] bytes = more.getBytes(StandardCharsets.UTF_8);
    return prefixes.get(offset).feed(bytes, 0, bytes.length);
  }

  /** What is known after the terminals before a place. */
  Prefix at(int offset) {
    Prefix after = feed(offset, " ");
    return after.isViable() ? after : prefixes.get(offset);
  }

  /** Whether something could stand at a place. */
  boolean mayStand(int offset, String something) {
    return feed(offset, something).isViable() && feed(offset, something + " ").isViable();
  }

  /** Where a quoted text or a comment begins that does not end where it must, in bytes. */
  OptionalInt openText() {
    int end = prefixes.size() - 1;
    boolean endsWithLine = feed(end, "\n").isViable() && !feed(end, "\n" + STRANGE).isViable();
    if (!feed(end, STRANGE).isViable() || endsWithLine) {
      return OptionalInt.empty();
    }
    int start = end;
    while (start > 0 && feed(start, STRANGE).isViable()) {
      start--;
    }
    while (start > 0 && text[start - 1] == text[start]) {
      start--;
    }
    return OptionalInt.of(start);
  }

  /** Whether nothing but blanks stands before a place in its line. */
  boolean isAtLineStart(int offset) {
    return new String(text, lineStart(offset), offset - lineStart(offset), StandardCharsets.UTF_8)
        .isBlank();
  }

  /** The columns, from 0, at which the line of a place could begin with a text. */
  List<Integer> columns(int offset, String first) {
    List<Integer> columns = new ArrayList<>();
    int start = lineStart(offset);
    for (int column = 0; column <= offset - start + MOST_COLUMNS_DEEPER; column++) {
      if (mayStand(start, " ".repeat(column) + first)) {
        columns.add(column);
      }
    }
    return columns;
  }

  private int lineStart(int offset) {
    int start = offset;
    while (start > 0 && text[start - 1] != '\n') {
      start--;
    }
    return start;
  }

  /** The text before a place. */
  String before(int offset) {
    return new String(text, 0, offset, StandardCharsets.UTF_8);
  }

  /** The text from a place on. */
  String from(int offset) {
    return new String(text, offset, text.length - offset, StandardCharsets.UTF_8);
  }
}
