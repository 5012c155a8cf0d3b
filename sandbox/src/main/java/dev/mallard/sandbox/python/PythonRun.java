package dev.mallard.sandbox.python;

import dev.mallard.sandbox.Message.Finished;
import dev.mallard.sandbox.Message.Run;
import dev.mallard.sandbox.Message.Started;
import dev.mallard.sandbox.Message.TestStarted;
import dev.mallard.sandbox.PythonContext.Raised;
import dev.mallard.sandbox.PythonSuite.Assertion;
import dev.mallard.sandbox.PythonSuite.Fragment;
import dev.mallard.sandbox.PythonSuite.Statement;
import dev.mallard.sandbox.Verdict.Comparison;
import dev.mallard.sandbox.Verdict.Crashed;
import dev.mallard.sandbox.Verdict.Failed;
import dev.mallard.sandbox.Verdict.Passed;
import dev.mallard.sandbox.Verdict.Test;
import dev.mallard.sandbox.Verdict.TimedOut;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import org.graalvm.polyglot.PolyglotException;
import org.graalvm.polyglot.Value;

/**
 * One program and its tests, in a context of their own.
 *
 * <p>The tests are evaluated piece by piece from here, and whether a piece holds comes back as a
 * value: nothing that the program prints or defines takes part in the verdict.
 */
final class PythonRun {
  /** The longest source text of a test that a verdict quotes, in characters. */
  private static final int LONGEST_TEST = 4000;

  private final PythonContext context;
  private final Run request;
  private final PythonSuite suite;
  private final Watchdog watchdog;
  private final Consumer<Message> sink;
  private final Runnable giveUp;

  // Read by the watchdog's thread when it gives up.
  private volatile Optional<Test> current = Optional.empty();
  private volatile int testsPassed;
  private volatile long start = System.nanoTime();

  /**
   * Prepares a run.
   *
   * @param sink takes what happens before the end
   * @param giveUp called with the last word on a program that cannot be stopped; does not return
   */
  PythonRun(
      PythonContext context,
      Run request,
      PythonSuite suite,
      Watchdog watchdog,
      Consumer<Message> sink,
      Consumer<Finished> giveUp) {
    this.context = context;
    this.request = request;
    this.suite = suite;
    this.watchdog = watchdog;
    this.sink = sink;
    this.giveUp = () -> giveUp.accept(finished(timedOut()));
  }

  Finished execute() {
    Value program;
    try (var watch = watchdog.watch(request.limits().wallClock(), context::cancel, giveUp)) {
      try {
        program = context.parse(request.program());
      } catch (PolyglotException e) {
        return finished(watch.expired() ? timedOut() : PythonErrors.whileParsing(e));
      }
    }
    sink.accept(new Started());
    context.openOutput(request.limits().outputCharacters(), sink);
    start = System.nanoTime();
    try (var watch = watchdog.watch(request.limits().wallClock(), context::cancel, giveUp)) {
      try {
        return finished(verdict(program));
      } catch (PolyglotException | IllegalStateException e) {
        return finished(watch.expired() ? timedOut() : crashed(e));
      }
    } finally {
      context.finishOutput();
    }
  }

  private Verdict verdict(Value program) {
    try {
      program.executeVoid();
    } catch (PolyglotException e) {
      if (suite.statements().isEmpty() && e.isExit() && e.getExitStatus() == 0) {
        return new Passed(0); // The program has ended as it wanted to.
      }
      throw e;
    }
    for (Statement statement : suite.statements()) {
      Test test = test(statement.text().text());
      current = Optional.of(test);
      sink.accept(new TestStarted(test));
      Optional<Verdict> failure = failure(statement);
      if (failure.isPresent()) {
        return failure.get();
      }
      if (statement.isTest()) {
        testsPassed = test.number();
      }
    }
    return new Passed(testsPassed);
  }

  private Optional<Verdict> failure(Statement statement) {
    switch (statement.operands().size()) {
      case 0 -> context.evaluate(statement.text().inPlace());
      case 1 -> {
        Fragment condition = statement.operands().getFirst();
        if (!context.holds(context.evaluate(condition.inPlaceAsTuple()))) {
          return Optional.of(failed(Optional.empty(), message(statement)));
        }
      }
      default -> {
        Fragment expression = statement.operands().getFirst();
        Value actual = context.evaluate(expression.inPlaceAsTuple());
        Value expected = context.evaluate(statement.operands().getLast().inPlaceAsTuple());
        if (!context.equal(actual, expected)) {
          Optional<String> message = message(statement);
          return Optional.of(failed(compare(expression, actual, expected), message));
        }
      }
    }
    return Optional.empty();
  }

  private Optional<String> message(Statement statement) {
    return statement
        .message()
        .map(fragment -> context.text(context.evaluate(fragment.inPlaceAsTuple())));
  }

  private Optional<Comparison> compare(Fragment expression, Value actual, Value expected) {
    try {
      return Optional.of(
          new Comparison(cut(expression.text()), context.show(actual), context.show(expected)));
    } catch (PolyglotException e) {
      // A __repr__ that ends the process or runs out of time: that the test failed is known.
      return Optional.empty();
    }
  }

  private Failed failed(Optional<Comparison> comparison, Optional<String> message) {
    return new Failed(current.orElseThrow(), comparison, message, testsPassed);
  }

  private Verdict crashed(RuntimeException thrown) {
    if (!(thrown instanceof PolyglotException e)) {
      return PythonErrors.broken(thrown, current, testsPassed);
    }
    Optional<Raised> raised = PythonErrors.raised(e, context);
    if (raised.isEmpty()) {
      return PythonErrors.withoutException(e, current, testsPassed);
    }
    String type = raised.get().type();
    String message = raised.get().message();
    Optional<Integer> testsLine = raised.get().testsLine();
    if (type.equals("AssertionError") && testsLine.isPresent() && current.isPresent()) {
      current =
          Optional.of(
              suite
                  .innerAssertionAt(testsLine.get())
                  .map(Assertion::text)
                  .map(this::test)
                  .orElseGet(current::get));
      return failed(Optional.empty(), Optional.of(message).filter(text -> !text.isEmpty()));
    }
    if (PythonErrors.isOutOfMemory(raised.get())) {
      return new Verdict.OutOfMemory(request.limits().heapMebibytes(), current);
    }
    return new Crashed(type, message, raised.get().line(), current, testsPassed);
  }

  private Test test(String source) {
    return new Test(testsPassed + 1, cut(source));
  }

  private static String cut(String source) {
    return source.length() <= LONGEST_TEST ? source : source.substring(0, LONGEST_TEST) + " ...";
  }

  private TimedOut timedOut() {
    return new TimedOut(request.limits().wallClock(), current, testsPassed);
  }

  private Finished finished(Verdict verdict) {
    return new Finished(verdict, Duration.ofNanos(System.nanoTime() - start));
  }
}
