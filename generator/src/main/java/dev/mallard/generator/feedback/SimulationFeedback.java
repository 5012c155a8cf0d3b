package dev.mallard.generator.feedback;

import dev.mallard.generator.loop.Feedback;
import dev.mallard.generator.loop.FeedbackStrategy;
import dev.mallard.generator.loop.Investigation;
import java.util.Map;

/**
 * Has the model simulate the execution of the test that failed, which is the trace feedback of
 * "Teaching Large Language Models to Self-Debug" (Chen et al., arXiv 2304.05128). It may be wrong
 * about it; {@link TraceFeedback} is not.
 */
final class SimulationFeedback implements FeedbackStrategy {
  private static final Question QUESTION = new Question("simulate", 300);

  @Override
  public Feedback explain(Investigation investigation) throws InterruptedException {
    if (investigation.attempt().program().isEmpty()) {
      return Feedback.NOTHING;
    }
    String failure = new UnitTestFeedback().explain(investigation).text();
    return QUESTION
        .askForProse(investigation, Map.of("failure", failure))
        .map(answer -> new Feedback("Its execution, step by step:\n" + answer))
        .orElse(Feedback.NOTHING);
  }
}
