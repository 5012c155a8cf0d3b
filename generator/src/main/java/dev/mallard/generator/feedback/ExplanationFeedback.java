package dev.mallard.generator.feedback;

import dev.mallard.generator.loop.Feedback;
import dev.mallard.generator.loop.FeedbackStrategy;
import dev.mallard.generator.loop.Investigation;
import java.util.Map;

/**
 * Has the model explain its program line by line and compare it with the problem: rubber-duck
 * debugging, for which nothing is executed.
 */
final class ExplanationFeedback implements FeedbackStrategy {
  private static final Question QUESTION = new Question("explain", 300);

  @Override
  public Feedback explain(Investigation investigation) throws InterruptedException {
    if (investigation.attempt().program().isEmpty()) {
      return Feedback.NOTHING;
    }
    return QUESTION
        .askForProse(investigation, Map.of())
        .map(answer -> new Feedback("What the program does, line by line:\n" + answer))
        .orElse(Feedback.NOTHING);
  }
}
