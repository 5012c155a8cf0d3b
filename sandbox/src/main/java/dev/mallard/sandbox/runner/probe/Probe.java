package dev.mallard.sandbox.runner.probe;

import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Is called by instrumented classes. Instrumented code can only call static methods, so what they
 * say goes to a listener that is installed once, before any of it runs. A program that calls these
 * methods itself spoils its own trace and nothing else.
 */
public final class Probe {
  /** What a method without a result returns. */
  public static final Object VOID =
      new Object() {
        @Override
        public String toString() {
          return "void";
        }
      };

  private static final AtomicReference<@Nullable ProbeListener> LISTENER = new AtomicReference<>();

  private Probe() {}

  /**
   * Sets the listener.
   *
   * @return false if there is one already
   */
  public static boolean install(ProbeListener listener) {
    return LISTENER.compareAndSet(null, listener);
  }

  /** A line is about to be executed; of classes instrumented for coverage. */
  public static void line(int line) {
    ProbeListener listener = LISTENER.get();
    if (listener != null) {
      listener.line(line);
    }
  }

  /**
   * A method was entered.
   *
   * @param names of its parameters, with commas between
   * @return what the method is to say its frame is
   */
  public static int enter(String function, int line, String names, @Nullable Object[] values) {
    ProbeListener listener = LISTENER.get();
    return listener == null ? 0 : listener.enter(function, line, names, values);
  }

  /**
   * A line is about to be executed.
   *
   * @param branches whether the line chooses what comes next
   * @param names of the local variables, with commas between
   */
  public static void step(
      int frame, int line, boolean branches, String names, @Nullable Object[] values) {
    ProbeListener listener = LISTENER.get();
    if (listener != null) {
      listener.step(frame, line, branches, names, values);
    }
  }

  /** A method returns. */
  public static void leave(@Nullable Object value, int frame, String function) {
    ProbeListener listener = LISTENER.get();
    if (listener != null) {
      listener.leave(frame, function, value);
    }
  }

  /** An exception leaves a method. */
  public static void raise(Throwable thrown, int frame, String function) {
    ProbeListener listener = LISTENER.get();
    if (listener != null) {
      listener.raise(frame, function, thrown);
    }
  }
}
