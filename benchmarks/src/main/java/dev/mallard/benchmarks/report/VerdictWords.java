package dev.mallard.benchmarks.report;

import dev.mallard.sandbox.Verdict;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/** A verdict in sentences. */
final class VerdictWords {
  /** Longest value or message that is quoted, in characters. */
  private static final int LONGEST = 500;

  private VerdictWords() {}

  static String of(Verdict verdict) {
    return switch (verdict) {
      case Verdict.Passed passed when passed.tests() == 0 -> "The program ran to its end.";
      case Verdict.Passed passed when passed.tests() == 1 -> "Its one test holds.";
      case Verdict.Passed passed -> "All %d tests hold.".formatted(passed.tests());
      case Verdict.Failed failed -> failed(failed);
      case Verdict.Crashed crashed ->
          "%s%s%s%s."
              .formatted(
                  subject(crashed.test(), "%s raised ", "The program raised "),
                  quote(crashed.type()),
                  crashed.message().isBlank() ? "" : ": " + quote(crashed.message()),
                  crashed.line().map(line -> ", in line " + line).orElse(""));
      case Verdict.TimedOut timedOut ->
          "%swithin %s seconds."
              .formatted(
                  subject(timedOut.test(), "%s did not end ", "The program did not end "),
                  seconds(timedOut.limit()));
      case Verdict.OutOfMemory outOfMemory ->
          "%smore than %d MiB of memory."
              .formatted(
                  subject(outOfMemory.test(), "%s used ", "The program used "),
                  outOfMemory.limitMebibytes());
      case Verdict.Malformed malformed ->
          "The program does not parse: %s (line %d, column %d)."
              .formatted(quote(malformed.message()), malformed.line(), malformed.column());
    };
  }

  private static String failed(Verdict.Failed failed) {
    StringBuilder words = new StringBuilder();
    words.append(
        "Test %d does not hold: %s"
            .formatted(failed.test().number(), quote(failed.test().source())));
    failed
        .comparison()
        .ifPresent(sides ->
            words.append(
                "\n%s gave %s, and must give %s."
                    .formatted(
                        quote(sides.expression()),
                        quote(sides.actual()),
                        quote(sides.expected()))));
    failed
        .message()
        .ifPresent(message -> words.append("\nThe test says: %s".formatted(quote(message))));
    return words.toString();
  }

  private static String subject(Optional<Verdict.Test> test, String ofTest, String ofProgram) {
    return test.map(t -> ofTest.formatted("Test %d, %s,".formatted(t.number(), quote(t.source()))))
        .orElse(ofProgram);
  }

  private static String seconds(Duration time) {
    double seconds = time.toMillis() / 1000.0;
    return seconds == Math.rint(seconds)
        ? String.valueOf((long) seconds)
        : String.format(Locale.ROOT, "%.1f", seconds);
  }

  private static String quote(String text) {
    String line = text.strip().replaceAll("\\s*\\R\\s*", " ");
    return line.length() <= LONGEST ? line : line.substring(0, LONGEST) + "…";
  }
}
