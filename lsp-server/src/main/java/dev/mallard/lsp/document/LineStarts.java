package dev.mallard.lsp.document;

import java.util.Arrays;

/** Where the lines of a text begin. Lines end with {@code \n}, {@code \r\n} or {@code \r}. */
final class LineStarts {
  /** In UTF-16 code units; the first is 0. */
  private final int[] starts;

  private LineStarts(int[] starts) {
    this.starts = starts;
  }

  static LineStarts of(String text) {
    return new LineStarts(find(text, 0, text.length(), new int[] {0}));
  }

  int count() {
    return starts.length;
  }

  int start(int line) {
    return starts[line];
  }

  /** The line that a place is in, from 0. */
  int line(int place) {
    int found = Arrays.binarySearch(starts, place);
    return found >= 0 ? found : -found - 2;
  }

  /**
   * The lines of the text after a change of it.
   *
   * @param after the text after it
   * @param start where it was changed
   * @param end the end, in the text before, of what was replaced
   * @param length of what is there instead
   */
  LineStarts changed(String after, int start, int end, int length) {
    // Whether a line begins somewhere depends on the characters on both sides of the place.
    int first = line(Math.max(0, start - 1));
    int rest = line(end) + 1;
    int shift = length - (end - start);
    int[] head = find(after, starts[first], end + shift, Arrays.copyOf(starts, first + 1));
    int[] all = Arrays.copyOf(head, head.length + starts.length - rest);
    for (int i = rest; i < starts.length; i++) {
      all[head.length + i - rest] = starts[i] + shift;
    }
    return new LineStarts(all);
  }

  /** Adds the starts of lines that are behind line breaks in a part of the text. */
  private static int[] find(String text, int from, int to, int[] known) {
    int[] starts = known;
    int count = known.length;
    for (int i = from; i < to; i++) {
      char c = text.charAt(i);
      if (c == '\n' || (c == '\r' && (i + 1 == text.length() || text.charAt(i + 1) != '\n'))) {
        if (count == starts.length) {
          starts = Arrays.copyOf(starts, 2 * count + 16);
        }
        starts[count++] = i + 1;
      }
    }
    return Arrays.copyOf(starts, count);
  }
}
