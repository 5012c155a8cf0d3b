package dev.mallard.sandbox.runner.probe;

import org.jspecify.annotations.Nullable;

/**
 * Is told by the statements of a test suite what came of each test. The suite gets one as an
 * argument and keeps it in a local variable, where the program cannot find it.
 */
public interface AssertionSink {
  /** A test begins. */
  void begin(int test);

  /** It holds. */
  void held(int test);

  /** It does not hold; why is said next, unless that fails or takes for ever. */
  void failing(int test);

  /** It does not hold, and the assertion says {@code message}, null for nothing. */
  void notHeld(int test, @Nullable Object message);

  /** The same, of an equality with its two sides. */
  void unequal(
      int test, @Nullable Object actual, @Nullable Object expected, @Nullable Object message);

  /** It threw something. */
  void threw(int test, Throwable thrown);
}
