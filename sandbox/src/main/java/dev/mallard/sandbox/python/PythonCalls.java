package dev.mallard.sandbox.python;

import dev.mallard.sandbox.Execution;
import dev.mallard.sandbox.TestSuite.Call;
import dev.mallard.sandbox.TestSuite.Calls;
import dev.mallard.sandbox.Verdict;
import dev.mallard.sandbox.Verdict.Comparison;
import dev.mallard.sandbox.Verdict.Failed;
import dev.mallard.sandbox.Verdict.Test;
import dev.mallard.sandbox.executor.ExecutionListener;
import dev.mallard.sandbox.executor.Verdicts;
import dev.mallard.sandbox.executor.Watchdog;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.graalvm.polyglot.PolyglotException;
import org.graalvm.polyglot.Value;

/** Runs a program, then calls one function of it for each row of a table. */
final class PythonCalls extends PythonRun {
  private final Calls calls;
  private final List<Row> rows = new ArrayList<>();
  private Optional<Value> program = Optional.empty();

  PythonCalls(
      PythonContext context,
      Execution execution,
      Calls calls,
      Watchdog watchdog,
      ExecutionListener listener) {
    super(context, execution, watchdog, listener);
    this.calls = calls;
  }

  /** A call, with its arguments and its result as Python objects. */
  private record Row(Test test, Call call, List<Value> arguments, Value expected) {}

  /** {@inheritDoc} The arguments are made before any of the program runs. */
  @Override
  Optional<Verdict> parse() {
    for (Call call : calls.calls()) {
      Test test = new Test(rows.size() + 1, PythonSuite.cut(call.source(calls.function())));
      List<Value> arguments =
          call.arguments().stream().map(value -> context().load(value.toString())).toList();
      rows.add(new Row(test, call, arguments, context().load(call.expected().toString())));
    }
    return prepare(() -> program = Optional.of(context().parse(execution().program())));
  }

  @Override
  List<Test> plan() {
    return rows.stream().map(Row::test).toList();
  }

  @Override
  Optional<Verdict> run() {
    context().openOutput(execution().limits().outputCharacters(), listener()::output);
    Optional<Verdict> ending = Optional.empty();
    Optional<Value> function = Optional.empty();
    try {
      program.orElseThrow().executeVoid();
      function = Optional.of(context().find(calls.function()));
    } catch (PolyglotException | IllegalStateException e) {
      ending = Optional.of(thrown(e));
    }
    for (Row row : rows) {
      if (ending.isEmpty()) {
        begin(row.test());
        log().record(row.test(), call(function.orElseThrow(), row), testElapsed());
        ending = isOver() ? Optional.of(timedOut()) : Optional.empty();
      } else {
        log().record(row.test(), Verdicts.onTest(ending.get(), row.test()), Duration.ZERO);
      }
      log().result(row.test().number()).ifPresent(listener()::testEnded);
    }
    return Optional.empty();
  }

  private Verdict call(Value function, Row row) {
    try {
      Value actual = function.execute(row.arguments().toArray());
      if (context().same(actual, row.expected(), calls.tolerance())) {
        return new Verdict.Passed(1);
      }
      String expression = row.call().source(calls.function());
      Optional<Comparison> comparison =
          show(actual)
              .map(shown ->
                  new Comparison(
                      PythonSuite.cut(expression.substring(0, expression.lastIndexOf(" == "))),
                      shown,
                      context().show(row.expected())));
      return new Failed(row.test(), comparison, Optional.empty(), log().passed());
    } catch (PolyglotException | IllegalStateException e) {
      return thrown(e);
    } catch (UnsupportedOperationException e) {
      return new Verdict.Crashed(
          "TypeError",
          "'" + calls.function() + "' is not callable",
          Optional.empty(),
          Optional.of(row.test()),
          log().passed());
    }
  }
}
