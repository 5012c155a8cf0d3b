package dev.mallard.generator.feedback;

import dev.mallard.generator.loop.Feedback;
import dev.mallard.generator.loop.FeedbackStrategy;
import dev.mallard.generator.loop.Investigation;
import dev.mallard.generator.prompt.Quoted;
import dev.mallard.sandbox.Trace;
import java.util.Optional;

/** Says what the program did in the first test that did not pass, line by line with its values. */
final class TraceFeedback implements FeedbackStrategy {
  private static final int LONGEST_TEST = 300;

  @Override
  public Feedback explain(Investigation investigation) throws InterruptedException {
    Optional<Trace> trace = investigation.traced().trace();
    if (trace.isEmpty() || trace.get().steps().isEmpty()) {
      return Feedback.NOTHING;
    }
    String steps = TraceLines.of(trace.get(), investigation.attempt().program());
    return new Feedback(
        "What the program did in the test %s, line by line:\n%s"
            .formatted(
                Quoted.inline(trace.get().test().source(), LONGEST_TEST),
                Quoted.fenced("text", Quoted.cut(steps, investigation.roomForData()))));
  }
}
