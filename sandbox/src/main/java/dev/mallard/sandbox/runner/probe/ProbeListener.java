package dev.mallard.sandbox.runner.probe;

import org.jspecify.annotations.Nullable;

/** Takes what {@link Probe} is told. */
public interface ProbeListener {
  /** See {@link Probe#line}. */
  void line(int line);

  /** See {@link Probe#enter}. */
  int enter(String function, int line, String names, @Nullable Object[] values);

  /** See {@link Probe#step}. */
  void step(int frame, int line, boolean branches, String names, @Nullable Object[] values);

  /** See {@link Probe#leave}. */
  void leave(int frame, String function, @Nullable Object value);

  /** See {@link Probe#raise}. */
  void raise(int frame, String function, Throwable thrown);
}
