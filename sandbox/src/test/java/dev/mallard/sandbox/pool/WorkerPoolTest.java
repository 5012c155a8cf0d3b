package dev.mallard.sandbox.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mallard.sandbox.Execution;
import dev.mallard.sandbox.GuestLanguage;
import dev.mallard.sandbox.Limits;
import dev.mallard.sandbox.Report;
import dev.mallard.sandbox.SandboxException;
import dev.mallard.sandbox.TestSuite;
import dev.mallard.sandbox.Verdict.Passed;
import java.io.File;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WorkerPoolTest {
  private static final Limits LONG = Limits.DEFAULT.withWallClock(Duration.ofMinutes(2));
  private static final String ENDLESS = "while True: pass";

  private final WorkerPool sandbox = WorkerPool.start();

  @AfterAll
  void close() {
    sandbox.close();
  }

  @Test
  void severalThreadsAreServedAtOnce() throws Exception {
    try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
      List<Callable<Report>> programs = new ArrayList<>();
      for (int number = 0; number < 12; number++) {
        String program = "print(%d)".formatted(number);
        programs.add(() -> sandbox.run(python(program, "", LONG)));
      }
      List<String> printed = new ArrayList<>();
      for (Future<Report> report : threads.invokeAll(programs)) {
        printed.add(report.get().standardOutput().strip());
      }
      assertThat(printed)
          .containsExactly("0", "1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11");
    }
  }

  @Test
  void interruptingTheCallerStopsTheProgram() throws Exception {
    try (ExecutorService threads = Executors.newFixedThreadPool(1)) {
      sandbox.run(python("", "", LONG));
      Future<Boolean> interrupted =
          threads.submit(() -> {
            try {
              sandbox.run(python(ENDLESS, "", LONG));
              return false;
            } catch (InterruptedException e) {
              return true;
            }
          });
      Thread.sleep(300);
      threads.shutdownNow();
      assertThat(interrupted.get(5, TimeUnit.SECONDS)).isTrue();
      assertThat(sandbox.run(python("x = 1", "assert x", LONG)).verdict()).isEqualTo(new Passed(1));
    }
  }

  @Test
  void closingEndsEveryProcessWithinASecond() throws Exception {
    List<ProcessHandle> before = ProcessHandle.current().children().toList();
    WorkerPool own = WorkerPool.start();
    own.run(python("", "", LONG));
    try (ExecutorService threads = Executors.newFixedThreadPool(1)) {
      Future<Report> running = threads.submit(() -> own.run(python(ENDLESS, "", LONG)));
      Thread.sleep(300);
      List<ProcessHandle> workers = new ArrayList<>(ProcessHandle.current().children().toList());
      workers.removeAll(before);
      assertThat(workers).isNotEmpty();

      long start = System.nanoTime();
      own.close();
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(1));
      assertThat(workers).noneMatch(ProcessHandle::isAlive);
      assertThatThrownBy(running::get).hasCauseInstanceOf(SandboxException.class);
    }
    own.close();
    assertThatThrownBy(() -> own.run(python("", "", LONG)))
        .isInstanceOf(SandboxException.class)
        .hasMessageContaining("closed");
  }

  @Test
  void noWorkerOutlivesAParentThatIsKilled() throws Exception {
    Process parent =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx64m",
                "-classpath",
                System.getProperty("java.class.path"),
                Parent.class.getName())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    try {
      assertThat(parent.inputReader().readLine()).isEqualTo("running");
      Thread.sleep(500); // The endless program is under way.
      List<ProcessHandle> workers = parent.descendants().toList();
      assertThat(workers).isNotEmpty();
      parent.destroyForcibly();
      for (ProcessHandle worker : workers) {
        worker.onExit().get(5, TimeUnit.SECONDS);
      }
    } finally {
      parent.descendants().forEach(ProcessHandle::destroyForcibly);
      parent.destroyForcibly();
    }
  }

  @Test
  void aWorkerThatWasKilledIsReplaced() throws Exception {
    assertThat(sandbox.run(python("x = 1", "assert x", LONG)).verdict().passed()).isTrue();
    ProcessHandle.current().children().forEach(ProcessHandle::destroyForcibly);
    assertThat(sandbox.run(python("x = 1", "assert x", LONG)).verdict().passed()).isTrue();
  }

  @Test
  void aProgramWhoseWorkerIsKilledRunsOnceMore() throws Exception {
    Set<ProcessHandle> others = children();
    try (WorkerPool own = WorkerPool.start(PoolOptions.DEFAULT.withWorkers(1))) {
      own.run(python("", "", LONG));
      Future<Report> running =
          own.submit(python("import time\ntime.sleep(2)\nx = 1", "assert x", LONG));
      Thread.sleep(500);
      Set<ProcessHandle> workers = children();
      workers.removeAll(others);
      workers.forEach(ProcessHandle::destroyForcibly);
      assertThat(running.get().verdict()).isEqualTo(new Passed(1));
    }
  }

  @Test
  void aWorkerIsReplacedAfterSoManyPrograms() throws Exception {
    Set<ProcessHandle> others = children();
    try (WorkerPool own =
        WorkerPool.start(PoolOptions.DEFAULT.withWorkers(1).withProgramsPerWorker(2))) {
      own.run(python("", "", LONG));
      Set<ProcessHandle> first = children();
      first.removeAll(others);
      assertThat(own.run(python("x = 1", "assert x", LONG)).verdict()).isEqualTo(new Passed(1));
      assertThat(own.run(python("x = 1", "assert x", LONG)).verdict()).isEqualTo(new Passed(1));
      assertThat(first).hasSize(1).noneMatch(ProcessHandle::isAlive);
    }
  }

  @Test
  void noMoreProgramsRunAtOnceThanThereAreWorkers() throws Exception {
    String times = "import time\nprint(time.time())\ntime.sleep(0.2)\nprint(time.time())\n";
    try (WorkerPool own = WorkerPool.start(PoolOptions.DEFAULT.withWorkers(2))) {
      List<Future<Report>> reports = new ArrayList<>();
      for (int number = 0; number < 8; number++) {
        reports.add(own.submit(python(times, "", LONG)));
      }
      List<double[]> spans = new ArrayList<>();
      for (Future<Report> report : reports) {
        spans.add(report.get().standardOutput().lines().mapToDouble(Double::parseDouble).toArray());
      }
      for (double[] span : spans) {
        long running =
            spans.stream().filter(other -> other[0] <= span[0] && span[0] < other[1]).count();
        assertThat(running).isLessThanOrEqualTo(2);
      }
    }
  }

  @Test
  void whoSubmitsToAFullQueueWaits() throws Exception {
    PoolOptions options =
        new PoolOptions(1, Set.of(GuestLanguage.PYTHON), 1, 1000, Optional.empty());
    try (WorkerPool own = WorkerPool.start(options);
        ExecutorService threads = Executors.newFixedThreadPool(1)) {
      Future<Report> running = own.submit(python(ENDLESS, "", LONG));
      Future<Report> waiting = own.submit(python("print(2)", "", LONG));
      CountDownLatch accepted = new CountDownLatch(1);
      Future<Report> third =
          threads.submit(() -> {
            Future<Report> report = own.submit(python("print(3)", "", LONG));
            accepted.countDown();
            return report.get();
          });
      assertThat(accepted.await(500, TimeUnit.MILLISECONDS)).isFalse();
      running.cancel(true);
      assertThat(waiting.get().standardOutput()).isEqualTo("2\n");
      assertThat(third.get().standardOutput()).isEqualTo("3\n");
    }
  }

  private static Set<ProcessHandle> children() {
    return new HashSet<>(ProcessHandle.current().children().toList());
  }

  @Test
  void aHeapThatNoProcessCanHaveIsAnError() {
    Limits absurd = new Limits(Duration.ofSeconds(1), Integer.MAX_VALUE, 10);
    assertThatThrownBy(() -> sandbox.run(python("", "", absurd)))
        .isInstanceOf(SandboxException.class)
        .hasMessageContaining("does not start");
  }

  @Test
  void theWorkerFindsItsClassesWhateverThePath() {
    String classPath = WorkerCommand.absolute("a b/ü.jar" + File.pathSeparator + "c");
    assertThat(classPath.split(File.pathSeparator))
        .allMatch(entry -> Path.of(entry).isAbsolute())
        .hasSize(2);
  }

  private static Execution python(String program, String tests, Limits limits) {
    return new Execution(GuestLanguage.PYTHON, program, TestSuite.asserts(tests), limits);
  }

  /** A process that runs an endless program. */
  static final class Parent {
    private Parent() {}

    public static void main(String[] arguments) throws InterruptedException {
      try (WorkerPool sandbox = WorkerPool.start()) {
        sandbox.run(python("", "", LONG));
        System.out.println("running");
        sandbox.run(python(ENDLESS, "", LONG));
      }
    }
  }
}
