package dev.mallard.sandbox.pool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mallard.sandbox.Execution;
import dev.mallard.sandbox.GuestLanguage;
import dev.mallard.sandbox.Limits;
import dev.mallard.sandbox.Report;
import dev.mallard.sandbox.TestSuite;
import dev.mallard.sandbox.Verdict.Passed;
import dev.mallard.sandbox.Verdict.TimedOut;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * A program that takes long is run a second time, here by a worker that interprets as well: one
 * that compiles is not ready before minutes have passed.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SecondSpeedTest {
  private static final int HEAP_MEBIBYTES = 512;

  /** Seconds, in the interpreter. */
  private static final String LONG =
      """
      def count(limit):
          found = 0
          for a in range(limit):
              if a * a %% 7 == 2:
                  found += 1
          return found
      x = count(%d)
      print("done")
      """;

  /** Which run ends first is tested, not when: a busy machine may take many times as long. */
  private static final Limits PATIENT = Limits.DEFAULT.withWallClock(Duration.ofMinutes(2));

  private final PoolOptions options = PoolOptions.DEFAULT.withWorkers(1);
  private final WorkerCommand command = new WorkerCommand(StartupArchive.in(Optional.empty()));
  private final Roster first = new Roster(options, command, Pace.LASTING, Pace.LASTING);
  private final Roster second = new Roster(options, command, Pace.LASTING, Pace.LASTING);
  private final Semaphore turns = new Semaphore(2);
  private final SecondSpeed secondSpeed = new SecondSpeed(second, turns);
  private final WorkerKind kind = new WorkerKind(GuestLanguage.PYTHON, HEAP_MEBIBYTES);
  private final WorkerKind secondKind = SecondSpeed.kind(execution("", Limits.DEFAULT));

  /** How many programs of a test the second kind of worker got. */
  private int overtaken;

  @BeforeEach
  void forget() {
    overtaken = 0;
  }

  @BeforeAll
  void start() throws InterruptedException {
    second.giveBack(second.lend(secondKind).orElseThrow(), true);
    first.giveBack(first.lend(kind).orElseThrow(), true);
  }

  @AfterAll
  void close() {
    first.close();
    secondSpeed.close();
  }

  @Test
  void theVerdictIsThatOfTheFirstRunToEndAndIsGivenOnce() throws Exception {
    for (int limit : new int[] {10, 1_000_000, 2_000_000}) {
      Report report = run(execution(LONG.formatted(limit), PATIENT));
      assertThat(report.verdict()).isEqualTo(new Passed(1));
      assertThat(report.standardOutput()).isEqualTo("done\n");
    }
    assertThat(overtaken).isPositive();
  }

  @Test
  void aProgramThatWouldTakeMinutesEndsInTime() throws Exception {
    Duration limit = Duration.ofSeconds(2);
    Report report = run(execution("while True: pass", Limits.DEFAULT.withWallClock(limit)));
    assertThat(report.verdict()).isInstanceOf(TimedOut.class);
    assertThat(report.elapsed()).isBetween(limit, limit.multipliedBy(3));
  }

  @Test
  void aProgramWithoutAFreeProcessorRunsOnce() throws Exception {
    turns.acquire(2);
    try {
      Report report = run(execution(LONG.formatted(1_000_000), PATIENT));
      assertThat(report.verdict()).isEqualTo(new Passed(1));
      assertThat(overtaken).isZero();
    } finally {
      turns.release(2);
    }
  }

  /** Runs a program; all workers are then as good as before. */
  private Report run(Execution execution) throws InterruptedException {
    Worker one = first.lend(kind).orElseThrow();
    Worker other = second.lend(secondKind).orElseThrow();
    int before = other.programs();
    second.giveBack(other, true);
    Conversation conversation = new Conversation(one, execution);
    Report report = secondSpeed.hold(conversation, execution).orElseThrow();
    assertThat(conversation.workerIsUsable()).isTrue();
    // Until the other run has been stopped, too.
    assertThat(second.lend(secondKind)).contains(other);
    overtaken += other.programs() - before;
    for (Worker worker : new Worker[] {one, other}) {
      Conversation next = new Conversation(worker, execution("x = 1", Limits.DEFAULT));
      assertThat(next.hold().orElseThrow().verdict()).isEqualTo(new Passed(1));
    }
    first.giveBack(one, true);
    second.giveBack(other, true);
    return report;
  }

  private static Execution execution(String program, Limits limits) {
    return new Execution(GuestLanguage.PYTHON, program, TestSuite.asserts("assert x"), limits);
  }
}
