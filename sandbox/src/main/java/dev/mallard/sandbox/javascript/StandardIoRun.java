package dev.mallard.sandbox.javascript;

import dev.mallard.sandbox.TestSuite.Exchange;
import dev.mallard.sandbox.TestSuite.StandardIo;
import dev.mallard.sandbox.Verdict;
import dev.mallard.sandbox.Verdict.Comparison;
import dev.mallard.sandbox.Verdict.Failed;
import dev.mallard.sandbox.Verdict.Passed;
import dev.mallard.sandbox.Verdict.Test;
import dev.mallard.sandbox.executor.PrintedText;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.graalvm.polyglot.PolyglotException;
import org.graalvm.polyglot.Value;

/** Runs the program once for each input, each time from the start, and compares its output. */
final class StandardIoRun {
  private final Pass pass;
  private final TestLog log;
  private final List<Exchange> exchanges;
  private final Value firstProgram;

  StandardIoRun(Pass pass, StandardIo exchanges, Value program) {
    this.pass = pass;
    this.log = pass.log();
    this.exchanges = exchanges.exchanges();
    this.firstProgram = program;
  }

  void run() {
    List<String> sources = exchanges.stream().map(Exchange::source).toList();
    pass.listener()
        .started(
            IntStream.range(0, sources.size())
                .mapToObj(index -> new Test(index + 1, log.next(sources.get(index)).source()))
                .toList());
    for (int index = 0; index < exchanges.size(); index++) {
      Verdict verdict = test(index, sources.get(index));
      if (pass.expired() || verdict instanceof Verdict.OutOfMemory) {
        log.notRun(sources.subList(index + 1, sources.size()), verdict);
        return;
      }
    }
  }

  private Verdict test(int index, String source) {
    Test test = log.next(source);
    String place = "exchange " + index;
    log.started(test);
    Duration begun = pass.elapsed();
    Verdict verdict = verdict(index, test, place);
    pass.context().finishOutput();
    log.ended(test, verdict, pass.elapsed().minus(begun), place);
    return verdict;
  }

  private Verdict verdict(int index, Test test, String place) {
    StringBuilder output = new StringBuilder();
    try {
      Value program = firstProgram;
      if (index > 0) {
        pass.renewContext();
        program = pass.parse();
      }
      pass.context().giveInput(exchanges.get(index).input());
      pass.openOutput(output);
      pass.tracing().begin(place);
      try {
        program.executeVoid();
        pass.context().runEvents();
      } finally {
        pass.tracing().end(place);
      }
    } catch (PolyglotException | IllegalStateException e) {
      boolean ended = pass.context().exitStatus().equals(Optional.of(0)) && !pass.expired();
      if (!ended) {
        return pass.ending(e, Optional.of(test));
      }
    }
    pass.context().finishOutput();
    String expected = exchanges.get(index).output();
    if (PrintedText.same(output.toString(), expected)) {
      return new Passed(1);
    }
    return new Failed(
        test,
        Optional.of(
            new Comparison(
                "standard output",
                JavaScriptErrors.cut(output.toString().stripTrailing()),
                JavaScriptErrors.cut(expected.stripTrailing()))),
        Optional.empty(),
        0);
  }
}
