package dev.mallard.benchmarks.selfdebug;

import dev.mallard.generator.loop.Outcome;
import java.time.Duration;
import java.util.List;

/**
 * What came of repairing programs with one kind of feedback.
 *
 * @param feedback its name
 * @param repaired programs that failed their visible test before
 * @param visible of them, how many pass it now
 * @param solved of them, how many pass the hidden tests now
 * @param solvedBefore of them, how many passed the hidden tests before
 * @param promptTokens that the model has read
 * @param completionTokens that it has written
 */
record StrategyResult(
    String feedback,
    int repaired,
    int visible,
    int solved,
    int solvedBefore,
    long promptTokens,
    long completionTokens,
    Duration elapsed) {

  static StrategyResult of(
      String feedback, List<Outcome> outcomes, int solvedBefore, Duration elapsed) {
    int visible = 0;
    int solved = 0;
    long prompt = 0;
    long completion = 0;
    for (Outcome outcome : outcomes) {
      visible += outcome.solved() ? 1 : 0;
      solved += passesHidden(outcome) ? 1 : 0;
      prompt += outcome.usage().prompt();
      completion += outcome.usage().completion();
    }
    return new StrategyResult(
        feedback, outcomes.size(), visible, solved, solvedBefore, prompt, completion, elapsed);
  }

  static boolean passesHidden(Outcome outcome) {
    return outcome.hiddenTests().map(report -> report.verdict().passed()).orElse(false);
  }

  static String header() {
    return """
    | feedback | programs | hidden tests pass before | visible test passes after | hidden tests pass after | false positives | tokens read | written | tokens per program solved | seconds |
    |---|---|---|---|---|---|---|---|---|---|\
    """;
  }

  /** A row of a table in Markdown. A false positive passes its visible test and not the hidden. */
  String row() {
    long total = promptTokens + completionTokens;
    int gained = solved - solvedBefore;
    return "| %s | %d | %d | %d | %d | %d | %,d | %,d | %s | %.0f |"
        .formatted(
            feedback,
            repaired,
            solvedBefore,
            visible,
            solved,
            Math.max(0, visible - solved),
            promptTokens,
            completionTokens,
            gained > 0 ? "%,d".formatted(total / gained) : "-",
            elapsed.toMillis() / 1000.0);
  }
}
