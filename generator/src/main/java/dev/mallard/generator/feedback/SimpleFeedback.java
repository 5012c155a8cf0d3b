package dev.mallard.generator.feedback;

import dev.mallard.generator.loop.Feedback;
import dev.mallard.generator.loop.FeedbackStrategy;
import dev.mallard.generator.loop.Investigation;

/** Says that a program is wrong. */
final class SimpleFeedback implements FeedbackStrategy {
  @Override
  public Feedback explain(Investigation investigation) {
    return new Feedback("The program is wrong. Please fix it.");
  }
}
