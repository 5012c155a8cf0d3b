package dev.mallard.cli;

import dev.mallard.sandbox.Coverage;
import dev.mallard.sandbox.Report;
import dev.mallard.sandbox.TestResult;
import dev.mallard.sandbox.Trace;
import dev.mallard.sandbox.Verdict;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** A report as JSON; {@code docs/command-line.md} documents the fields. */
final class ReportJson {
  private ReportJson() {}

  /** Adds the fields of a report to an object. */
  static ObjectNode put(ObjectNode node, Report report) {
    verdict(node.putObject("verdict"), report.verdict());
    node.put("stdout", report.standardOutput())
        .put("stderr", report.standardError())
        .put("run_seconds", seconds(report.elapsed()));
    ArrayNode tests = node.putArray("tests");
    for (TestResult result : report.tests()) {
      ObjectNode test = tests.addObject();
      verdict(test.putObject("verdict"), result.verdict());
      test.put("number", result.test().number())
          .put("source", result.test().source())
          .put("seconds", seconds(result.elapsed()));
    }
    report.trace().ifPresent(trace -> trace(node.putObject("trace"), trace));
    report.coverage().ifPresent(coverage -> coverage(node.putObject("coverage"), coverage));
    return node;
  }

  private static void coverage(ObjectNode node, Coverage coverage) {
    node.put("ratio", coverage.ratio());
    ArrayNode covered = node.putArray("covered");
    coverage.covered().forEach(covered::add);
    ArrayNode missed = node.putArray("missed");
    coverage.missed().forEach(missed::add);
  }

  private static void trace(ObjectNode node, Trace trace) {
    test(node, Optional.of(trace.test()));
    ArrayNode steps = node.putArray("steps");
    trace.steps().forEach(step -> step(steps.addObject(), step));
  }

  private static void step(ObjectNode node, Trace.Step step) {
    switch (step) {
      case Trace.Called(var function, var line, var arguments) -> {
        node.put("kind", "called").put("function", function).put("line", line);
        variables(node.putObject("arguments"), arguments);
      }
      case Trace.Line(var line, var changes, var branch) -> {
        node.put("kind", "line").put("line", line);
        variables(node.putObject("changes"), changes);
        branch.ifPresent(next -> node.put("branch", next));
      }
      case Trace.Returned(var function, var value) ->
          node.put("kind", "returned").put("function", function).put("value", value);
      case Trace.Raised(var function, var exception) ->
          node.put("kind", "raised").put("function", function).put("exception", exception);
      case Trace.Omitted(var count) -> node.put("kind", "omitted").put("steps", count);
    }
  }

  private static void variables(ObjectNode node, List<Trace.Variable> variables) {
    variables.forEach(variable -> node.put(variable.name(), variable.value()));
  }

  private static ObjectNode verdict(ObjectNode node, Verdict verdict) {
    switch (verdict) {
      case Verdict.Passed passed -> node.put("kind", "passed").put("tests", passed.tests());
      case Verdict.Failed failed -> {
        node.put("kind", "failed").put("tests_passed", failed.testsPassed());
        test(node, Optional.of(failed.test()));
        failed
            .comparison()
            .ifPresent(sides ->
                node.putObject("comparison")
                    .put("expression", sides.expression())
                    .put("actual", sides.actual())
                    .put("expected", sides.expected()));
        failed.message().ifPresent(message -> node.put("message", message));
      }
      case Verdict.Crashed crashed -> {
        node.put("kind", "crashed")
            .put("tests_passed", crashed.testsPassed())
            .put("type", crashed.type())
            .put("message", crashed.message());
        crashed.line().ifPresent(line -> node.put("line", line));
        test(node, crashed.test());
      }
      case Verdict.TimedOut timedOut -> {
        node.put("kind", "timed_out")
            .put("tests_passed", timedOut.testsPassed())
            .put("limit_seconds", seconds(timedOut.limit()));
        test(node, timedOut.test());
      }
      case Verdict.OutOfMemory outOfMemory -> {
        node.put("kind", "out_of_memory").put("limit_mebibytes", outOfMemory.limitMebibytes());
        test(node, outOfMemory.test());
      }
      case Verdict.Malformed malformed ->
          node.put("kind", "malformed")
              .put("message", malformed.message())
              .put("line", malformed.line())
              .put("column", malformed.column());
    }
    return node;
  }

  private static void test(ObjectNode node, Optional<Verdict.Test> test) {
    test.ifPresent(t -> node.putObject("test").put("number", t.number()).put("source", t.source()));
  }

  private static double seconds(Duration duration) {
    return duration.toMillis() / 1000.0;
  }
}
