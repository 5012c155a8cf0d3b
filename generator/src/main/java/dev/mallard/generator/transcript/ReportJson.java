package dev.mallard.generator.transcript;

import dev.mallard.sandbox.Coverage;
import dev.mallard.sandbox.Report;
import dev.mallard.sandbox.TestResult;
import java.util.TreeSet;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** A report as JSON, and back; {@code docs/command-line.md} documents the fields. */
public final class ReportJson {
  private ReportJson() {}

  /** Adds the fields of a report to an object, and returns it. */
  public static ObjectNode put(ObjectNode node, Report report) {
    VerdictJson.put(node.putObject("verdict"), report.verdict());
    node.put("stdout", report.standardOutput())
        .put("stderr", report.standardError())
        .put("run_seconds", Seconds.of(report.elapsed()));
    ArrayNode tests = node.putArray("tests");
    for (TestResult result : report.tests()) {
      ObjectNode test = tests.addObject();
      VerdictJson.put(test.putObject("verdict"), result.verdict());
      test.put("number", result.test().number())
          .put("source", result.test().source())
          .put("seconds", Seconds.of(result.elapsed()));
    }
    report.trace().ifPresent(trace -> TraceJson.put(node.putObject("trace"), trace));
    report.coverage().ifPresent(coverage -> putCoverage(node.putObject("coverage"), coverage));
    return node;
  }

  private static void putCoverage(ObjectNode node, Coverage coverage) {
    node.put("ratio", coverage.ratio());
    ArrayNode covered = node.putArray("covered");
    coverage.covered().forEach(covered::add);
    ArrayNode missed = node.putArray("missed");
    coverage.missed().forEach(missed::add);
  }

  /** The report in an object; an {@link IllegalArgumentException} if there is none. */
  static Report read(JsonFields fields) {
    return new Report(
        VerdictJson.read(fields.object("verdict")),
        fields.text("stdout"),
        fields.text("stderr"),
        fields.seconds("run_seconds"),
        fields.objects("tests").stream().map(ReportJson::result).toList(),
        fields.optionalObject("trace").map(TraceJson::read),
        fields.optionalObject("coverage").map(ReportJson::coverage));
  }

  private static TestResult result(JsonFields fields) {
    return new TestResult(
        VerdictJson.test(fields),
        VerdictJson.read(fields.object("verdict")),
        fields.seconds("seconds"));
  }

  private static Coverage coverage(JsonFields fields) {
    TreeSet<Integer> covered = new TreeSet<>(fields.integers("covered"));
    TreeSet<Integer> executable = new TreeSet<>(covered);
    executable.addAll(fields.integers("missed"));
    return new Coverage(executable, covered);
  }
}
