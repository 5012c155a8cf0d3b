package dev.mallard.sandbox.python;

import dev.mallard.sandbox.Execution;
import dev.mallard.sandbox.TestSuite.Exchange;
import dev.mallard.sandbox.TestSuite.StandardIo;
import dev.mallard.sandbox.Verdict;
import dev.mallard.sandbox.Verdict.Passed;
import dev.mallard.sandbox.Verdict.Test;
import dev.mallard.sandbox.executor.ExchangeOutput;
import dev.mallard.sandbox.executor.ExecutionListener;
import dev.mallard.sandbox.executor.Verdicts;
import dev.mallard.sandbox.executor.Watchdog;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.graalvm.polyglot.PolyglotException;

/** Runs a whole program once for each exchange, in a fresh context, and compares what it writes. */
final class PythonStandardIo extends PythonRun {
  private final List<Exchange> exchanges;
  private final List<Test> tests;
  private final Supplier<PythonContext> contexts;

  PythonStandardIo(
      Supplier<PythonContext> contexts,
      Execution execution,
      StandardIo suite,
      Watchdog watchdog,
      ExecutionListener listener) {
    super(contexts.get(), execution, watchdog, listener);
    this.contexts = contexts;
    exchanges = suite.exchanges();
    tests = ExchangeOutput.tests(exchanges);
  }

  @Override
  Optional<Verdict> parse() {
    return prepare(() -> context().parse(execution().program()));
  }

  @Override
  List<Test> plan() {
    return tests;
  }

  @Override
  Optional<Verdict> run() {
    ExchangeOutput output = new ExchangeOutput(execution().limits(), listener());
    for (Test test : tests) {
      if (isOver()) {
        log().record(test, Verdicts.onTest(timedOut(), test), Duration.ZERO);
      } else {
        Exchange exchange = exchanges.get(test.number() - 1);
        if (test.number() > 1) {
          context().close();
          enter(contexts.get());
        }
        begin(test);
        log().record(test, run(test, exchange, output), testElapsed());
      }
      log().result(test.number()).ifPresent(listener()::testEnded);
    }
    return Optional.empty();
  }

  private Verdict run(Test test, Exchange exchange, ExchangeOutput output) {
    context().openInput(exchange.input());
    context().openOutput(output.open(exchange), output);
    try {
      context().parse(execution().program()).executeVoid();
    } catch (PolyglotException | IllegalStateException e) {
      if (isOver() || !isPlainExit(e)) {
        return thrown(e);
      }
    }
    context().finishOutput();
    return output.failure(test, exchange, log().passed()).orElseGet(() -> new Passed(1));
  }
}
