package dev.mallard.generator.loop;

import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds the call that an assertion in Python is about. */
final class TestCall {
  private static final Pattern CALL = Pattern.compile("(?<![\\w.])(?<name>[A-Za-z_]\\w*)\\(");

  /** Functions that tests put around what they test. */
  private static final Set<String> WRAPPERS =
      Set.of(
          "abs",
          "all",
          "any",
          "bool",
          "dict",
          "float",
          "int",
          "isinstance",
          "len",
          "list",
          "max",
          "min",
          "not",
          "round",
          "set",
          "sorted",
          "str",
          "sum",
          "tuple",
          "type");

  private TestCall() {}

  /** The first call of a function that is not built in, with its arguments. */
  static Optional<String> of(String line) {
    String assertion = line.strip();
    if (!assertion.startsWith("assert ") && !assertion.startsWith("assert(")) {
      return Optional.empty();
    }
    Matcher calls = CALL.matcher(assertion);
    calls.region("assert".length(), assertion.length());
    while (calls.find()) {
      if (!WRAPPERS.contains(calls.group("name"))) {
        int end = end(assertion, calls.end());
        return end < 0 ? Optional.empty() : Optional.of(assertion.substring(calls.start(), end));
      }
    }
    return Optional.empty();
  }

  /** The place after the bracket that closes the one before a place; -1 if there is none. */
  private static int end(String text, int from) {
    int depth = 1;
    char quote = 0;
    for (int i = from; i < text.length(); i++) {
      char c = text.charAt(i);
      if (quote != 0) {
        if (c == '\\') {
          i++;
        } else if (c == quote) {
          quote = 0;
        }
      } else if (c == '"' || c == '\'') {
        quote = c;
      } else if (c == '(' || c == '[' || c == '{') {
        depth++;
      } else if (c == ')' || c == ']' || c == '}') {
        depth--;
        if (depth == 0) {
          return i + 1;
        }
      }
    }
    return -1;
  }
}
