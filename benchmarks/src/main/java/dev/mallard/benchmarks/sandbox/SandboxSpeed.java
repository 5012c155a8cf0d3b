package dev.mallard.benchmarks.sandbox;

import dev.mallard.sandbox.Execution;
import dev.mallard.sandbox.GuestLanguage;
import dev.mallard.sandbox.Limits;
import dev.mallard.sandbox.Sandbox;
import dev.mallard.sandbox.TestSuite;
import dev.mallard.sandbox.pool.PoolOptions;
import dev.mallard.sandbox.pool.WorkerPool;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Compares the sandbox with a process of CPython for each program: the same programs, on the same
 * machine, in the same run, in turns.
 *
 * <p>A warm sandbox is one that has run long programs for five minutes, which is when the compiler
 * of programs has become fast, then short ones for two more. Each round runs every program once on
 * either side, one after the other, the order of the sides changing from round to round; then all
 * of them on as many threads as there are processors; then the long programs. Of a program's times
 * the median over the rounds counts. Processor time is that of all processes below this one.
 */
public final class SandboxSpeed {
  private static final Limits LIMITS = Limits.DEFAULT.withWallClock(Duration.ofMinutes(2));

  private static final Duration LONGEST_ARCHIVING = Duration.ofMinutes(5);

  private static final int MINUTES_OF_LONG = 5;

  private static final int MINUTES_OF_SHORT = 2;

  /** Runs a program and says whether it passed. */
  private interface Side {
    boolean run(PythonProgram program) throws InterruptedException;
  }

  /** What one side has been seen to take. */
  private static final class Measured {
    private final List<List<Duration>> times = new ArrayList<>();
    private final List<List<Duration>> longTimes = new ArrayList<>();
    private final List<Double> rates = new ArrayList<>();
    private final List<Duration> processor = new ArrayList<>();
    private int passed;

    Measured(int programs) {
      for (int index = 0; index < programs; index++) {
        times.add(new ArrayList<>());
      }
      for (int index = 0; index < PythonPrograms.LONG.size(); index++) {
        longTimes.add(new ArrayList<>());
      }
    }

    List<Duration> medians() {
      return times.stream().map(Durations::median).toList();
    }

    double rate() {
      return rates.stream().sorted().toList().get(rates.size() / 2);
    }
  }

  private final List<PythonProgram> programs;
  private final int rounds;
  private final int threads = Runtime.getRuntime().availableProcessors();

  private SandboxSpeed(List<PythonProgram> programs, int rounds) {
    this.programs = programs;
    this.rounds = rounds;
  }

  /**
   * Measures.
   *
   * @param arguments how many programs (120), how many rounds (3), and a folder for the archive
   *     that workers start from (none: they start without)
   */
  public static void main(String[] arguments)
      throws IOException, InterruptedException, ExecutionException {
    int most = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 120;
    int rounds = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 3;
    PythonProcess python =
        PythonProcess.find()
            .orElseThrow(() -> new IllegalStateException("There is no python3 to compare with."));
    List<PythonProgram> programs = PythonPrograms.load(Path.of("..", "..", "shared", "data"), most);
    System.out.printf(
        "%d programs, %d rounds, %d processors, Java %s, %s%n",
        programs.size(),
        rounds,
        Runtime.getRuntime().availableProcessors(),
        Runtime.version(),
        python.interpreter());
    Supplier<Sandbox> start = WorkerPool::start;
    if (arguments.length > 2) {
      Path cache = Path.of(arguments[2]);
      start = () -> WorkerPool.start(PoolOptions.DEFAULT.withCache(cache));
      awaitArchive(cache, start, programs.getFirst());
    }
    new SandboxSpeed(programs, rounds).run(python, start, System.out);
  }

  /** The archive is made when a pool that had none is closed, by a process of its own. */
  private static void awaitArchive(Path cache, Supplier<Sandbox> start, PythonProgram program)
      throws IOException, InterruptedException {
    try (Sandbox sandbox = start.get()) {
      run(sandbox, program);
    }
    long deadline = System.nanoTime() + LONGEST_ARCHIVING.toNanos();
    while (!hasArchive(cache) && System.nanoTime() < deadline) {
      Thread.sleep(500);
    }
    System.out.println(
        hasArchive(cache) ? "workers start from an archive" : "workers start without an archive");
  }

  private static boolean hasArchive(Path cache) throws IOException {
    Path versions = cache.resolve("sandbox");
    if (!Files.isDirectory(versions)) {
      return false;
    }
    // Not deeper: folders in these come and go while the archive is made.
    try (Stream<Path> all = Files.list(versions)) {
      return all.filter(Files::isDirectory)
          .allMatch(version -> Files.exists(version.resolve("python.aot")));
    }
  }

  /** Measures both sides and prints a table. */
  private void run(PythonProcess python, Supplier<Sandbox> start, PrintStream out)
      throws InterruptedException, ExecutionException {
    SpeedTable table = new SpeedTable();
    List<Duration> coldProcess = new ArrayList<>();
    List<Duration> coldSandbox = new ArrayList<>();
    for (int round = 0; round < rounds; round++) {
      coldProcess.add(time(() -> python.run(programs.getFirst())));
      coldSandbox.add(
          time(() -> {
            try (Sandbox sandbox = start.get()) {
              return run(sandbox, programs.getFirst());
            }
          }));
    }
    table.times("first verdict of a cold pool", coldProcess, coldSandbox);
    try (Sandbox sandbox = start.get()) {
      Side sandboxSide = program -> run(sandbox, program);
      warmUp(sandboxSide, out);
      Measured process = new Measured(programs.size());
      Measured inSandbox = new Measured(programs.size());
      for (int round = 0; round < rounds; round++) {
        boolean processFirst = round % 2 == 0;
        for (int turn = 0; turn < 2; turn++) {
          if (processFirst == (turn == 0)) {
            measure(python::run, process);
          } else {
            measure(sandboxSide, inSandbox);
          }
        }
      }
      report(table, process, inSandbox);
      out.print(table);
      out.printf(
          "of %d runs one after the other passed: %d in a process, %d in the sandbox%n",
          rounds * programs.size(), process.passed, inSandbox.passed);
    }
  }

  private void warmUp(Side side, PrintStream out) throws InterruptedException, ExecutionException {
    int computed = 0;
    long start = System.nanoTime();
    while (System.nanoTime() - start < Duration.ofMinutes(MINUTES_OF_LONG).toNanos()) {
      PythonProgram program = PythonPrograms.LONG.get(computed % PythonPrograms.LONG.size());
      require(side.run(program), program);
      computed++;
    }
    out.printf("%d long programs in the first %d minutes%n", computed, MINUTES_OF_LONG);
    start = System.nanoTime();
    for (int minute = 1; minute <= MINUTES_OF_SHORT; minute++) {
      int run = 0;
      long from = System.nanoTime();
      while (System.nanoTime() - start < Duration.ofMinutes(minute).toNanos()) {
        inParallel(side);
        run += programs.size();
      }
      out.printf(
          "minute %d of warming up: %.1f programs / s%n",
          minute, 1e9 * run / (System.nanoTime() - from));
    }
  }

  private void measure(Side side, Measured measured)
      throws InterruptedException, ExecutionException {
    Duration before = Descendants.processorTime();
    for (int index = 0; index < programs.size(); index++) {
      PythonProgram program = programs.get(index);
      measured
          .times
          .get(index)
          .add(
              time(() -> {
                measured.passed += side.run(program) ? 1 : 0;
                return true;
              }));
    }
    Duration used = Descendants.processorTime().minus(before);
    measured.processor.add(used.dividedBy(programs.size()));
    Duration parallel = time(() -> inParallel(side));
    measured.rates.add(1e3 * programs.size() / Durations.milliseconds(parallel));
    for (int index = 0; index < PythonPrograms.LONG.size(); index++) {
      PythonProgram program = PythonPrograms.LONG.get(index);
      measured.longTimes.get(index).add(time(() -> require(side.run(program), program)));
    }
  }

  private static void report(SpeedTable table, Measured process, Measured sandbox) {
    List<Duration> processTimes = process.medians();
    List<Duration> sandboxTimes = sandbox.medians();
    for (int percent : List.of(50, 90, 99)) {
      table.times(
          "warm, one after the other: p" + percent,
          Durations.quantile(processTimes, percent / 100.0),
          Durations.quantile(sandboxTimes, percent / 100.0));
    }
    table.times("processor time a program", process.processor, sandbox.processor);
    table.rates("warm, on all processors", process.rate(), sandbox.rate());
    for (int index = 0; index < PythonPrograms.LONG.size(); index++) {
      table.times(
          PythonPrograms.LONG.get(index).name(),
          process.longTimes.get(index),
          sandbox.longTimes.get(index));
    }
  }

  /** Runs all programs on all processors. */
  private boolean inParallel(Side side) throws InterruptedException, ExecutionException {
    try (ExecutorService clients = Executors.newFixedThreadPool(threads)) {
      List<Future<Boolean>> verdicts = new ArrayList<>();
      for (PythonProgram program : programs) {
        verdicts.add(clients.submit(() -> side.run(program)));
      }
      for (Future<Boolean> verdict : verdicts) {
        verdict.get();
      }
    }
    return true;
  }

  private static boolean run(Sandbox sandbox, PythonProgram program) throws InterruptedException {
    return sandbox
        .run(
            new Execution(
                GuestLanguage.PYTHON,
                program.program(),
                TestSuite.asserts(program.tests()),
                LIMITS))
        .verdict()
        .passed();
  }

  private static boolean require(boolean passed, PythonProgram program) {
    if (!passed) {
      throw new IllegalStateException(program.name() + " does not pass");
    }
    return true;
  }

  private static Duration time(Callable<Boolean> work)
      throws InterruptedException, ExecutionException {
    long start = System.nanoTime();
    try {
      work.call();
    } catch (InterruptedException | ExecutionException | RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new ExecutionException(e);
    }
    return Duration.ofNanos(System.nanoTime() - start);
  }
}
