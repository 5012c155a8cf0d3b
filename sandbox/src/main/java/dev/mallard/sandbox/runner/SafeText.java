package dev.mallard.sandbox.runner;

import dev.mallard.sandbox.DataValue;
import dev.mallard.sandbox.runner.probe.Probe;
import java.lang.reflect.Array;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Shows values while a program is traced, without running any code of the program's: its own
 * objects are shown by their fields.
 */
final class SafeText {
  private static final int LONGEST = 200;
  private static final int DEEPEST = 3;

  private final StringBuilder text = new StringBuilder();

  private SafeText() {}

  static String of(@Nullable Object value) {
    SafeText shown = new SafeText();
    try {
      shown.append(value, 0);
    } catch (RuntimeException | StackOverflowError e) {
      shown.text.append(" ..."); // A collection that is being changed, or one of the program's own.
    }
    StringBuilder text = shown.text;
    return text.length() <= LONGEST ? text.toString() : text.substring(0, LONGEST) + " ...";
  }

  private boolean isFull() {
    return text.length() > LONGEST;
  }

  @SuppressWarnings("ReferenceEquality") // There is one object that stands for no value.
  private void append(@Nullable Object value, int depth) {
    if (isFull()) {
      return;
    }
    if (value == Probe.VOID) {
      text.append("void");
      return;
    }
    if (depth > DEEPEST) {
      text.append("...");
      return;
    }
    switch (value) {
      case null -> text.append("null");
      case String string ->
          text.append(
              new DataValue.Text(
                  string.length() <= LONGEST ? string : string.substring(0, LONGEST) + "..."));
      case Character character -> text.append('\'').append(character.charValue()).append('\'');
      case Enum<?> constant -> text.append(constant.name());
      default -> {
        if (value.getClass().isArray()) {
          appendArray(value, depth);
        } else if (value.getClass().getModule() == Object.class.getModule()) {
          appendPlatform(value, depth);
        } else {
          appendFields(value, depth);
        }
      }
    }
  }

  private void appendPlatform(Object value, int depth) {
    switch (value) {
      case Optional<?> optional -> {
        text.append("Optional[");
        append(optional.orElse(null), depth + 1);
        text.append(']');
      }
      case Collection<?> collection -> {
        text.append('[');
        String separator = "";
        for (Object element : collection) {
          text.append(separator);
          append(element, depth + 1);
          separator = ", ";
          if (isFull()) {
            break;
          }
        }
        text.append(']');
      }
      case Map<?, ?> map -> {
        text.append('{');
        String separator = "";
        for (Map.Entry<?, ?> entry : map.entrySet()) {
          text.append(separator);
          append(entry.getKey(), depth + 1);
          text.append('=');
          append(entry.getValue(), depth + 1);
          separator = ", ";
          if (isFull()) {
            break;
          }
        }
        text.append('}');
      }
      case Map.Entry<?, ?> entry -> {
        append(entry.getKey(), depth + 1);
        text.append('=');
        append(entry.getValue(), depth + 1);
      }
      // Their toString runs no code but the JDK's, and ends soon.
      case Number number -> text.append(number);
      case Boolean bool -> text.append(bool);
      case CharSequence sequence -> {
        int length = Math.min(sequence.length(), LONGEST);
        text.append(new DataValue.Text(sequence.subSequence(0, length).toString()));
      }
      default -> text.append(Problems.typeName(value.getClass()));
    }
  }

  private void appendArray(Object array, int depth) {
    text.append('[');
    int length = Array.getLength(array);
    for (int index = 0; index < length && !isFull(); index++) {
      text.append(index == 0 ? "" : ", ");
      append(Array.get(array, index), depth + 1);
    }
    text.append(']');
  }

  private void appendFields(Object value, int depth) {
    Class<?> type = value.getClass();
    if (type.isHidden() || type.isSynthetic()) {
      text.append("lambda expression");
      return;
    }
    text.append(Problems.typeName(type)).append('{');
    String separator = "";
    for (Field field : type.getDeclaredFields()) {
      if (!Modifier.isStatic(field.getModifiers()) && !field.isSynthetic() && !isFull()) {
        text.append(separator).append(field.getName()).append('=');
        try {
          field.setAccessible(true);
          append(field.get(value), depth + 1);
        } catch (ReflectiveOperationException e) {
          text.append('?');
        }
        separator = ", ";
      }
    }
    text.append('}');
  }
}
