package dev.mallard.benchmarks.sandbox;

import dev.mallard.sandbox.GuestLanguage;
import dev.mallard.sandbox.Sandbox;
import dev.mallard.sandbox.SandboxException;
import dev.mallard.sandbox.Verdict;
import dev.mallard.sandbox.pool.WorkerPool;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Runs thousands of programs in a row from several threads, some of them hostile, while worker
 * processes are killed, and says whether each got one verdict, and the right one.
 */
public final class SandboxSoak {
  private static final int PROGRAMS_PER_REPORT = 1_000;
  static final long SEED = 20_260_101;

  /** Longer than a worker takes to start, also on a busy machine: else no program would end. */
  private static final Duration BETWEEN_KILLS = Duration.ofSeconds(30);

  /** How long processes may take to be gone after the end. */
  private static final Duration LONGEST_END = Duration.ofSeconds(10);

  /** Of what goes wrong so many are printed. */
  private static final int MOST_COMPLAINTS = 50;

  private final Sandbox sandbox;
  private final int threads;
  private final PrintStream out;
  private final List<String> wrong = Collections.synchronizedList(new ArrayList<>());
  private final AtomicInteger verdicts = new AtomicInteger();
  private final AtomicInteger killedTwice = new AtomicInteger();

  /**
   * Creates a run.
   *
   * @param sandbox is closed at the end
   * @param threads programs that are run at the same time
   */
  SandboxSoak(Sandbox sandbox, int threads, PrintStream out) {
    this.sandbox = sandbox;
    this.threads = threads;
    this.out = out;
  }

  /** Argument: how many programs (10,000). The exit code is 1 if anything is off. */
  public static void main(String[] arguments) throws InterruptedException {
    int programs = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 10_000;
    int threads = Runtime.getRuntime().availableProcessors() + 1;
    SandboxSoak soak = new SandboxSoak(WorkerPool.start(), threads, System.out);
    boolean well = soak.run(programs, BETWEEN_KILLS);
    System.exit(well ? 0 : 1);
  }

  /** Runs so many programs; returns whether all is well. */
  boolean run(int programs, Duration betweenKills) throws InterruptedException {
    try (sandbox) {
      Set<GuestLanguage> languages = languages();
      SoakPrograms source = new SoakPrograms(languages, SEED);
      memory("start");
      long start = System.nanoTime();
      int kills;
      try (WorkerKiller killer = new WorkerKiller(betweenKills, SEED)) {
        for (int done = 0; done < programs; done += PROGRAMS_PER_REPORT) {
          int number = Math.min(PROGRAMS_PER_REPORT, programs - done);
          List<SoakProgram> batch = new ArrayList<>();
          for (int index = 0; index < number; index++) {
            batch.add(source.next());
          }
          run(batch, killer);
          memory("%,d programs".formatted(done + number));
        }
        kills = killer.kills();
      }
      double seconds = (System.nanoTime() - start) / 1e9;
      out.printf(
          "%,d programs in %s on %d threads: %.1f s, %.1f a second; %,d workers killed; %,d"
              + " programs lost their worker twice%n",
          programs, languages, threads, seconds, programs / seconds, kills, killedTwice.get());
    }
    require(verdicts.get() == programs, "%,d verdicts".formatted(verdicts.get()));
    require(endsWithin(LONGEST_END), "processes are left: " + Descendants.all());
    wrong.stream().limit(MOST_COMPLAINTS).forEach(out::println);
    out.println(wrong.isEmpty() ? "all is well" : "%,d are off".formatted(wrong.size()));
    return wrong.isEmpty();
  }

  /** The languages that can be run here. */
  private Set<GuestLanguage> languages() throws InterruptedException {
    Set<GuestLanguage> languages = EnumSet.noneOf(GuestLanguage.class);
    for (GuestLanguage language : GuestLanguage.values()) {
      try {
        Verdict verdict = sandbox.run(SoakPrograms.probe(language).execution()).verdict();
        if (verdict.passed()) {
          languages.add(language);
        } else {
          wrong.add("%s cannot be run: %s".formatted(language, verdict));
        }
      } catch (SandboxException e) {
        out.printf("%s is left out: %s%n", language, e.getMessage());
      }
    }
    return languages;
  }

  private void run(List<SoakProgram> batch, WorkerKiller killer) throws InterruptedException {
    try (ExecutorService clients = Executors.newFixedThreadPool(threads)) {
      List<Future<?>> ends = new ArrayList<>();
      for (SoakProgram program : batch) {
        ends.add(clients.submit(() -> run(program, killer)));
      }
      for (Future<?> end : ends) {
        try {
          end.get();
        } catch (ExecutionException e) {
          wrong.add("no verdict: " + e.getCause());
        }
      }
    }
  }

  private Verdict run(SoakProgram program, WorkerKiller killer) throws InterruptedException {
    long start = System.nanoTime();
    Verdict verdict = sandbox.run(program.execution()).verdict();
    verdicts.incrementAndGet();
    if (!program.right().test(verdict)) {
      boolean died =
          verdict instanceof Verdict.Crashed crashed && crashed.type().equals("SystemError");
      if (died && killer.killsSince(start) >= 2) {
        killedTwice.incrementAndGet();
      } else {
        wrong.add("%s: %s".formatted(program.name(), verdict));
      }
    }
    return verdict;
  }

  private void memory(String when) {
    out.printf(
        "%s: %,d MiB resident in %d processes, at most %,d MiB%n",
        when,
        Descendants.residentMebibytes(),
        Descendants.all().size(),
        Descendants.mostResidentMebibytes());
  }

  private void require(boolean condition, String otherwise) {
    if (!condition) {
      wrong.add(otherwise);
    }
  }

  private static boolean endsWithin(Duration longest) throws InterruptedException {
    long end = System.nanoTime() + longest.toNanos();
    while (!Descendants.all().isEmpty() && System.nanoTime() < end) {
      Thread.sleep(Duration.ofMillis(50));
    }
    return Descendants.all().isEmpty();
  }
}
