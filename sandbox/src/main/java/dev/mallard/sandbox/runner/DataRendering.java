package dev.mallard.sandbox.runner;

import dev.mallard.sandbox.DataValue;
import java.lang.reflect.Array;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Shows a value that a method returned in the way of {@link DataValue}s, as JSON where it can. */
final class DataRendering {
  private static final int DEEPEST = 8;

  private DataRendering() {}

  static String of(@Nullable Object value) {
    StringBuilder text = new StringBuilder();
    try {
      append(value, text, 0);
    } catch (Throwable e) { // The program's own collection, which may do anything.
      text.append(" ...");
    }
    return text.toString();
  }

  private static void append(@Nullable Object value, StringBuilder text, int depth) {
    if (text.length() > ValueText.LONGEST || depth > DEEPEST) {
      text.append("...");
      return;
    }
    switch (value) {
      case String string -> text.append(new DataValue.Text(ValueText.cut(string)));
      case Character character -> text.append(new DataValue.Text(character.toString()));
      case Optional<?> optional -> append(optional.orElse(null), text, depth);
      case Map<?, ?> map -> {
        text.append('{');
        String separator = "";
        for (Map.Entry<?, ?> entry : map.entrySet()) {
          text.append(separator);
          append(entry.getKey(), text, depth + 1);
          text.append(": ");
          append(entry.getValue(), text, depth + 1);
          separator = ", ";
          if (text.length() > ValueText.LONGEST) {
            break;
          }
        }
        text.append('}');
      }
      case Iterable<?> iterable -> {
        text.append('[');
        String separator = "";
        for (Object element : iterable) {
          text.append(separator);
          append(element, text, depth + 1);
          separator = ", ";
          if (text.length() > ValueText.LONGEST) {
            break;
          }
        }
        text.append(']');
      }
      case null -> text.append("null");
      default -> {
        if (value.getClass().isArray()) {
          appendArray(value, text, depth);
        } else {
          text.append(ValueText.of(value));
        }
      }
    }
  }

  private static void appendArray(Object array, StringBuilder text, int depth) {
    text.append('[');
    int length = Array.getLength(array);
    for (int index = 0; index < length && text.length() <= ValueText.LONGEST; index++) {
      text.append(index == 0 ? "" : ", ");
      append(Array.get(array, index), text, depth + 1);
    }
    text.append(']');
  }
}
