package dev.mallard.lsp.work;

import dev.mallard.generator.prompt.VisibleText;
import dev.mallard.sandbox.Verdict;

/** Verdicts in one line, for people. */
final class Verdicts {
  private static final int LONGEST = 500;

  private Verdicts() {}

  /** Why a test, or a program, did not pass. */
  static String reason(Verdict verdict) {
    String text =
        switch (verdict) {
          case Verdict.Passed passed -> "passed";
          case Verdict.Failed failed ->
              failed
                      .comparison()
                      .map(sides ->
                          "%s is %s, and should be %s"
                              .formatted(sides.expression(), sides.actual(), sides.expected()))
                      .orElseGet(() -> "does not hold: " + failed.test().source().strip())
                  + failed.message().map(message -> " (" + message + ")").orElse("");
          case Verdict.Crashed crashed ->
              crashed.type()
                  + (crashed.message().isBlank() ? "" : ": " + crashed.message())
                  + crashed.line().map(line -> " (line " + line + ")").orElse("");
          case Verdict.TimedOut timedOut ->
              "not done after %d s".formatted(timedOut.limit().toSeconds());
          case Verdict.OutOfMemory outOfMemory ->
              "needs more than %d MiB of memory".formatted(outOfMemory.limitMebibytes());
          case Verdict.Malformed malformed ->
              "line %d does not parse: %s".formatted(malformed.line(), malformed.message());
        };
    String line = VisibleText.of(text.replaceAll("\\s*\\R\\s*", " ").strip());
    return line.length() <= LONGEST ? line : line.substring(0, LONGEST) + "...";
  }
}
