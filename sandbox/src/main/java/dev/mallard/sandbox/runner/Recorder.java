package dev.mallard.sandbox.runner;

import dev.mallard.sandbox.runner.Job.Recording;
import dev.mallard.sandbox.runner.probe.ProbeListener;
import java.util.BitSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Records what the job asks for, of what instrumented classes say. */
final class Recorder implements ProbeListener {
  private final Recording recording;
  private final int tracedTest;
  private final Consumer<Event> sink;
  private final TraceLog trace;
  private final BitSet covered = new BitSet();
  // The only thread that is traced; none outside of the traced test.
  private volatile @Nullable Thread traced;

  Recorder(Job job, Consumer<Event> sink) {
    recording = job.recording();
    tracedTest = job.tracedTest();
    this.sink = sink;
    trace = new TraceLog(step -> sink.accept(new Event.Traced(step)));
  }

  void testBegins(int test) {
    if (recording == Recording.TRACE && test == tracedTest) {
      traced = Thread.currentThread();
    }
  }

  void testEnds() {
    if (traced != null) {
      finish();
    }
  }

  /** Ends the trace and sends what has not been sent; called from any thread. */
  void finish() {
    traced = null;
    trace.finish();
  }

  @Override
  public void line(int line) {
    if (line > 0) {
      synchronized (covered) {
        if (covered.get(line)) {
          return;
        }
        covered.set(line);
      }
      sink.accept(new Event.Covered(line));
    }
  }

  @Override
  public int enter(String function, int line, String names, @Nullable Object[] values) {
    return isTraced() ? trace.enter(function, line, names, values) : 0;
  }

  @Override
  public void step(int frame, int line, boolean branches, String names, @Nullable Object[] values) {
    if (isTraced()) {
      trace.step(frame, line, branches, names, values);
    }
  }

  @Override
  public void leave(int frame, String function, @Nullable Object value) {
    if (isTraced()) {
      trace.leave(frame, function, value);
    }
  }

  @Override
  public void raise(int frame, String function, Throwable thrown) {
    if (isTraced()) {
      trace.raise(frame, function, thrown);
    }
  }

  private boolean isTraced() {
    return traced == Thread.currentThread();
  }
}
