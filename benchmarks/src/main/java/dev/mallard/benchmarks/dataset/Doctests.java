package dev.mallard.benchmarks.dataset;

import java.util.ArrayList;
import java.util.List;

/** The examples in a docstring, written as Python's doctest reads them. */
final class Doctests {
  private static final String PROMPT = ">>> ";

  private Doctests() {}

  /**
   * Assertions of those examples that call a function: {@code >>> f(1)} and {@code 2} on the next
   * line, {@code >>> f(1) == 2}, or a call alone, which gives None. What is none of these is left
   * out.
   */
  static List<String> asserts(String docstring, String function) {
    List<String> asserts = new ArrayList<>();
    List<String> lines = docstring.lines().map(String::strip).toList();
    for (int i = 0; i < lines.size(); i++) {
      if (lines.get(i).startsWith(PROMPT)) {
        String expression = PythonSource.withoutComment(lines.get(i).substring(PROMPT.length()));
        String example = assertion(expression, value(lines, i + 1), function);
        if (expression.contains(function + "(") && !example.isEmpty()) {
          asserts.add(example);
        }
      }
    }
    return asserts;
  }

  private static String assertion(String expression, String value, String function) {
    boolean compares = expression.contains("==");
    if (!value.isEmpty()) {
      return "assert %s == %s".formatted(compares ? "(" + expression + ")" : expression, value);
    }
    if (compares) {
      return "assert " + expression;
    }
    return isCall(expression, function) ? "assert " + expression + " is None" : "";
  }

  private static boolean isCall(String expression, String function) {
    return expression.startsWith(function + "(")
        && expression.endsWith(")")
        && PythonSource.openBrackets(expression.substring(0, expression.length() - 1)) == 1
        && !expression.contains(") ");
  }

  /** What an example gives, which may go on until its brackets are closed; empty if nothing. */
  private static String value(List<String> lines, int first) {
    StringBuilder value = new StringBuilder();
    for (int i = first; i < lines.size(); i++) {
      String line = lines.get(i);
      if (line.isEmpty() || line.startsWith(PROMPT.strip())) {
        break;
      }
      value.append(value.isEmpty() ? "" : " ").append(line);
      if (PythonSource.openBrackets(value.toString()) <= 0) {
        break;
      }
    }
    return value.toString();
  }
}
