package dev.mallard.generator.feedback;

import dev.mallard.generator.loop.CombinedFeedback;
import dev.mallard.generator.loop.FeedbackStrategy;
import java.util.List;
import java.util.Locale;

/** The ways to say what is wrong with a program, which may be combined. */
public enum FeedbackKind {
  /** That it is wrong, and no more: the "simple" feedback of Self-Debug (arXiv 2304.05128). */
  SIMPLE,
  /** Which test failed, what it expected and what it got, or the exception. */
  UNIT_TEST,
  /** The model's own explanation, line by line, and its comparison with the problem. */
  EXPLAIN,
  /** What the program really did in the test that failed, as the sandbox has recorded it. */
  TRACE,
  /** What the model believes that the program did, as in Self-Debug: it simulates the execution. */
  SIMULATED_TRACE,
  /**
   * The real execution, cut into basic blocks with the values between them, of which the model says
   * which is the first wrong one ("Debug like a Human", LDB, Zhong et al., arXiv 2402.16906).
   */
  BLOCKS;

  /** The strategy. */
  public FeedbackStrategy strategy() {
    return switch (this) {
      case SIMPLE -> new SimpleFeedback();
      case UNIT_TEST -> new UnitTestFeedback();
      case EXPLAIN -> new ExplanationFeedback();
      case TRACE -> new TraceFeedback();
      case SIMULATED_TRACE -> new SimulationFeedback();
      case BLOCKS -> new BlockFeedback();
    };
  }

  /** Several of them, in this order. */
  public static FeedbackStrategy combined(List<FeedbackKind> kinds) {
    return new CombinedFeedback(kinds.stream().map(FeedbackKind::strategy).toList());
  }

  /** The name as users write it, such as {@code unit-test}. */
  public String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /**
   * The one of a {@link #label}.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static FeedbackKind ofLabel(String label) {
    return valueOf(label.toUpperCase(Locale.ROOT).replace('-', '_'));
  }

  @Override
  public String toString() {
    return label();
  }
}
