package dev.mallard.sandbox.runner;

import dev.mallard.sandbox.runner.Event.Held;
import dev.mallard.sandbox.runner.Event.NotHeld;
import dev.mallard.sandbox.runner.Event.Outcome;
import dev.mallard.sandbox.runner.Event.TestFailing;
import dev.mallard.sandbox.runner.Event.Threw;
import dev.mallard.sandbox.runner.Event.Unequal;
import dev.mallard.sandbox.runner.probe.AssertionSink;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Takes what the statements of a suite say, and passes it on. */
final class StatementRun implements AssertionSink {
  private final TestLog log;
  private final Problems problems;

  StatementRun(TestLog log, Problems problems) {
    this.log = log;
    this.problems = problems;
  }

  @Override
  public void begin(int test) {
    log.begin(test);
  }

  @Override
  public void held(int test) {
    log.stopClock();
    log.end(test, new Held());
  }

  @Override
  public void failing(int test) {
    log.stopClock();
    log.send(new TestFailing(test));
  }

  @Override
  public void notHeld(int test, @Nullable Object message) {
    log.end(test, new NotHeld(text(message)));
  }

  @Override
  public void unequal(
      int test, @Nullable Object actual, @Nullable Object expected, @Nullable Object message) {
    log.end(test, new Unequal(ValueText.of(actual), ValueText.of(expected), text(message)));
  }

  @Override
  public void threw(int test, Throwable thrown) {
    log.stopClock();
    log.end(test, outcome(thrown, problems));
  }

  /** An assertion error of the tests' own is one that does not hold; all else is a crash. */
  static Outcome outcome(Throwable thrown, Problems problems) {
    Problem problem = problems.describe(thrown);
    return problem.ofTests()
        ? new NotHeld(Optional.of(problem.message()).filter(text -> !text.isEmpty()))
        : new Threw(problem);
  }

  private static Optional<String> text(@Nullable Object message) {
    return message == null ? Optional.empty() : Optional.of(ValueText.of(message));
  }
}
