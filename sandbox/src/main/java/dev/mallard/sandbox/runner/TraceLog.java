package dev.mallard.sandbox.runner;

import dev.mallard.sandbox.runner.TraceStep.Named;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Makes steps of what a traced thread does. Used by one thread; {@link #finish} by any. */
final class TraceLog {
  private final Consumer<TraceStep> sink;
  private final TraceWindow window = new TraceWindow();
  private final List<Frame> frames = new ArrayList<>();
  private boolean busy;
  private boolean finished;

  /** A method that is running. */
  private static final class Frame {
    private final Map<String, String> variables = new LinkedHashMap<>();
    private @Nullable OpenLine line;
  }

  /** A line whose effect is not yet known. */
  private record OpenLine(TraceWindow.Entry entry, int line, boolean branches) {}

  TraceLog(Consumer<TraceStep> sink) {
    this.sink = sink;
  }

  synchronized int enter(String function, int line, String names, @Nullable Object[] values) {
    if (begin()) {
      try {
        Frame frame = new Frame();
        List<Named> arguments = changes(frame, names, values);
        add(new TraceStep.Called(function, line, arguments));
        frames.add(frame);
      } finally {
        busy = false;
      }
    }
    return frames.size();
  }

  synchronized void step(
      int depth, int line, boolean branches, String names, @Nullable Object[] values) {
    if (begin()) {
      try {
        Frame frame = unwound(depth);
        endLine(frame, line, changes(frame, names, values));
        TraceWindow.Entry entry = add(new TraceStep.Line(line, List.of(), 0));
        frame.line = new OpenLine(entry, line, branches);
      } finally {
        busy = false;
      }
    }
  }

  synchronized void leave(int depth, String function, @Nullable Object value) {
    if (begin()) {
      try {
        endLine(unwound(depth), 0, List.of());
        add(new TraceStep.Returned(function, SafeText.of(value)));
        frames.subList(Math.max(0, depth - 1), frames.size()).clear();
      } finally {
        busy = false;
      }
    }
  }

  synchronized void raise(int depth, String function, Throwable thrown) {
    if (begin()) {
      try {
        String message = Problems.message(thrown);
        String type = Problems.typeName(thrown.getClass());
        add(new TraceStep.Raised(function, message.isEmpty() ? type : type + ": " + message));
        window.keepAround();
        frames.subList(Math.max(0, Math.min(depth - 1, frames.size())), frames.size()).clear();
      } finally {
        busy = false;
      }
    }
  }

  /** Ends the trace and sends it, once. */
  synchronized void finish() {
    if (!finished) {
      finished = true;
      window.steps().forEach(sink);
    }
  }

  /** Showing a value must not trace itself. */
  private boolean begin() {
    if (busy || finished) {
      return false;
    }
    busy = true;
    return true;
  }

  private TraceWindow.Entry add(TraceStep step) {
    return window.add(step);
  }

  /** The frame at this depth; those above it have ended, however that was. */
  private Frame unwound(int depth) {
    while (frames.size() < Math.max(1, depth)) {
      frames.add(new Frame()); // Entered before the trace began.
    }
    frames.subList(Math.max(1, depth), frames.size()).clear();
    return frames.getLast();
  }

  private static void endLine(Frame frame, int next, List<Named> changes) {
    OpenLine open = frame.line;
    if (open != null) {
      open.entry().replace(new TraceStep.Line(open.line(), changes, open.branches() ? next : 0));
      frame.line = null;
    }
  }

  private static List<Named> changes(Frame frame, String names, @Nullable Object[] values) {
    List<Named> changes = new ArrayList<>();
    if (!names.isEmpty()) {
      String[] list = names.split(",", -1);
      for (int index = 0; index < list.length && index < values.length; index++) {
        String text = SafeText.of(values[index]);
        if (!Objects.equals(frame.variables.put(list[index], text), text)) {
          changes.add(new Named(list[index], text));
        }
      }
    }
    return changes;
  }
}
