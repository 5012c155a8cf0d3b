package dev.mallard.benchmarks.evaluation;

import dev.mallard.generator.problem.Language;
import dev.mallard.generator.problem.Problem;
import dev.mallard.sandbox.TestSuite;
import dev.mallard.sandbox.Verdict;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** A problem with a right program and wrong ones, whose verdicts are known without running them. */
record SampleProblem(
    String title,
    String statement,
    String signature,
    List<String> visible,
    List<String> hidden,
    String right,
    List<Wrong> wrong) {

  /**
   * A program that is not right.
   *
   * @param verdict a label of {@link TaskVerdict}, or {@code false-positive}
   * @param test the test that does not hold; empty if it gets to none
   * @param detail what the test's left side is, or what an error says
   */
  record Wrong(String verdict, String test, String detail, String program) {}

  static List<SampleProblem> all() {
    try (InputStream in =
        Objects.requireNonNull(SampleProblem.class.getResourceAsStream("sample-problems.json"))) {
      return List.of(RunJson.MAPPER.readValue(in.readAllBytes(), SampleProblem[].class));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Problem problem() {
    return new Problem(
        title,
        statement,
        Optional.of(signature),
        Language.PYTHON,
        TestSuite.asserts(String.join("\n", visible)),
        TestSuite.asserts(String.join("\n", hidden)));
  }

  /** What the visible tests say; a program that is none of the wrong ones is right. */
  Verdict visibleVerdict(String program) {
    return wrong(program)
        .filter(one -> !one.verdict().equals("false-positive"))
        .map(this::verdict)
        .orElse(new Verdict.Passed(visible.size()));
  }

  /** What the hidden tests say. */
  Verdict hiddenVerdict(String program) {
    return wrong(program).map(this::verdict).orElse(new Verdict.Passed(hidden.size()));
  }

  private Optional<Wrong> wrong(String program) {
    return wrong.stream().filter(one -> one.program().equals(program)).findFirst();
  }

  private Verdict verdict(Wrong program) {
    List<String> tests = visible.contains(program.test()) ? visible : hidden;
    Verdict.Test test = new Verdict.Test(tests.indexOf(program.test()) + 1, program.test());
    int before = Math.max(0, test.number() - 1);
    return switch (program.verdict()) {
      case "failed", "false-positive" -> {
        String[] sides = program.test().substring("assert ".length()).split(" == ", 2);
        yield new Verdict.Failed(
            test,
            Optional.of(new Verdict.Comparison(sides[0], program.detail(), sides[1])),
            Optional.empty(),
            before);
      }
      case "crashed" -> {
        String[] error = program.detail().split(": ", 2);
        yield new Verdict.Crashed(error[0], error[1], Optional.of(5), Optional.of(test), before);
      }
      case "timed-out" -> new Verdict.TimedOut(Duration.ofSeconds(10), Optional.of(test), before);
      case "out-of-memory" -> new Verdict.OutOfMemory(512, Optional.of(test));
      default -> new Verdict.Malformed(program.detail(), 3, 33);
    };
  }
}
