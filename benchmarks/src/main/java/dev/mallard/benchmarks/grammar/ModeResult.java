package dev.mallard.benchmarks.grammar;

import dev.mallard.generator.loop.Attempt;
import dev.mallard.generator.loop.GrammarMode;
import dev.mallard.generator.loop.Outcome;
import dev.mallard.sandbox.Verdict;
import java.time.Duration;
import java.util.List;

/**
 * What came of the problems in one mode, each answered once.
 *
 * @param benchmark its name
 * @param problems how many
 * @param passed those whose tests all hold, the hidden ones where there are some
 * @param cut answers that ended at the limit of tokens, or repeated themselves
 * @param malformed programs that do not parse, of answers that were not cut
 * @param malformedWhenCut the same of answers that were
 * @param withoutProgram answers without any program
 * @param promptTokens of all prompts
 * @param tokens of all answers
 * @param elapsed wall-clock time of it all
 */
record ModeResult(
    String benchmark,
    GrammarMode mode,
    int problems,
    int passed,
    int cut,
    int malformed,
    int malformedWhenCut,
    int withoutProgram,
    long promptTokens,
    long tokens,
    Duration elapsed) {

  static ModeResult of(
      String benchmark, GrammarMode mode, List<Outcome> outcomes, Duration elapsed) {
    int passed = 0;
    int cut = 0;
    int malformed = 0;
    int malformedWhenCut = 0;
    int withoutProgram = 0;
    long promptTokens = 0;
    long tokens = 0;
    for (Outcome outcome : outcomes) {
      Attempt attempt = outcome.transcript().attempts().getFirst();
      boolean wasCut = attempt.wasCut();
      cut += wasCut ? 1 : 0;
      if (attempt.program().isEmpty()) {
        withoutProgram++;
      } else if (attempt.report().verdict() instanceof Verdict.Malformed) {
        malformed += wasCut ? 0 : 1;
        malformedWhenCut += wasCut ? 1 : 0;
      }
      passed += hasPassed(outcome, attempt) ? 1 : 0;
      promptTokens += attempt.completion().promptTokens();
      tokens += attempt.completion().tokens();
    }
    return new ModeResult(
        benchmark,
        mode,
        outcomes.size(),
        passed,
        cut,
        malformed,
        malformedWhenCut,
        withoutProgram,
        promptTokens,
        tokens,
        elapsed);
  }

  private static boolean hasPassed(Outcome outcome, Attempt attempt) {
    return outcome.hiddenTests().map(report -> report.verdict().passed()).orElse(attempt.passed());
  }

  static String header() {
    return """
    | benchmark | grammar | pass@1 | do not parse | cut, do not parse | no program | tokens of prompt | of answer | seconds | tokens/s |
    |---|---|---|---|---|---|---|---|---|---|\
    """;
  }

  /** A row of a table in Markdown; tokens and seconds are of one problem. */
  String row() {
    double seconds = elapsed.toMillis() / 1000.0;
    return "| %s | %s | %d of %d | %d of %d | %d of %d | %d | %d | %d | %.1f | %.1f |"
        .formatted(
            benchmark,
            mode.label(),
            passed,
            problems,
            malformed,
            problems - cut,
            malformedWhenCut,
            cut,
            withoutProgram,
            promptTokens / problems,
            tokens / problems,
            seconds / problems,
            tokens / seconds);
  }
}
