package dev.mallard.sandbox.runner;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

final class TraceLog {
  TraceLog(Consumer<TraceStep> sink) {}
  int enter(String function, int line, String names, @Nullable Object[] values) { return 0; }
  void step(int frame, int line, boolean branches, String names, @Nullable Object[] values) {}
  void leave(int frame, String function, @Nullable Object value) {}
  void raise(int frame, String function, Throwable thrown) {}
  void finish() {}
}
