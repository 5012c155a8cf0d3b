package dev.mallard.generator.sql;

import dev.mallard.sandbox.Verdict;
import java.util.List;

/** Tells a model why its query failed. */
final class FailureText {
  private static final int LONGEST = 300;

  private FailureText() {}

  static String of(Verdict verdict, String query) {
    return switch (verdict) {
      case Verdict.Crashed crashed ->
          "The query fails: %s%s."
              .formatted(
                  cut(crashed.message()), crashed.line().map(line -> in(line, query)).orElse(""));
      case Verdict.Malformed malformed ->
          "The query is not valid in SQLite: %s%s."
              .formatted(cut(malformed.message()), in(malformed.line(), query));
      case Verdict.TimedOut timedOut ->
          "The query did not end within %d seconds.".formatted(timedOut.limit().toSeconds());
      case Verdict.OutOfMemory outOfMemory ->
          "The query used more than %d MiB of memory.".formatted(outOfMemory.limitMebibytes());
      case Verdict.Failed failed -> "The query gives other rows.";
      case Verdict.Passed passed -> "The query runs.";
    };
  }

  private static String in(int line, String query) {
    List<String> lines = query.lines().toList();
    return line >= 1 && line <= lines.size()
        ? ", in line %d (`%s`)".formatted(line, cut(lines.get(line - 1)))
        : "";
  }

  private static String cut(String text) {
    String stripped = text.strip();
    return stripped.length() <= LONGEST ? stripped : stripped.substring(0, LONGEST) + "...";
  }
}
