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
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A run that is of no more use is stopped, and its worker serves the next one. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CancellingTest {
  private static final WorkerKind KIND = new WorkerKind(GuestLanguage.PYTHON, 512);

  private final Roster roster = roster();

  /** Starts the worker: what is measured in seconds here does not hold the start of a process. */
  @BeforeAll
  void warmUp() throws Exception {
    Worker worker = roster.lend(KIND).orElseThrow();
    roster.giveBack(worker, new Conversation(worker, execution("x = 1")).hold().isPresent());
  }

  @AfterAll
  void close() {
    roster.close();
  }

  @Test
  void aProgramCancelledBeforeItsWorkerIsUpIsOutOfTimeAndTheWorkerIsNotBlamed() throws Exception {
    Roster cold = roster();
    try {
      Worker worker = cold.lend(KIND).orElseThrow();
      Conversation endless = new Conversation(worker, execution("while True: pass"));
      endless.cancel();
      assertThat(endless.hold().orElseThrow().verdict()).isInstanceOf(TimedOut.class);
      cold.giveBack(worker, endless.workerIsUsable());
    } finally {
      cold.close();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 30, 500})
  void aProgramWithoutEndIsStoppedWheneverItIsAskedTo(int milliseconds) throws Exception {
    Worker worker = roster.lend(KIND).orElseThrow();
    try (ExecutorService threads = Executors.newFixedThreadPool(1)) {
      Conversation endless = new Conversation(worker, execution("while True: pass"));
      Future<Optional<Report>> report = threads.submit(endless::hold);
      Thread.sleep(milliseconds);
      endless.cancel();
      assertThat(report.get(30, TimeUnit.SECONDS).orElseThrow().verdict())
          .isInstanceOf(TimedOut.class);
      assertThat(endless.workerIsUsable()).isTrue();

      Conversation next = new Conversation(worker, execution("x = 1"));
      assertThat(next.hold().orElseThrow().verdict()).isEqualTo(new Passed(1));
    } finally {
      roster.giveBack(worker, true);
    }
  }

  @Test
  void aProgramThatHasEndedIsNotStopped() throws Exception {
    Worker worker = roster.lend(KIND).orElseThrow();
    try {
      for (int time = 0; time < 20; time++) {
        Conversation one = new Conversation(worker, execution("x = 1"));
        assertThat(one.hold().orElseThrow().verdict()).isEqualTo(new Passed(1));
        worker.send(new dev.mallard.sandbox.protocol.Message.Cancel());
      }
    } finally {
      roster.giveBack(worker, true);
    }
  }

  private static Roster roster() {
    return new Roster(
        PoolOptions.DEFAULT.withWorkers(1),
        new WorkerCommand(StartupArchive.in(Optional.empty())),
        Pace.QUICK,
        Pace.LASTING);
  }

  private static Execution execution(String program) {
    return new Execution(
        GuestLanguage.PYTHON,
        program,
        TestSuite.asserts("assert x == 1"),
        Limits.DEFAULT.withWallClock(Duration.ofMinutes(1)));
  }
}
