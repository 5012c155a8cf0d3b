package dev.mallard.lsp.source;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Replacements in a text, which are made at once. */
final class TextEdits {
  private record Edit(Span span, String replacement) {}

  private final List<Edit> edits = new ArrayList<>();

  /** Replaces a part; what lies in a replaced part and was asked for otherwise is not done. */
  void replace(Span span, String replacement) {
    edits.add(new Edit(span, replacement));
  }

  /** Inserts text at a place, after what was inserted there before. */
  void insert(int place, String insertion) {
    edits.add(new Edit(new Span(place, place), insertion));
  }

  /** A part of the text with all that is replaced in it. */
  String apply(String text, Span part) {
    edits.sort(
        Comparator.comparingInt((Edit edit) -> edit.span().start())
            .thenComparing(edit -> edit.span().start() < edit.span().end())
            .thenComparingInt(edit -> -edit.span().end()));
    StringBuilder result = new StringBuilder();
    int copied = part.start();
    for (Edit edit : edits) {
      if (edit.span().start() < copied || edit.span().end() > part.end()) {
        continue;
      }
      result.append(text, copied, edit.span().start()).append(edit.replacement());
      copied = edit.span().end();
    }
    return result.append(text, copied, part.end()).toString();
  }
}
