package dev.mallard.generator.transcript;

import dev.mallard.sandbox.Coverage;
import dev.mallard.sandbox.DataValue;
import dev.mallard.sandbox.Report;
import dev.mallard.sandbox.TestResult;
import dev.mallard.sandbox.TestSuite;
import dev.mallard.sandbox.Trace;
import dev.mallard.sandbox.Verdict;
import java.math.BigInteger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeSet;
import java.util.function.Supplier;

/** Reports, suites and texts of every kind. */
final class RandomReports {
  /** Text that could break a line, a string, a terminal or an encoding. */
  private static final String[] HOSTILE = {
    "\n",
    "\r\n",
    "\u0000",
    "\u001b[31m",
    "\"",
    "\\",
    "\\u0041",
    "\u2028",
    "\u202e",
    "\ud83e",
    "\udd86",
    "\ud83e\udd86",
    "\u00e9",
    "\ufeff",
    "{\"event\":\"started\"}",
    "```",
    "a",
    " ",
    "\u007f"
  };

  private final Random random;

  RandomReports(Random random) {
    this.random = random;
  }

  String text() {
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(5); i > 0; i--) {
      text.append(HOSTILE[random.nextInt(HOSTILE.length)]);
    }
    return text.toString();
  }

  Duration duration() {
    return Duration.ofNanos(random.nextLong(4_000_000_000_000_000L) >> random.nextInt(50));
  }

  <T> Optional<T> optional(Supplier<T> value) {
    return random.nextBoolean() ? Optional.of(value.get()) : Optional.empty();
  }

  <T> List<T> list(Supplier<T> value) {
    List<T> list = new ArrayList<>();
    for (int i = random.nextInt(4); i > 0; i--) {
      list.add(value.get());
    }
    return list;
  }

  Report report() {
    return new Report(
        verdict(),
        text(),
        text(),
        duration(),
        list(() -> new TestResult(test(), verdict(), duration())),
        optional(() -> new Trace(test(), list(this::step))),
        optional(this::coverage));
  }

  private Verdict verdict() {
    return switch (random.nextInt(6)) {
      case 0 -> new Verdict.Passed(number());
      case 1 ->
          new Verdict.Failed(
              test(),
              optional(() -> new Verdict.Comparison(text(), text(), text())),
              optional(this::text),
              number());
      case 2 ->
          new Verdict.Crashed(
              text(), text(), optional(this::number), optional(this::test), number());
      case 3 -> new Verdict.TimedOut(duration(), optional(this::test), number());
      case 4 -> new Verdict.OutOfMemory(number(), optional(this::test));
      default -> new Verdict.Malformed(text(), number(), number());
    };
  }

  private Verdict.Test test() {
    return new Verdict.Test(number(), text());
  }

  private Trace.Step step() {
    return switch (random.nextInt(5)) {
      case 0 -> new Trace.Called(text(), number(), list(this::variable));
      case 1 -> new Trace.Line(number(), list(this::variable), optional(this::number));
      case 2 -> new Trace.Returned(text(), text());
      case 3 -> new Trace.Raised(text(), text());
      default -> new Trace.Omitted(random.nextLong());
    };
  }

  private Trace.Variable variable() {
    return new Trace.Variable(text(), text());
  }

  private Coverage coverage() {
    TreeSet<Integer> executable = new TreeSet<>(list(this::number));
    TreeSet<Integer> covered = new TreeSet<>(executable);
    covered.removeIf(line -> random.nextBoolean());
    return new Coverage(executable, covered);
  }

  TestSuite suite() {
    return switch (random.nextInt(4)) {
      case 0 -> TestSuite.asserts(text());
      case 1 ->
          new TestSuite.Calls(
              text(),
              list(() -> new TestSuite.Call(list(() -> value(3)), value(3))),
              random.nextDouble());
      case 2 -> new TestSuite.StandardIo(list(() -> new TestSuite.Exchange(text(), text())));
      default ->
          new TestSuite.ResultSets(
              list(() -> new TestSuite.ResultSet(text(), expected(), random.nextBoolean())));
    };
  }

  private TestSuite.Expected expected() {
    return random.nextBoolean()
        ? new TestSuite.Expected.Query(text())
        : new TestSuite.Expected.Rows(list(() -> list(() -> value(0))));
  }

  private DataValue value(int depth) {
    return switch (random.nextInt(depth == 0 ? 6 : 8)) {
      case 0 -> new DataValue.Null();
      case 1 -> new DataValue.Bool(random.nextBoolean());
      case 2 -> new DataValue.Whole(new BigInteger(200, random).negate());
      case 3 -> new DataValue.Real(random.nextGaussian() * 1e300);
      case 4 -> new DataValue.Real(random.nextBoolean() ? -0.0 : 3.0);
      case 5 -> new DataValue.Text(text());
      case 6 -> new DataValue.Sequence(list(() -> value(depth - 1)));
      default ->
          new DataValue.Mapping(Map.of("a\n\u202e" + number(), value(depth - 1), "b", value(0)));
    };
  }

  private int number() {
    return random.nextInt(1000);
  }
}
