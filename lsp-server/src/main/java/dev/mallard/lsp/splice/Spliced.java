package dev.mallard.lsp.splice;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A file with a program of the model's in it.
 *
 * @param text the file whole
 * @param replacements what was replaced to get there, in the order of their places
 * @param lines by line of {@code text}, from 1: the line of the model's program that it came from
 */
public record Spliced(String text, List<Replacement> replacements, Map<Integer, Integer> lines) {
  public Spliced {
    replacements = List.copyOf(replacements);
    lines = Map.copyOf(lines);
  }

  /**
   * A part of the model's program and where it goes.
   *
   * @param replacement what goes there
   * @param firstLine line of the model's program that the first line of it came from, from 1; empty
   *     if it came from none
   */
  record Piece(Replacement replacement, Optional<Integer> firstLine) {}

  static Spliced of(String file, List<Piece> pieces) {
    List<Piece> ordered = new ArrayList<>(pieces);
    ordered.sort(Comparator.comparingInt(piece -> piece.replacement().span().start()));
    StringBuilder text = new StringBuilder();
    Map<Integer, Integer> lines = new TreeMap<>();
    int place = 0;
    int line = 1;
    for (Piece piece : ordered) {
      String before = file.substring(place, piece.replacement().span().start());
      text.append(before);
      line += breaks(before);
      String inserted = piece.replacement().text();
      if (piece.firstLine().isPresent()) {
        int lead = breaks(inserted.substring(0, leading(inserted)));
        int count = breaks(inserted.stripTrailing());
        for (int i = lead; i <= count; i++) {
          lines.put(line + i, piece.firstLine().get() + i - lead);
        }
      }
      text.append(inserted);
      line += breaks(inserted);
      place = piece.replacement().span().end();
    }
    text.append(file, place, file.length());
    return new Spliced(text.toString(), ordered.stream().map(Piece::replacement).toList(), lines);
  }

  /** White space at the beginning. */
  private static int leading(String text) {
    int place = 0;
    while (place < text.length() && Character.isWhitespace(text.charAt(place))) {
      place++;
    }
    return place;
  }

  private static int breaks(String text) {
    return (int) text.chars().filter(c -> c == '\n').count();
  }
}
