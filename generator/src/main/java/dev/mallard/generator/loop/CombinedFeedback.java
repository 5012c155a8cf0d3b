package dev.mallard.generator.loop;

import java.util.ArrayList;
import java.util.List;

/** What several strategies say, in their order. */
public record CombinedFeedback(List<FeedbackStrategy> strategies) implements FeedbackStrategy {
  public CombinedFeedback {
    strategies = List.copyOf(strategies);
  }

  @Override
  public Feedback explain(Investigation investigation) throws InterruptedException {
    List<Feedback> parts = new ArrayList<>();
    for (FeedbackStrategy strategy : strategies) {
      parts.add(strategy.explain(investigation));
    }
    return Feedback.joined(parts);
  }
}
