package dev.mallard.cli;

import dev.mallard.sandbox.Verdict;
import java.util.Optional;

/** A verdict in one line, for people. */
final class VerdictText {
  private static final int LONGEST = 400;

  private VerdictText() {}

  static String of(Verdict verdict) {
    String text =
        switch (verdict) {
          case Verdict.Passed passed when passed.tests() == 0 ->
              "passed: the program ran to its end";
          case Verdict.Passed passed when passed.tests() == 1 -> "passed: its test holds";
          case Verdict.Passed passed -> "passed: all %d tests hold".formatted(passed.tests());
          case Verdict.Failed failed -> failed(failed);
          case Verdict.Crashed crashed ->
              "crashed%s: %s%s%s"
                  .formatted(
                      during(crashed.test()),
                      crashed.type(),
                      crashed.message().isBlank() ? "" : ": " + crashed.message(),
                      crashed.line().map(line -> " (line " + line + ")").orElse(""));
          case Verdict.TimedOut timedOut ->
              "timed out after %s s%s"
                  .formatted(Numbers.seconds(timedOut.limit()), during(timedOut.test()));
          case Verdict.OutOfMemory outOfMemory ->
              "out of memory (%d MiB)%s"
                  .formatted(outOfMemory.limitMebibytes(), during(outOfMemory.test()));
          case Verdict.Malformed malformed ->
              "does not parse: %s (line %d, column %d)"
                  .formatted(malformed.message(), malformed.line(), malformed.column());
        };
    String line = text.replaceAll("\\s*\\R\\s*", " ");
    return line.length() <= LONGEST ? line : line.substring(0, LONGEST) + "...";
  }

  private static String failed(Verdict.Failed failed) {
    String sides =
        failed
            .comparison()
            .map(c -> ": %s is %s, not %s".formatted(c.expression(), c.actual(), c.expected()))
            .orElse(": " + failed.test().source().strip());
    return "failed at test %d%s%s"
        .formatted(
            failed.test().number(), sides, failed.message().map(m -> " (" + m + ")").orElse(""));
  }

  private static String during(Optional<Verdict.Test> test) {
    return test.map(t -> " in test %d, %s".formatted(t.number(), t.source().strip())).orElse("");
  }
}
