package dev.mallard.sandbox.pool;

import dev.mallard.sandbox.CommandLanguage;
import dev.mallard.sandbox.Execution;
import dev.mallard.sandbox.GuestLanguage;
import dev.mallard.sandbox.Limits;
import dev.mallard.sandbox.MalformedTestsException;
import dev.mallard.sandbox.ProgramLanguage;
import dev.mallard.sandbox.Report;
import dev.mallard.sandbox.Sandbox;
import dev.mallard.sandbox.SandboxException;
import dev.mallard.sandbox.TestSuite;
import dev.mallard.sandbox.Verdict;
import dev.mallard.sandbox.Verdict.Malformed;
import dev.mallard.sandbox.executor.SourceText;
import dev.mallard.sandbox.protocol.Message.Check;
import dev.mallard.sandbox.protocol.Message.Checked;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs programs in worker processes, several at a time; callers beyond that wait for their turn.
 *
 * <p>A worker is a JVM for one language with the limits' heap, no environment and an empty working
 * directory of its own; each program gets a fresh state. A program that cannot be stopped, or that
 * fills the heap, costs the worker its life, and another takes its place. A program whose worker
 * died for a reason that is not known is run once more.
 *
 * <p>No process outlives {@link #close}, nor the end of this JVM, however it ends.
 */
public final class WorkerPool implements Sandbox {
  private static final Logger LOG = LoggerFactory.getLogger(WorkerPool.class);

  /** How long a worker may take to split the tests. */
  private static final Duration LONGEST_CHECK = Duration.ofSeconds(20);

  /** A pool that runs for longer is no short command, which would be slowed. */
  private static final Duration LONG_RUNNING = Duration.ofMinutes(1);

  private final StartupArchive archive;
  private final Roster roster;
  private final SecondSpeed secondSpeed;
  private final Semaphore turns;
  private final Semaphore places;
  private final int mostAttempts;
  private final ExecutorService submitted = Executors.newVirtualThreadPerTaskExecutor();
  private final Thread atExit;

  private WorkerPool(PoolOptions options) {
    archive = StartupArchive.in(options.cache());
    roster = new Roster(options, new WorkerCommand(archive), Pace.QUICK, Pace.LASTING);
    turns = new Semaphore(options.workers(), true);
    secondSpeed = SecondSpeed.of(options, turns);
    // All that are idle may turn out to be dead.
    mostAttempts = options.workers() + 2;
    places = new Semaphore(options.workers() + options.queueCapacity(), true);
    atExit = new Thread(this::endWorkers, "sandbox-shutdown");
    Runtime.getRuntime().addShutdownHook(atExit);
    options
        .ahead()
        .forEach(language ->
            roster.startAhead(new WorkerKind(language, Limits.DEFAULT.heapMebibytes())));
    CompletableFuture.delayedExecutor(LONG_RUNNING.toSeconds(), TimeUnit.SECONDS)
        .execute(archive::make);
  }

  /** Starts a pool with {@link PoolOptions#DEFAULT}. */
  public static WorkerPool start() {
    return start(PoolOptions.DEFAULT);
  }

  /**
   * Starts a pool. Returns at once; the first program waits until a worker is ready.
   *
   * @throws SandboxException if no process can be started
   */
  public static WorkerPool start(PoolOptions options) {
    return new WorkerPool(options);
  }

  /**
   * Runs a program as {@link #run} does, while the caller goes on. Cancelling the future with
   * interruption stops the program.
   *
   * @return what {@link #run} returns or throws
   * @throws InterruptedException if the calling thread is interrupted while it waits, since the
   *     queue is full
   */
  public Future<Report> submit(Execution execution) throws InterruptedException {
    places.acquire();
    boolean accepted = false;
    try {
      Callable<Report> task =
          () -> {
            try {
              return run(execution);
            } finally {
              places.release();
            }
          };
      Future<Report> future = submitted.submit(task);
      accepted = true;
      return future;
    } finally {
      if (!accepted) {
        places.release();
      }
    }
  }

  /**
   * {@inheritDoc}
   *
   * @throws IllegalArgumentException if the program and its tests together are longer than a
   *     message to a worker may be, or a command runs its language: see {@link
   *     dev.mallard.sandbox.command.CommandSandbox}
   */
  @Override
  public Report run(Execution execution) throws InterruptedException {
    TestSuite tests = execution.tests();
    refuseMalformed(SourceText.problem(tests.source()));
    Optional<Malformed> problem = SourceText.problem(execution.program());
    if (problem.isPresent()) {
      refuseMalformed(check(execution.language(), tests));
      return new Report(problem.get(), "", "", Duration.ZERO);
    }
    turns.acquire();
    try {
      int deaths = 0;
      for (int attempt = 0; attempt < mostAttempts && deaths < 2 && !roster.isClosed(); attempt++) {
        Attempt outcome = attempt(execution);
        if (outcome.report().isPresent()) {
          return outcome.report().get();
        }
        LOG.warn("A worker process died while it ran a program; the program is run once more");
        deaths += outcome.begun() ? 1 : 0;
      }
      return diedTwice();
    } finally {
      turns.release();
    }
  }

  @Override
  public Optional<Malformed> check(ProgramLanguage language, TestSuite tests)
      throws InterruptedException {
    Optional<Malformed> problem = SourceText.problem(tests.source());
    if (problem.isPresent() || tests.isEmpty()) {
      return problem;
    }
    turns.acquire();
    try {
      WorkerKind kind = new WorkerKind(known(language), Limits.DEFAULT.heapMebibytes());
      int failures = 0;
      // A worker may have died of something else; tests at which two fail are too much.
      for (int attempt = 0; attempt < mostAttempts && failures < 2; attempt++) {
        Examination examination = examine(kind, tests);
        if (examination.answer().isPresent()) {
          return examination.answer().get().problem();
        }
        failures += examination.failures();
      }
      return Optional.of(new Malformed("the tests are too much for the language's parser", 1, 1));
    } finally {
      turns.release();
    }
  }

  /**
   * What came of having a worker check tests.
   *
   * @param answer empty if it gave none
   * @param failures how many workers that speaks for: 0 if it was dead before, 2 if it took too
   *     long
   */
  private record Examination(Optional<Checked> answer, int failures) {}

  private Examination examine(WorkerKind kind, TestSuite tests) throws InterruptedException {
    Worker worker =
        roster
            .lend(kind)
            .orElseThrow(
                () -> new SandboxException("The sandbox's worker has too little memory", null));
    boolean usable = false;
    try {
      worker.send(new Check(tests));
      Optional<Worker.Event> event = worker.next(LONGEST_CHECK);
      if (event.orElse(null) instanceof Worker.Event.Said(Checked checked)) {
        usable = true;
        return new Examination(Optional.of(checked), 0);
      }
      return new Examination(Optional.empty(), event.isEmpty() ? 2 : 1);
    } catch (IOException e) {
      LOG.debug("The worker does not take a check of tests", e);
    } finally {
      roster.giveBack(worker, usable);
    }
    return new Examination(Optional.empty(), 0);
  }

  /**
   * What came of giving a program to a worker.
   *
   * @param report empty if the worker died without a verdict
   * @param begun whether it was alive when it got the program
   */
  private record Attempt(Optional<Report> report, boolean begun) {}

  private Attempt attempt(Execution execution) throws InterruptedException {
    int heapMebibytes = execution.limits().heapMebibytes();
    Optional<Worker> worker =
        roster.lend(new WorkerKind(known(execution.language()), heapMebibytes));
    if (worker.isEmpty()) {
      Verdict verdict = new Verdict.OutOfMemory(heapMebibytes, Optional.empty());
      return new Attempt(Optional.of(new Report(verdict, "", "", Duration.ZERO)), false);
    }
    Conversation conversation = new Conversation(worker.get(), execution);
    try {
      Optional<Report> report = secondSpeed.hold(conversation, execution);
      return new Attempt(report, conversation.hasBegun());
    } finally {
      roster.giveBack(worker.get(), conversation.workerIsUsable());
    }
  }

  private static GuestLanguage known(ProgramLanguage language) {
    return switch (language) {
      case GuestLanguage known -> known;
      case CommandLanguage command ->
          throw new IllegalArgumentException("No worker runs " + command.name());
    };
  }

  private Report diedTwice() {
    if (roster.isClosed()) {
      throw new SandboxException("The sandbox was closed while a program ran", null);
    }
    Verdict verdict =
        new Verdict.Crashed(
            "SystemError",
            "the process that ran the program died",
            Optional.empty(),
            Optional.empty(),
            0);
    return new Report(verdict, "", "", Duration.ZERO);
  }

  private static void refuseMalformed(Optional<Malformed> problem) {
    if (problem.isPresent()) {
      throw new MalformedTestsException(problem.get());
    }
  }

  private void endWorkers() {
    secondSpeed.close();
    roster.close();
  }

  @Override
  public void close() {
    endWorkers();
    submitted.shutdownNow();
    archive.make();
    try {
      Runtime.getRuntime().removeShutdownHook(atExit);
    } catch (IllegalStateException e) {
      LOG.trace("The JVM is already shutting down", e);
    }
  }
}
