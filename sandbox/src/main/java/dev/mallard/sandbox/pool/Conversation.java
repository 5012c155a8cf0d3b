package dev.mallard.sandbox.pool;

import dev.mallard.sandbox.Execution;
import dev.mallard.sandbox.MalformedTestsException;
import dev.mallard.sandbox.Report;
import dev.mallard.sandbox.UnconfinedException;
import dev.mallard.sandbox.Verdict;
import dev.mallard.sandbox.Verdict.OutOfMemory;
import dev.mallard.sandbox.Verdict.Test;
import dev.mallard.sandbox.Verdict.TimedOut;
import dev.mallard.sandbox.executor.Watchdog;
import dev.mallard.sandbox.pool.Worker.Event.Ended;
import dev.mallard.sandbox.pool.Worker.Event.Said;
import dev.mallard.sandbox.protocol.FrameTooLongException;
import dev.mallard.sandbox.protocol.Message;
import dev.mallard.sandbox.protocol.Message.Cancel;
import dev.mallard.sandbox.protocol.Message.Checked;
import dev.mallard.sandbox.protocol.Message.Finished;
import dev.mallard.sandbox.protocol.Message.Output;
import dev.mallard.sandbox.protocol.Message.Planned;
import dev.mallard.sandbox.protocol.Message.Refused;
import dev.mallard.sandbox.protocol.Message.Run;
import dev.mallard.sandbox.protocol.Message.Started;
import dev.mallard.sandbox.protocol.Message.TestEnded;
import dev.mallard.sandbox.protocol.Message.TestStarted;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One execution on a worker. The worker runs hostile code: it is held to the clock and to the
 * length of what it says, however it behaves.
 */
final class Conversation {
  private static final Logger LOG = LoggerFactory.getLogger(Conversation.class);

  /** How much later than its own watchdog a worker is ended from here. */
  private static final Duration PATIENCE = Watchdog.GRACE.plusMillis(2500);

  /** How long a worker may take to make a context and to split the tests. */
  private static final Duration LONGEST_PREPARATION = Duration.ofSeconds(20);

  /** How long a wish to stop may be overlooked. */
  private static final Duration GLANCE = Duration.ofMillis(20);

  private final Worker worker;
  private final Execution execution;
  private final ReportBuilder report;
  private Optional<Test> current = Optional.empty();
  private long start = System.nanoTime();
  private boolean usable;
  private boolean begun;
  private volatile Optional<Long> cancelled = Optional.empty();

  Conversation(Worker worker, Execution execution) {
    this.worker = worker;
    this.execution = execution;
    report = new ReportBuilder(execution.limits().outputCharacters());
  }

  /** Whether the worker can take the next request. */
  boolean workerIsUsable() {
    return usable;
  }

  /** Whether the worker was alive when it got the program. */
  boolean hasBegun() {
    return begun;
  }

  /**
   * Runs the execution.
   *
   * @return what came of it; empty if the worker died for no reason that is known
   * @throws InterruptedException if the calling thread is interrupted; the worker then still runs
   *     the program and must be killed
   * @throws MalformedTestsException if the tests do not parse
   * @throws UnconfinedException if nothing confines programs of that language
   */
  Optional<Report> hold() throws InterruptedException {
    try {
      worker.send(new Run(execution));
    } catch (FrameTooLongException e) {
      usable = true;
      throw new IllegalArgumentException("The program and its tests are too long to be run", e);
    } catch (IOException e) {
      LOG.debug("The worker does not take a request", e);
      return Optional.empty();
    }
    Duration limit = execution.limits().wallClock();
    // A watch of its own is on parsing, as long as that on running.
    long deadline = start + limit.plus(LONGEST_PREPARATION).toNanos();
    boolean started = false;
    while (true) {
      Optional<Worker.Event> event = next(deadline);
      if (event.isEmpty()) {
        if (!started && cancelled.isEmpty()) {
          LOG.warn("Worker {} hangs before its program has started", worker.processId());
          begun = true;
          return Optional.empty();
        }
        return Optional.of(ended(new TimedOut(limit, current, report.passed())));
      }
      begun |= event.get() instanceof Said;
      switch (event.get()) {
        case Said(Planned(var tests)) -> report.plan(tests);
        case Said(Started()) -> {
          started = true;
          start = System.nanoTime();
          // What is observed is run a second time.
          Duration longest =
              execution.observations().isEmpty() ? limit : limit.multipliedBy(2).plusSeconds(5);
          deadline = start + longest.plus(PATIENCE).toNanos();
        }
        case Said(TestStarted(var test)) -> current = Optional.of(test);
        case Said(TestEnded(var result)) -> {
          current = Optional.empty();
          if (!report.add(result)) {
            return Optional.of(ended(new TimedOut(limit, current, report.passed())));
          }
        }
        case Said(Output(var stream, var text)) -> report.add(stream, text);
        case Said(Finished(var verdict, var elapsed, var trace, var coverage)) -> {
          // A worker that has given up on its program ends after its last word.
          usable = elapsed.compareTo(limit.plus(Watchdog.GRACE)) < 0;
          return Optional.of(report.finished(verdict, elapsed, trace, coverage));
        }
        case Said(Checked(var problem)) when problem.isPresent() -> {
          usable = true;
          throw new MalformedTestsException(problem.get());
        }
        case Said(Refused(var reason)) -> {
          usable = true;
          throw new UnconfinedException(reason);
        }
        case Said(Message other) -> {
          LOG.warn("The worker process broke its protocol: {}", other);
          return Optional.empty();
        }
        case Ended(var reason) -> {
          if (worker.ranOutOfMemory()) {
            return Optional.of(ended(new OutOfMemory(execution.limits().heapMebibytes(), current)));
          }
          LOG.warn("Worker {} has died: {} {}", worker.processId(), reason, worker.complaint());
          return Optional.empty();
        }
      }
    }
  }

  /** Asks the worker to stop the program early, from any thread; that is then out of time. */
  void cancel() {
    cancelled = Optional.of(System.nanoTime());
  }

  /** Holds the worker up. */
  Pause pause(Duration longest) {
    return Pause.of(worker.processId(), longest);
  }

  /** The next event; empty if there is none until then. */
  private Optional<Worker.Event> next(long deadline) throws InterruptedException {
    while (true) {
      long now = System.nanoTime();
      Duration left = Duration.ofNanos(deadline - now);
      if (cancelled.isPresent()) {
        Duration patience = PATIENCE.minusNanos(now - cancelled.get());
        left = left.compareTo(patience) < 0 ? left : patience;
      }
      if (!left.isPositive()) {
        return Optional.empty();
      }
      Optional<Worker.Event> event = worker.next(left.compareTo(GLANCE) < 0 ? left : GLANCE);
      if (event.isPresent()) {
        return event;
      }
      if (cancelled.isPresent()) {
        askToStop();
      }
    }
  }

  /** Asks again and again, because the program may not have started when it was asked before. */
  private void askToStop() {
    try {
      worker.send(new Cancel());
    } catch (IOException e) {
      LOG.debug("The worker has died before it was asked to stop", e);
    }
  }

  private Report ended(Verdict verdict) {
    return report.ended(verdict, Duration.ofNanos(System.nanoTime() - start));
  }
}
