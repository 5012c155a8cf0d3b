package dev.mallard.sandbox.python;

import dev.mallard.sandbox.Execution;
import dev.mallard.sandbox.Verdict;
import dev.mallard.sandbox.Verdict.Comparison;
import dev.mallard.sandbox.Verdict.Failed;
import dev.mallard.sandbox.Verdict.Passed;
import dev.mallard.sandbox.Verdict.Test;
import dev.mallard.sandbox.executor.ExecutionListener;
import dev.mallard.sandbox.executor.Verdicts;
import dev.mallard.sandbox.executor.Watchdog;
import dev.mallard.sandbox.python.PythonContext.Raised;
import dev.mallard.sandbox.python.PythonSuite.Assertion;
import dev.mallard.sandbox.python.PythonSuite.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.graalvm.polyglot.PolyglotException;
import org.graalvm.polyglot.Value;
import org.graalvm.polyglot.proxy.ProxyExecutable;

/** Runs a program, then the statements of its tests, one after the other. */
final class PythonAsserts extends PythonRun {
  private final String tests;
  private PythonSuite suite = PythonSuite.EMPTY;
  private Optional<Value> program = Optional.empty();

  PythonAsserts(
      PythonContext context,
      Execution execution,
      String tests,
      Watchdog watchdog,
      ExecutionListener listener) {
    super(context, execution, watchdog, listener);
    this.tests = tests;
  }

  @Override
  Optional<Verdict> parse() {
    if (!tests.isBlank()) {
      ProxyExecutable begin = this::begin;
      ProxyExecutable check = this::check;
      ProxyExecutable explain = this::explain;
      ProxyExecutable compare = this::compare;
      suite = PythonSuite.of(context().splitSuite(tests, begin, check, explain, compare));
    }
    return prepare(() -> program = Optional.of(context().parse(execution().program(), tests)));
  }

  @Override
  List<Test> plan() {
    return suite.tests();
  }

  @Override
  Optional<Verdict> run() {
    context().openOutput(execution().limits().outputCharacters(), listener()::output);
    try {
      program.orElseThrow().executeVoid();
    } catch (PolyglotException | IllegalStateException e) {
      if (suite.statements().isEmpty() && !isOver() && isPlainExit(e)) {
        return Optional.of(new Passed(0));
      }
      return Optional.of(end(thrown(e)));
    }
    for (Statement statement : suite.statements()) {
      Optional<Verdict> ending = run(statement);
      if (ending.isPresent()) {
        return ending.map(this::end);
      }
    }
    return Optional.empty();
  }

  /** Runs a statement; its verdict if nothing can run after it. */
  private Optional<Verdict> run(Statement statement) {
    announce(statement);
    try {
      statement.function().executeVoid();
    } catch (PolyglotException | IllegalStateException e) {
      if (isOver() || !statement.isTest()) {
        return Optional.of(thrown(e));
      }
      blame(statement, failure(e));
      return Optional.empty();
    }
    if (isOver()) {
      return Optional.of(timedOut());
    }
    for (int number : statement.must()) {
      Test test = suite.test(number);
      if (!log().has(number)) {
        Verdict verdict =
            statement.raises()
                ? new Passed(1)
                : new Failed(
                    test,
                    Optional.empty(),
                    Optional.of("the test was not reached"),
                    log().passed());
        log().record(test, verdict, testElapsed());
      }
    }
    statement.numbers().forEach(this::report);
    return Optional.empty();
  }

  /** Says which test the statement, or the set-up, is for, as far as that is known. */
  private void announce(Statement statement) {
    List<Integer> numbers = statement.numbers();
    if (!numbers.isEmpty()) {
      begin(suite.test(numbers.getFirst()));
    } else {
      suite.tests().stream()
          .filter(test -> !log().has(test.number()))
          .findFirst()
          .ifPresent(this::begin);
    }
  }

  /** An exception has ended a statement: its tests that have not run get the verdict. */
  private void blame(Statement statement, Verdict verdict) {
    Duration elapsed = testElapsed();
    List<Integer> waiting =
        statement.numbers().stream().filter(number -> !log().has(number)).toList();
    if (waiting.isEmpty()) {
      Test last = current().orElseGet(() -> suite.test(statement.numbers().getLast()));
      log().record(last, Verdicts.onTest(verdict, last), elapsed);
    }
    for (int number : waiting) {
      boolean ran = current().filter(test -> test.number() == number).isPresent();
      Test test = suite.test(number);
      log().record(test, Verdicts.onTest(verdict, test), ran ? elapsed : Duration.ZERO);
    }
    statement.numbers().forEach(this::report);
  }

  /** Nothing runs any more: all tests that have not run get the verdict. */
  private Verdict end(Verdict verdict) {
    for (Assertion assertion : suite.assertions()) {
      Test test = assertion.test();
      if (!log().has(test.number())) {
        boolean ran = current().filter(test::equals).isPresent();
        log().record(test, verdict, ran ? testElapsed() : Duration.ZERO);
        report(test.number());
      }
    }
    return log().results().stream()
        .filter(result -> !result.passed())
        .findFirst()
        .map(result -> Verdicts.overall(log().results()))
        .orElse(verdict);
  }

  private void report(int number) {
    log().result(number).ifPresent(listener()::testEnded);
  }

  private Verdict failure(RuntimeException thrown) {
    if (thrown instanceof PolyglotException e) {
      Optional<Raised> raised = raised(e);
      if (raised.isPresent()
          && raised.get().type().equals("AssertionError")
          && raised.get().testsLine().isPresent()) {
        Optional<Test> test =
            suite.assertionAt(raised.get().testsLine().get()).map(Assertion::test);
        return new Failed(
            test.or(this::current).orElseThrow(),
            Optional.empty(),
            Optional.of(raised.get().message()).filter(text -> !text.isEmpty()),
            log().passed());
      }
    }
    return thrown(thrown);
  }

  private Object begin(Value... arguments) {
    begin(suite.test(arguments[0].asInt()));
    return true;
  }

  /** An assert, with the values of its operands: records whether it holds. */
  private Object check(Value... arguments) {
    Assertion assertion = suite.assertions().get(arguments[0].asInt() - 1);
    String operator = arguments[1].asString();
    Value left = arguments[2];
    boolean holds =
        arguments.length == 3
            ? context().holds(tests, left)
            : context().holds(tests, operator, left, arguments[3]);
    Duration elapsed = testElapsed();
    if (holds) {
      log().pass(assertion.test(), elapsed);
    } else {
      Optional<Comparison> comparison =
          assertion.left().flatMap(text -> compare(text, left, arguments[3]));
      log()
          .record(
              assertion.test(),
              new Failed(assertion.test(), comparison, Optional.empty(), log().passed()),
              elapsed);
    }
    return holds;
  }

  private Optional<Comparison> compare(String expression, Value left, Value right) {
    Optional<String> actual = show(left);
    Optional<String> expected = show(right);
    // A __repr__ that ends the process or runs out of time: that the test failed is known.
    return actual.isEmpty() || expected.isEmpty()
        ? Optional.empty()
        : Optional.of(new Comparison(PythonSuite.cut(expression), actual.get(), expected.get()));
  }

  /** What a failed assert says after its comma. */
  private Object explain(Value... arguments) {
    Test test = suite.test(arguments[0].asInt());
    String message = context().text(arguments[1]);
    log().explain(test.number(), message);
    return false;
  }

  /** The comparison of an assert that raises by itself. */
  private Object compare(Value... arguments) {
    String operator = arguments[0].asString();
    return arguments.length == 2
        ? context().holds(tests, arguments[1])
        : context().holds(tests, operator, arguments[1], arguments[2]);
  }
}
