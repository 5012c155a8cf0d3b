package dev.mallard.generator.loop;

import dev.mallard.grammars.digest.Surroundings;
import dev.mallard.sandbox.Verdict;

/** Adds, of a program that does not parse, what the grammar allows where it goes wrong. */
final class GrammarFeedback implements FeedbackStrategy {
  private final FeedbackStrategy strategy;
  private final LanguageGrammar grammar;

  /**
   * Adds to what a strategy says.
   *
   * @param grammar that of the problems' language
   */
  GrammarFeedback(FeedbackStrategy strategy, LanguageGrammar grammar) {
    this.strategy = strategy;
    this.grammar = grammar;
  }

  @Override
  public Feedback explain(Investigation investigation) throws InterruptedException {
    Attempt attempt = investigation.attempt();
    Feedback feedback = strategy.explain(investigation);
    if (!(attempt.report().verdict() instanceof Verdict.Malformed) || attempt.program().isEmpty()) {
      return feedback;
    }
    return grammar
        .around(attempt.program())
        .map(around -> new Feedback(feedback.text() + "\n" + text(around)))
        .orElse(feedback);
  }

  private static String text(Surroundings around) {
    String place =
        switch (around.found()) {
          case "" -> "at the end of the program";
          case Surroundings.LINE_END -> "at the end of line " + around.line();
          default -> "in line %d, instead of `%s`,".formatted(around.line(), around.found());
        };
    String text =
        "By the grammar, %s could come: %s.".formatted(place, String.join(", ", around.expected()));
    return around.rules().isEmpty()
        ? text
        : text + "\nIts rules of what stands there:\n" + around.rules();
  }
}
