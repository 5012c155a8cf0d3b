package dev.mallard.sandbox.pool;

import dev.mallard.sandbox.Message.Checked;
import dev.mallard.sandbox.Message.Finished;
import dev.mallard.sandbox.Message.Output;
import dev.mallard.sandbox.Message.Run;
import dev.mallard.sandbox.Message.Started;
import dev.mallard.sandbox.Message.Stream;
import dev.mallard.sandbox.Message.TestStarted;
import dev.mallard.sandbox.Verdict.OutOfMemory;
import dev.mallard.sandbox.Verdict.Test;
import dev.mallard.sandbox.Verdict.TimedOut;
import dev.mallard.sandbox.Worker.Event.Ended;
import dev.mallard.sandbox.Worker.Event.Said;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One request to a worker and what comes back. The worker runs hostile code: it is held to the
 * clock and to the length of the output, however it behaves.
 */
final class Conversation {
  private static final Logger LOG = LoggerFactory.getLogger(Conversation.class);

  /** How much later than its own watchdog a worker is ended from here. */
  private static final Duration PATIENCE = Watchdog.GRACE.plusMillis(1500);

  /** How long a worker may take to make a context and to split the tests. */
  private static final Duration LONGEST_PREPARATION = Duration.ofSeconds(20);

  private final Worker worker;
  private final Run request;
  private final StringBuilder standardOutput = new StringBuilder();
  private final StringBuilder standardError = new StringBuilder();
  private Optional<Test> current = Optional.empty();
  private long start = System.nanoTime();
  private boolean usable;

  Conversation(Worker worker, Run request) {
    this.worker = worker;
    this.request = request;
  }

  /** Whether the worker can take the next request. */
  boolean workerIsUsable() {
    return usable;
  }

  /**
   * Runs the request.
   *
   * @return what came of it; empty if the worker died for no reason that is known
   * @throws InterruptedException if the calling thread is interrupted; the worker then still runs
   *     the program and must be killed
   * @throws MalformedTestsException if the tests do not parse
   */
  Optional<Report> hold() throws InterruptedException {
    try {
      worker.send(request);
    } catch (IOException e) {
      LOG.debug("The worker does not take a request", e);
      return Optional.empty();
    }
    Duration limit = request.limits().wallClock();
    long deadline = start + limit.plus(LONGEST_PREPARATION).toNanos();
    while (true) {
      Duration left = Duration.ofNanos(deadline - System.nanoTime());
      Optional<Worker.Event> event = left.isPositive() ? worker.next(left) : Optional.empty();
      if (event.isEmpty()) {
        return report(new TimedOut(limit, current, passedBefore(current)), elapsed());
      }
      switch (event.get()) {
        case Said(Started()) -> {
          start = System.nanoTime();
          deadline = start + limit.plus(PATIENCE).toNanos();
        }
        case Said(TestStarted(var test)) -> current = Optional.of(test);
        case Said(Output(var stream, var text)) -> keep(stream, text);
        case Said(Finished(var verdict, var elapsed)) -> {
          // A worker that has given up on its program ends after its last word.
          usable = elapsed.compareTo(limit.plus(Watchdog.GRACE)) < 0;
          return report(verdict, elapsed);
        }
        case Said(Checked(var problem)) when problem.isPresent() -> {
          usable = true;
          throw new MalformedTestsException(problem.get());
        }
        case Said(var other) -> {
          LOG.warn("The worker process broke its protocol: {}", other);
          return Optional.empty();
        }
        case Ended(var reason) -> {
          if (worker.ranOutOfMemory()) {
            return report(new OutOfMemory(request.limits().heapMebibytes(), current), elapsed());
          }
          LOG.debug("The worker process has ended: {}", reason);
          return Optional.empty();
        }
      }
    }
  }

  private void keep(Stream stream, String text) {
    StringBuilder kept =
        switch (stream) {
          case STANDARD_OUTPUT -> standardOutput;
          case STANDARD_ERROR -> standardError;
        };
    int room = request.limits().outputCharacters() - kept.length();
    kept.append(text, 0, Math.min(room, text.length()));
  }

  private static int passedBefore(Optional<Test> test) {
    return test.map(running -> running.number() - 1).orElse(0);
  }

  private Duration elapsed() {
    return Duration.ofNanos(System.nanoTime() - start);
  }

  private Optional<Report> report(Verdict verdict, Duration elapsed) {
    return Optional.of(
        new Report(verdict, standardOutput.toString(), standardError.toString(), elapsed));
  }
}
