package dev.mallard.generator.transcript;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** What values of enumerations are called in JSON: their names in small letters. */
final class Labels {
  private Labels() {}

  static String of(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }

  /** All of them, as a list for people. */
  static String all(Enum<?>[] values) {
    return Arrays.stream(values).map(Labels::of).collect(Collectors.joining(", "));
  }
}
