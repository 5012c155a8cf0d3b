package dev.mallard.sandbox.worker;

import dev.mallard.sandbox.Coverage;
import dev.mallard.sandbox.TestResult;
import dev.mallard.sandbox.Trace;
import dev.mallard.sandbox.Verdict;
import dev.mallard.sandbox.Verdict.Test;
import dev.mallard.sandbox.executor.ExecutionListener;
import dev.mallard.sandbox.executor.OutputStreamKind;
import dev.mallard.sandbox.protocol.Message;
import dev.mallard.sandbox.protocol.Message.Finished;
import dev.mallard.sandbox.protocol.Message.Output;
import dev.mallard.sandbox.protocol.Message.Planned;
import dev.mallard.sandbox.protocol.Message.Started;
import dev.mallard.sandbox.protocol.Message.TestEnded;
import dev.mallard.sandbox.protocol.Message.TestStarted;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Tells the sandbox what an executor tells its listener. */
final class ProtocolListener implements ExecutionListener {
  /** Characters of tests that go into one message. */
  private static final int LONGEST_PLAN = 200_000;

  private final Consumer<Message> sink;
  private final Runnable end;

  /**
   * Creates a listener.
   *
   * @param sink takes the messages
   * @param end ends the process; does not return
   */
  ProtocolListener(Consumer<Message> sink, Runnable end) {
    this.sink = sink;
    this.end = end;
  }

  @Override
  public void started(List<Test> tests) {
    List<Test> planned = new ArrayList<>();
    int length = 0;
    for (Test test : tests) {
      planned.add(test);
      length += test.source().length();
      if (length > LONGEST_PLAN) {
        sink.accept(new Planned(planned));
        planned.clear();
        length = 0;
      }
    }
    if (!planned.isEmpty()) {
      sink.accept(new Planned(planned));
    }
    sink.accept(new Started());
  }

  @Override
  public void testStarted(Test test) {
    sink.accept(new TestStarted(test));
  }

  @Override
  public void testEnded(TestResult result) {
    sink.accept(new TestEnded(result));
  }

  @Override
  public void output(OutputStreamKind stream, String text) {
    sink.accept(new Output(stream, text));
  }

  @Override
  public void finished(
      Verdict verdict, Duration elapsed, Optional<Trace> trace, Optional<Coverage> coverage) {
    sink.accept(new Finished(verdict, elapsed, trace, coverage));
  }

  @Override
  public void abandoned(Verdict verdict, Duration elapsed) {
    sink.accept(new Finished(verdict, elapsed, Optional.empty(), Optional.empty()));
    end.run();
  }
}
