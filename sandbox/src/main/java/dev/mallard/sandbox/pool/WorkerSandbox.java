package dev.mallard.sandbox.pool;

import dev.mallard.sandbox.Message.Check;
import dev.mallard.sandbox.Message.Checked;
import dev.mallard.sandbox.Message.Run;
import dev.mallard.sandbox.Verdict.Malformed;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs Python programs in a worker process, one at a time: callers wait for their turn.
 *
 * <p>The worker is a JVM with the limits' heap, no environment, an empty working directory of its
 * own, and GraalPy under {@link org.graalvm.polyglot.SandboxPolicy#CONSTRAINED}; each program gets
 * a fresh Python. A program that cannot be stopped, or that fills the heap, costs the worker its
 * life; a spare, started ahead, takes its place.
 *
 * <p>No process outlives {@link #close}, nor the end of this JVM, however it ends.
 */
public final class WorkerSandbox implements Sandbox {
  private static final Logger LOG = LoggerFactory.getLogger(WorkerSandbox.class);

  /** How long a worker may take to split the tests. */
  private static final Duration LONGEST_CHECK = Duration.ofSeconds(20);

  private final ReentrantLock turn = new ReentrantLock(true);
  private final Thread atExit = new Thread(this::killAll, "sandbox-shutdown");

  // Guarded by `this`, so that close need not wait for its turn.
  private final List<Worker> alive = new ArrayList<>();
  private boolean closed;

  // Guarded by `turn`.
  private @Nullable Worker current;
  private @Nullable Worker spare;

  private WorkerSandbox() {
    Runtime.getRuntime().addShutdownHook(atExit);
    current = startWorker(Limits.DEFAULT.heapMebibytes());
  }

  /**
   * Starts a sandbox. Returns at once; the first program waits until the worker is warm, which
   * takes some seconds.
   *
   * @throws SandboxException if no process can be started
   */
  public static WorkerSandbox start() {
    return new WorkerSandbox();
  }

  /**
   * {@inheritDoc}
   *
   * @throws MalformedTestsException if the tests do not parse
   */
  @Override
  public Report run(String program, TestSuite tests, Limits limits) throws InterruptedException {
    refuseMalformed(SourceText.problem(tests.source()));
    Optional<Malformed> problem = SourceText.problem(program);
    if (problem.isPresent()) {
      refuseMalformed(check(tests));
      return new Report(problem.get(), "", "", Duration.ZERO);
    }
    turn.lockInterruptibly();
    try {
      Run request = new Run(program, tests.source(), limits);
      Optional<Report> report = attempt(request);
      if (report.isPresent()) {
        return report.get();
      }
      if (!isClosed()) {
        LOG.warn("A worker process died while it ran a program; the program is run once more");
      }
      return attempt(request).orElseGet(this::diedTwice);
    } finally {
      turn.unlock();
    }
  }

  @Override
  public Optional<Malformed> check(TestSuite tests) throws InterruptedException {
    Optional<Malformed> problem = SourceText.problem(tests.source());
    if (problem.isPresent() || tests.isEmpty()) {
      return problem;
    }
    turn.lockInterruptibly();
    try {
      int heapMebibytes =
          current == null ? Limits.DEFAULT.heapMebibytes() : current.heapMebibytes();
      Worker worker = readyWorker(heapMebibytes).orElseThrow(WorkerSandbox::noMemory);
      try {
        worker.send(new Check(tests.source()));
        if (worker.next(LONGEST_CHECK).orElse(null)
            instanceof Worker.Event.Said(Checked(var found))) {
          return found;
        }
      } catch (IOException e) {
        LOG.debug("The worker does not take a check of tests", e);
      } catch (InterruptedException e) {
        discard(worker);
        throw e;
      }
      discard(worker);
      return Optional.of(new Malformed("the tests are too much for Python's parser", 1, 1));
    } finally {
      turn.unlock();
    }
  }

  /** Runs a program; empty if the worker died without a verdict. */
  private Optional<Report> attempt(Run request) throws InterruptedException {
    int heapMebibytes = request.limits().heapMebibytes();
    Optional<Worker> worker = readyWorker(heapMebibytes);
    if (worker.isEmpty()) {
      Verdict verdict = new Verdict.OutOfMemory(heapMebibytes, Optional.empty());
      return Optional.of(new Report(verdict, "", "", Duration.ZERO));
    }
    Conversation conversation = new Conversation(worker.get(), request);
    try {
      return conversation.hold();
    } finally {
      if (!conversation.workerIsUsable()) {
        discard(worker.get());
      }
      if (spare == null && !isClosed()) {
        spare = startWorker(heapMebibytes);
      }
    }
  }

  /** A warm worker with that heap; empty if it is too small for Python to start. */
  private Optional<Worker> readyWorker(int heapMebibytes) throws InterruptedException {
    if (!fits(current, heapMebibytes)) {
      discard(current);
      boolean useSpare = fits(spare, heapMebibytes);
      if (!useSpare) {
        discard(spare);
      }
      current = useSpare ? spare : startWorker(heapMebibytes);
      spare = null;
    }
    Worker worker = current;
    if (worker == null) {
      throw new IllegalStateException("There is a worker by now");
    }
    if (worker.awaitReady()) {
      return Optional.of(worker);
    }
    discard(worker);
    return Optional.empty();
  }

  private static boolean fits(@Nullable Worker worker, int heapMebibytes) {
    return worker != null && worker.isAlive() && worker.heapMebibytes() == heapMebibytes;
  }

  private synchronized Worker startWorker(int heapMebibytes) {
    if (closed) {
      throw new SandboxException("The sandbox is closed", null);
    }
    Worker worker = Worker.start(heapMebibytes);
    alive.add(worker);
    return worker;
  }

  private void discard(@Nullable Worker worker) {
    if (worker == null) {
      return;
    }
    worker.kill();
    synchronized (this) {
      alive.remove(worker);
    }
    if (worker == current) {
      current = null;
    }
    if (worker == spare) {
      spare = null;
    }
  }

  private Report diedTwice() {
    if (isClosed()) {
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

  private static SandboxException noMemory() {
    return new SandboxException("The sandbox's worker has too little memory to start", null);
  }

  private synchronized boolean isClosed() {
    return closed;
  }

  private synchronized void killAll() {
    closed = true;
    alive.forEach(Worker::kill);
    alive.clear();
  }

  @Override
  public void close() {
    killAll();
    try {
      Runtime.getRuntime().removeShutdownHook(atExit);
    } catch (IllegalStateException e) {
      LOG.trace("The JVM is already shutting down", e);
    }
  }
}
