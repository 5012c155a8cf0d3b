package dev.mallard.sandbox.runner;

import dev.mallard.sandbox.runner.Event.Outcome;
import dev.mallard.sandbox.runner.Event.TestBegan;
import dev.mallard.sandbox.runner.Event.TestDone;
import java.util.function.Consumer;

/** Tells the executor of tests and how long they take. */
final class TestLog {
  private final Consumer<Event> sink;
  private final Recorder recorder;
  private long start;
  private long nanoseconds;

  TestLog(Consumer<Event> sink, Recorder recorder) {
    this.sink = sink;
    this.recorder = recorder;
  }

  void begin(int test) {
    sink.accept(new TestBegan(test));
    recorder.testBegins(test);
    start = System.nanoTime();
  }

  /** What follows, such as showing values, is not part of the test. */
  void stopClock() {
    nanoseconds = System.nanoTime() - start;
    recorder.testEnds();
  }

  void send(Event event) {
    sink.accept(event);
  }

  void end(int test, Outcome outcome) {
    sink.accept(new TestDone(test, nanoseconds, outcome));
  }
}
