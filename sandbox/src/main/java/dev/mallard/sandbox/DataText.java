package dev.mallard.sandbox;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Writes {@link DataValue}s as JSON (RFC 8259), in ASCII. */
final class DataText {
  private DataText() {}

  static String quote(String text) {
    StringBuilder quoted = new StringBuilder(text.length() + 2).append('"');
    for (int index = 0; index < text.length(); index++) {
      char character = text.charAt(index);
      switch (character) {
        case '"' -> quoted.append("\\\"");
        case '\\' -> quoted.append("\\\\");
        case '\n' -> quoted.append("\\n");
        case '\t' -> quoted.append("\\t");
        case '\r' -> quoted.append("\\r");
        default -> {
          if (character < ' ' || character > '~') {
            quoted.append("\\u%04x".formatted((int) character));
          } else {
            quoted.append(character);
          }
        }
      }
    }
    return quoted.append('"').toString();
  }

  static String sequence(List<DataValue> elements) {
    return elements.stream().map(Object::toString).collect(Collectors.joining(", ", "[", "]"));
  }

  static String mapping(Map<String, DataValue> entries) {
    return new TreeMap<>(entries)
        .entrySet().stream()
            .map(entry -> quote(entry.getKey()) + ": " + entry.getValue())
            .collect(Collectors.joining(", ", "{", "}"));
  }
}
