package dev.mallard.sandbox.command;

import dev.mallard.sandbox.CommandLanguage;
import dev.mallard.sandbox.Execution;
import dev.mallard.sandbox.Limits;
import dev.mallard.sandbox.Report;
import dev.mallard.sandbox.TestResult;
import dev.mallard.sandbox.TestSuite.Exchange;
import dev.mallard.sandbox.TestSuite.StandardIo;
import dev.mallard.sandbox.Verdict;
import dev.mallard.sandbox.Verdict.Crashed;
import dev.mallard.sandbox.Verdict.Malformed;
import dev.mallard.sandbox.Verdict.OutOfMemory;
import dev.mallard.sandbox.Verdict.Passed;
import dev.mallard.sandbox.Verdict.Test;
import dev.mallard.sandbox.Verdict.TimedOut;
import dev.mallard.sandbox.executor.ExchangeOutput;
import dev.mallard.sandbox.executor.GuestOutput;
import dev.mallard.sandbox.executor.OutputStreamKind;
import dev.mallard.sandbox.executor.Verdicts;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** One program and its exchanges, each a run of the command. */
final class CommandRun {
  private static final Exchange ALONE = new Exchange("", "");

  private final CommandLanguage language;
  private final Limits limits;
  private final List<Exchange> exchanges;
  private final Launcher launcher;
  private final Place place;
  private final PrintedOutput printed = new PrintedOutput();
  private final ExchangeOutput output;
  private final List<TestResult> results = new ArrayList<>();
  private final long start = System.nanoTime();
  private final long deadline;

  CommandRun(CommandLanguage language, Execution execution, Launcher launcher, Place place) {
    this.language = language;
    this.launcher = launcher;
    this.place = place;
    limits = execution.limits();
    exchanges = execution.tests() instanceof StandardIo(List<Exchange> some) ? some : List.of();
    output = new ExchangeOutput(limits, printed);
    deadline = start + limits.wallClock().toNanos();
  }

  Report run() throws InterruptedException {
    Verdict verdict = exchanges.isEmpty() ? alone() : exchanges();
    return new Report(
        verdict,
        printed.text(OutputStreamKind.STANDARD_OUTPUT),
        printed.text(OutputStreamKind.STANDARD_ERROR),
        Duration.ofNanos(System.nanoTime() - start),
        results,
        Optional.empty(),
        Optional.empty());
  }

  private Verdict alone() throws InterruptedException {
    return problem(ALONE, Optional.empty()).orElseGet(() -> new Passed(0));
  }

  private Verdict exchanges() throws InterruptedException {
    List<Test> tests = ExchangeOutput.tests(exchanges);
    for (Test test : tests) {
      long began = System.nanoTime();
      Verdict verdict = verdict(exchanges.get(test.number() - 1), test);
      if (verdict instanceof Malformed) {
        return verdict;
      }
      results.add(new TestResult(test, verdict, Duration.ofNanos(System.nanoTime() - began)));
      if (verdict instanceof TimedOut) {
        break;
      }
    }
    for (Test test : tests.subList(results.size(), tests.size())) {
      Verdict unheard = new TimedOut(limits.wallClock(), Optional.of(test), passed());
      results.add(new TestResult(test, unheard, Duration.ZERO));
    }
    return Verdicts.overall(results);
  }

  private Verdict verdict(Exchange exchange, Test test) throws InterruptedException {
    return problem(exchange, Optional.of(test))
        .or(() -> output.failure(test, exchange, passed()))
        .orElseGet(() -> new Passed(passed() + 1));
  }

  /** Runs the command once; says what went wrong, whatever it has printed. */
  private Optional<Verdict> problem(Exchange exchange, Optional<Test> test)
      throws InterruptedException {
    GuestOutput out = new GuestOutput();
    GuestOutput err = new GuestOutput();
    ErrorOutput complaints = new ErrorOutput(err);
    out.open(
        Math.max(output.open(exchange), limits.outputCharacters()),
        text -> output.accept(OutputStreamKind.STANDARD_OUTPUT, text));
    err.open(
        limits.outputCharacters(), text -> output.accept(OutputStreamKind.STANDARD_ERROR, text));
    List<String> command = CommandArguments.of(language, limits.heapMebibytes());
    CommandProcess.Ending ending;
    try (CommandProcess process =
        new CommandProcess(
            launcher.start(place, limits.heapMebibytes(), command),
            exchange.input(),
            out,
            complaints)) {
      ending = process.await(deadline, limits.heapMebibytes());
    }
    out.finish();
    err.finish();
    return problem(ending, complaints, test);
  }

  private Optional<Verdict> problem(
      CommandProcess.Ending ending, ErrorOutput complaints, Optional<Test> test) {
    return switch (ending) {
      case CommandProcess.Exited(int status) when status == 0 -> Optional.empty();
      case CommandProcess.Exited(int status) -> Optional.of(exit(status, complaints, test));
      case CommandProcess.Late() -> Optional.of(new TimedOut(limits.wallClock(), test, passed()));
      case CommandProcess.Exhausted() -> Optional.of(new OutOfMemory(limits.heapMebibytes(), test));
      case CommandProcess.Crowded() ->
          Optional.of(crashed("too many processes", Optional.empty(), test));
    };
  }

  private Verdict exit(int status, ErrorOutput complaints, Optional<Test> test) {
    ErrorOutput.Complaint complaint = complaints.complaint(language.error());
    String message = complaint.message().isEmpty() ? "exit code " + status : complaint.message();
    if (language.syntaxErrorExit().equals(OptionalInt.of(status))) {
      return new Malformed(message, complaint.line().orElse(1), 1);
    }
    return complaints.tellsOfMemory()
        ? new OutOfMemory(limits.heapMebibytes(), test)
        : crashed(message, complaint.line(), test);
  }

  private Crashed crashed(String message, Optional<Integer> line, Optional<Test> test) {
    return new Crashed("Error", message, line, test, passed());
  }

  private int passed() {
    return Verdicts.passed(results);
  }
}
