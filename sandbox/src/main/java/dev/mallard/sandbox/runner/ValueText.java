package dev.mallard.sandbox.runner;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Shows values as Java prints them, cut to a readable length, whatever their classes do. */
final class ValueText {
  /** The longest text of a value, in characters. */
  static final int LONGEST = 1000;

  private ValueText() {}

  /** The text of a value; of an array, that of its elements. */
  static String of(@Nullable Object value) {
    try {
      if (value != null && value.getClass().isArray()) {
        String text = Arrays.deepToString(new Object[] {value});
        return cut(text.substring(1, text.length() - 1));
      }
      return cut(String.valueOf(value));
    } catch (Throwable e) { // The program's own toString, which may do anything.
      return value == null ? "null" : value.getClass().getName();
    }
  }

  static String cut(@Nullable String text) {
    if (text == null) {
      return "null";
    }
    return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + " ...";
  }
}
