package dev.mallard.sandbox.polyglot;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds in the text of a JavaScript function the names that may be its parameters: every name
 * between its parentheses. Those that are none are told apart by not being variables.
 *
 * @param names the names, in order
 * @param end the index in the text at which the parameters end
 */
record ParameterNames(List<String> names, int end) {
  private static final Pattern NAME = Pattern.compile("[\\p{L}_$][\\p{L}\\p{N}_$]*");
  private static final Pattern LONE = Pattern.compile("^\\s*(?:async\\s+)?([\\p{L}_$][\\w$]*)\\s*=>");
  private static final Pattern CONSTRUCTOR = Pattern.compile("\\bconstructor\\s*\\(");

  static ParameterNames in(String function) {
    Matcher lone = LONE.matcher(function);
    if (lone.find()) {
      return new ParameterNames(List.of(lone.group(1)), lone.end());
    }
    int open = function.indexOf('(');
    if (function.startsWith("class")) {
      Matcher constructor = CONSTRUCTOR.matcher(function);
      open = constructor.find() ? constructor.end() - 1 : -1;
    }
    if (open < 0) {
      return new ParameterNames(List.of(), 0);
    }
    Set<String> names = new LinkedHashSet<>();
    int end = closing(function, open);
    Matcher name = NAME.matcher(function).region(open, end);
    while (name.find()) {
      names.add(name.group());
    }
    return new ParameterNames(new ArrayList<>(names), end);
  }

  private static int closing(String text, int open) {
    int depth = 0;
    for (int index = open; index < text.length(); index++) {
      switch (text.charAt(index)) {
        case '(', '[', '{' -> depth++;
        case ')', ']', '}' -> depth--;
        default -> {}
      }
      if (depth == 0) {
        return index;
      }
    }
    return text.length();
  }
}
