package dev.mallard.sandbox.javascript;

import dev.mallard.sandbox.DataValue;
import dev.mallard.sandbox.TestSuite.Call;
import dev.mallard.sandbox.TestSuite.Calls;
import dev.mallard.sandbox.Verdict;
import dev.mallard.sandbox.Verdict.Comparison;
import dev.mallard.sandbox.Verdict.Failed;
import dev.mallard.sandbox.Verdict.Passed;
import dev.mallard.sandbox.Verdict.Test;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.graalvm.polyglot.PolyglotException;
import org.graalvm.polyglot.Value;

/** Calls a function of the program, and compares what it returns, from outside of the program. */
final class CallsRun {
  private static final String NAME = "[\\p{L}_$][\\p{L}\\p{N}_$]*(\\.[\\p{L}_$][\\p{L}\\p{N}_$]*)*";

  private final Pass pass;
  private final TestLog log;
  private final Calls calls;
  private final Value program;
  private final DataComparison comparison;

  CallsRun(Pass pass, Calls calls, Value program) {
    this.pass = pass;
    this.log = pass.log();
    this.calls = calls;
    this.program = program;
    this.comparison = new DataComparison(calls.tolerance());
  }

  void run() {
    List<String> sources =
        calls.calls().stream().map(call -> call.source(calls.function())).toList();
    TestLog numbers = new TestLog(pass.listener());
    pass.listener()
        .started(
            java.util.stream.IntStream.range(0, sources.size())
                .mapToObj(index -> new Test(index + 1, numbers.next(sources.get(index)).source()))
                .toList());
    pass.openOutput(new StringBuilder());
    Optional<Verdict> crash = pass.runProgram(program);
    if (crash.isPresent()) {
      log.failed(crash.get());
      log.notRun(sources, crash.get());
      return;
    }
    for (int index = 0; index < sources.size(); index++) {
      Verdict verdict = test(index, sources.get(index));
      if (pass.isOver(verdict)) {
        log.notRun(sources.subList(index + 1, sources.size()), verdict);
        return;
      }
    }
  }

  private Verdict test(int index, String source) {
    Call call = calls.calls().get(index);
    Test test = log.next(source);
    String place = "call " + index;
    log.started(test);
    Duration begun = pass.elapsed();
    Verdict verdict;
    try {
      pass.tracing().begin(place);
      Value result;
      try {
        result = call(call);
      } finally {
        pass.tracing().end(place);
      }
      verdict = compare(call, result, test);
    } catch (PolyglotException | IllegalStateException e) {
      verdict = pass.ending(e, Optional.of(test));
    } catch (Rejected e) {
      verdict = e.verdict;
    }
    log.ended(test, verdict, pass.elapsed().minus(begun), place);
    return verdict;
  }

  private Value call(Call call) throws Rejected {
    Object[] arguments = call.arguments().stream().map(this::argument).toArray();
    Value result = function().execute(arguments);
    Value outcome = pass.context().settle(result);
    if (outcome.getMember("state").asString().equals("pending")) {
      pass.context().runEvents();
    }
    return switch (outcome.getMember("state").asString()) {
      case "rejected" -> throw rejected(outcome.getMember("value"));
      case "pending" ->
          throw new Rejected(
              JavaScriptErrors.crashed(
                  "Error",
                  "it returns a promise that is never settled",
                  Optional.empty(),
                  log.current()));
      default -> outcome.getMember("value");
    };
  }

  private Value argument(DataValue value) {
    return pass.context().parseJson(value.toString());
  }

  private Value function() throws Rejected {
    if (!calls.function().matches(NAME)) {
      throw new Rejected(
          JavaScriptErrors.crashed(
              "ReferenceError",
              calls.function() + " is not defined",
              Optional.empty(),
              log.current()));
    }
    Value function = pass.context().evaluate("(" + calls.function() + ")");
    if (!function.canExecute()) {
      throw new Rejected(
          JavaScriptErrors.crashed(
              "TypeError",
              calls.function() + " is not a function",
              Optional.empty(),
              log.current()));
    }
    return function;
  }

  private Rejected rejected(Value reason) {
    Value description = pass.context().describe(reason);
    return new Rejected(
        JavaScriptErrors.crashed(
            description.getArrayElement(0).asString(),
            description.getArrayElement(1).asString(),
            Optional.empty(),
            log.current()));
  }

  private Verdict compare(Call call, Value result, Test test) {
    if (comparison.matches(result, call.expected())) {
      return new Passed(1);
    }
    String expression =
        call.arguments().stream()
            .map(Object::toString)
            .collect(Collectors.joining(", ", calls.function() + "(", ")"));
    return new Failed(
        test,
        Optional.of(
            new Comparison(
                JavaScriptErrors.cut(expression),
                pass.context().show(result),
                JavaScriptErrors.cut(call.expected().toString()))),
        Optional.empty(),
        0);
  }

  /** The call has gone wrong in a way that is no exception of the engine's. */
  private static final class Rejected extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient Verdict verdict;

    private Rejected(Verdict verdict) {
      this.verdict = verdict;
    }
  }
}
