package dev.mallard.sandbox.jvm;

import dev.mallard.sandbox.Coverage;
import dev.mallard.sandbox.Execution;
import dev.mallard.sandbox.Limits;
import dev.mallard.sandbox.Observation;
import dev.mallard.sandbox.TestSuite.Exchange;
import dev.mallard.sandbox.Trace;
import dev.mallard.sandbox.Verdict;
import dev.mallard.sandbox.Verdict.Crashed;
import dev.mallard.sandbox.Verdict.OutOfMemory;
import dev.mallard.sandbox.Verdict.Passed;
import dev.mallard.sandbox.Verdict.Test;
import dev.mallard.sandbox.Verdict.TimedOut;
import dev.mallard.sandbox.executor.ExecutionListener;
import dev.mallard.sandbox.executor.GuestOutput;
import dev.mallard.sandbox.executor.OutputStreamKind;
import dev.mallard.sandbox.executor.Verdicts;
import dev.mallard.sandbox.jvm.Compilation.Compiled;
import dev.mallard.sandbox.runner.ClassFileBytes;
import dev.mallard.sandbox.runner.Event;
import dev.mallard.sandbox.runner.Event.Outcome;
import dev.mallard.sandbox.runner.Job;
import dev.mallard.sandbox.runner.Job.Recording;
import dev.mallard.sandbox.runner.Job.Task;
import dev.mallard.sandbox.runner.TraceStep;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/** One compiled program and its tests. */
final class JavaExecution {
  /** A character of the program's output has at most so many bytes. */
  private static final int BYTES_PER_CHARACTER = 3;

  private static final int MOST_ATTEMPTS = 2;

  /** How much longer than expected an output may be, to be compared with it. */
  private static final int BESIDES_EXPECTED = 1000;

  private final Execution execution;
  private final Limits limits;
  private final Plan plan;
  private final RunnerSupply supply;
  private final ExecutionListener listener;
  private final GuestOutput out = new GuestOutput();
  private final GuestOutput err = new GuestOutput();
  private final Instrumentation instrumentation;
  private final SortedSet<Integer> covered = new TreeSet<>();
  private long deadline;

  JavaExecution(
      Execution execution,
      Compiled program,
      Plan plan,
      RunnerSupply supply,
      ExecutionListener listener) {
    this.execution = execution;
    limits = execution.limits();
    instrumentation = new Instrumentation(program.classes(), program.statementLines());
    this.plan = plan;
    this.supply = supply;
    this.listener = listener;
  }

  void run() {
    listener.started(plan.tests());
    out.open(
        limits.outputCharacters(), text -> listener.output(OutputStreamKind.STANDARD_OUTPUT, text));
    err.open(
        limits.outputCharacters(), text -> listener.output(OutputStreamKind.STANDARD_ERROR, text));
    long start = System.nanoTime();
    deadline = start + limits.wallClock().toNanos();
    Verdict verdict =
        switch (plan) {
          case Plan.InOneProcess together -> inOneProcess(together);
          case Plan.Exchanges exchanges -> exchanges(exchanges);
          case Plan.Unfit(List<Test> tests, String type, String message) -> {
            TestLedger ledger = new TestLedger(tests, List.of(), listener);
            Optional<Test> first = Optional.of(tests.getFirst());
            ledger.close(test -> new Crashed(type, message, Optional.empty(), first, 0));
            yield Verdicts.overall(ledger.results());
          }
          case Plan.Endless endless -> throw new IllegalArgumentException("Nothing to run");
        };
    out.finish();
    err.finish();
    Duration elapsed = Duration.ofNanos(System.nanoTime() - start);
    listener.finished(verdict, elapsed, trace(verdict), coverage());
  }

  private Optional<Coverage> coverage() {
    if (!execution.observes(Observation.COVERAGE)) {
      return Optional.empty();
    }
    SortedSet<Integer> executable = instrumentation.executableLines();
    covered.retainAll(executable);
    return Optional.of(new Coverage(executable, covered));
  }

  /** Runs the first test that did not pass once more, and records what happens. */
  private Optional<Trace> trace(Verdict verdict) {
    Optional<Test> failed = Tracing.test(verdict);
    if (!execution.observes(Observation.TRACE) || failed.isEmpty()) {
      return Optional.empty();
    }
    int number = failed.get().number();
    return switch (plan) {
      case Plan.InOneProcess together -> {
        Job job = job(together.testClasses(), "", 0, Recording.TRACE, number, together.task());
        yield Tracing.trace(failed.get(), number, job, supply, limits);
      }
      case Plan.Exchanges exchanges -> {
        String input = exchanges.exchanges().get(number - 1).input();
        Job job = job(List.of(), input, 0, Recording.TRACE, 1, exchanges.task());
        yield Tracing.trace(failed.get(), 1, job, supply, limits);
      }
      case Plan.Unfit unfit -> Optional.empty();
      case Plan.Endless endless -> Optional.empty();
    };
  }

  private Recording recording() {
    return execution.observes(Observation.COVERAGE) ? Recording.COVERAGE : Recording.NOTHING;
  }

  private Verdict inOneProcess(Plan.InOneProcess together) {
    Job job =
        job(together.testClasses(), "", limits.outputCharacters(), recording(), 0, together.task());
    TestLedger ledger;
    JobEnding ending;
    int attempt = 0;
    do {
      ledger = new TestLedger(together.tests(), together.expressions(), listener);
      ending = run(job, new LedgerObserver(ledger, out));
      attempt++;
    } while (isWorthAnother(ending, attempt));
    return verdict(together, ledger, ending);
  }

  private JobEnding run(Job job, LedgerObserver observer) {
    try (RunnerProcess runner = supply.take(limits.heapMebibytes())) {
      return new JobSupervision(runner, observer).run(job, deadline);
    }
  }

  /** A program whose JVM was lost through no fault of its own is run once more. */
  private static boolean isWorthAnother(JobEnding ending, int attempts) {
    return ending instanceof JobEnding.Lost && attempts < MOST_ATTEMPTS;
  }

  private Verdict verdict(Plan.InOneProcess together, TestLedger ledger, JobEnding ending) {
    ledger.close(test -> verdict(ending, test, ledger));
    if (!together.tests().isEmpty()) {
      return Verdicts.overall(ledger.results());
    }
    return switch (ending) {
      case JobEnding.Done() -> new Passed(0);
      case JobEnding.Exited(int status) when status == 0 -> new Passed(0);
      default -> verdict(ending, Optional.empty(), ledger);
    };
  }

  private Verdict exchanges(Plan.Exchanges exchanges) {
    TestLedger ledger =
        new TestLedger(
            exchanges.tests(),
            exchanges.tests().stream().map(test -> "standard output").toList(),
            listener);
    for (int index = 0; index < exchanges.exchanges().size(); index++) {
      ledger.began(index + 1);
      if (!exchange(exchanges.exchanges().get(index), exchanges.task(), ledger)) {
        break;
      }
    }
    ledger.close(test -> new TimedOut(limits.wallClock(), test, ledger.passed()));
    return Verdicts.overall(ledger.results());
  }

  /** Says whether there is time for more. */
  private boolean exchange(Exchange exchange, Task task, TestLedger ledger) {
    int characters =
        Math.max(limits.outputCharacters(), exchange.output().length() + BESIDES_EXPECTED);
    Job job = job(List.of(), exchange.input(), characters, recording(), 0, task);
    long start = System.nanoTime();
    StringBuilder text = new StringBuilder();
    JobEnding ending;
    int attempt = 0;
    do {
      text.setLength(0);
      GuestOutput capture = new GuestOutput();
      capture.open(characters, text::append);
      ending = run(job, new LedgerObserver(ledger, capture));
      capture.finish();
      attempt++;
    } while (isWorthAnother(ending, attempt));
    Duration elapsed = Duration.ofNanos(System.nanoTime() - start);
    boolean ended =
        ending instanceof JobEnding.Done
            || (ending instanceof JobEnding.Exited(int status) && status == 0);
    if (ended) {
      ledger.ended(elapsed, OutputComparison.compare(text.toString(), exchange.output()));
      return true;
    }
    Verdict verdict = verdict(ending, ledger.current(), ledger);
    ledger.ended(verdict, elapsed);
    return !(ending instanceof JobEnding.Late);
  }

  private Job job(
      List<ClassFileBytes> testClasses,
      String input,
      int outputCharacters,
      Recording recording,
      int tracedTest,
      Task task) {
    return new Job(
        instrumentation.instrumented(recording),
        testClasses,
        input.getBytes(StandardCharsets.UTF_8),
        outputCharacters * BYTES_PER_CHARACTER,
        recording,
        tracedTest,
        task);
  }

  private Verdict verdict(JobEnding ending, Optional<Test> test, TestLedger ledger) {
    int passed = ledger.passed();
    return switch (ending) {
      case JobEnding.Done() ->
          new Crashed(
              "IllegalStateException",
              "the tests ended before this one",
              Optional.empty(),
              test,
              passed);
      case JobEnding.Exited(int status) ->
          new Crashed("SystemExit", Integer.toString(status), Optional.empty(), test, passed);
      case JobEnding.Uncaught(var problem) ->
          problem.outOfMemory()
              ? new OutOfMemory(limits.heapMebibytes(), test)
              : ledger.crashed(problem, test);
      case JobEnding.Late() -> new TimedOut(limits.wallClock(), test, passed);
      case JobEnding.Exhausted() -> new OutOfMemory(limits.heapMebibytes(), test);
      case JobEnding.Lost(String diagnostics) ->
          new Crashed("SystemError", diagnostics, Optional.empty(), test, passed);
      case JobEnding.Broken(String diagnostics) ->
          new Crashed("SystemError", diagnostics, Optional.empty(), test, passed);
    };
  }

  /** Writes what happens into a ledger. */
  private final class LedgerObserver implements JobSupervision.Observer {
    private final TestLedger ledger;
    private final GuestOutput capture;

    /** {@code capture} gets the standard output, besides the listener. */
    LedgerObserver(TestLedger ledger, GuestOutput capture) {
      this.ledger = ledger;
      this.capture = capture;
    }

    @Override
    public void printed(boolean toStandardError, byte[] bytes) {
      GuestOutput stream = toStandardError ? err : out;
      stream.write(bytes, 0, bytes.length);
      if (!toStandardError && capture != out) {
        capture.write(bytes, 0, bytes.length);
      }
    }

    @Override
    public void testBegan(int test) {
      if (test <= plan.tests().size() && plan instanceof Plan.InOneProcess) {
        ledger.began(test);
      }
    }

    @Override
    public void testFailing(int test) {
      ledger.failing();
    }

    @Override
    public void testDone(int test, Duration elapsed, Outcome outcome) {
      if (outcome instanceof Event.Threw(var problem) && problem.outOfMemory()) {
        ledger.ended(new OutOfMemory(limits.heapMebibytes(), ledger.current()), elapsed);
      } else {
        ledger.ended(elapsed, outcome);
      }
    }

    @Override
    public void covered(int line) {
      covered.add(line);
    }

    @Override
    public void traced(TraceStep step) {}
  }
}
