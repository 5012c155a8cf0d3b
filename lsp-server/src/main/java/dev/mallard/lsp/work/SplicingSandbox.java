package dev.mallard.lsp.work;

import dev.mallard.lsp.splice.Spliced;
import dev.mallard.lsp.splice.Splicer;
import dev.mallard.sandbox.Execution;
import dev.mallard.sandbox.ProgramLanguage;
import dev.mallard.sandbox.Report;
import dev.mallard.sandbox.Sandbox;
import dev.mallard.sandbox.TestSuite;
import dev.mallard.sandbox.Trace;
import dev.mallard.sandbox.Verdict;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Runs what a model writes where it will stand: within the file that it is for. Lines in reports
 * are those of the model's program.
 */
final class SplicingSandbox implements Sandbox {
  private final Sandbox sandbox;
  private final Splicer splicer;

  /**
   * Wraps a sandbox, which is not closed here.
   *
   * @param splicer puts a program into the file
   */
  SplicingSandbox(Sandbox sandbox, Splicer splicer) {
    this.sandbox = sandbox;
    this.splicer = splicer;
  }

  @Override
  public Report run(Execution execution) throws InterruptedException {
    Optional<Spliced> spliced = splicer.splice(execution.program());
    if (spliced.isEmpty()) {
      return sandbox.run(execution);
    }
    Report report =
        sandbox.run(
            new Execution(
                execution.language(),
                spliced.get().text(),
                execution.tests(),
                execution.limits(),
                execution.observations()));
    return mapped(report, spliced.get().lines());
  }

  private static Report mapped(Report report, Map<Integer, Integer> lines) {
    return new Report(
        mapped(report.verdict(), lines),
        report.standardOutput(),
        report.standardError(),
        report.elapsed(),
        report.tests(),
        report.trace().map(trace -> mapped(trace, lines)),
        Optional.empty());
  }

  private static Verdict mapped(Verdict verdict, Map<Integer, Integer> lines) {
    return switch (verdict) {
      case Verdict.Crashed(var type, var message, var line, var test, var passed) ->
          new Verdict.Crashed(
              type, message, line.flatMap(at -> Optional.ofNullable(lines.get(at))), test, passed);
      case Verdict.Malformed(var message, var line, var column) ->
          new Verdict.Malformed(message, lines.getOrDefault(line, 1), column);
      default -> verdict;
    };
  }

  /** Steps in the file's other lines are left out: the model has not written them. */
  private static Trace mapped(Trace trace, Map<Integer, Integer> lines) {
    List<Trace.Step> steps =
        trace.steps().stream().flatMap(step -> mapped(step, lines).stream()).toList();
    return new Trace(trace.test(), steps);
  }

  private static Optional<Trace.Step> mapped(Trace.Step step, Map<Integer, Integer> lines) {
    return switch (step) {
      case Trace.Called(var function, var line, var arguments) ->
          Optional.ofNullable(lines.get(line)).map(at -> new Trace.Called(function, at, arguments));
      case Trace.Line(var line, var changes, var branch) ->
          Optional.ofNullable(lines.get(line))
              .map(at ->
                  new Trace.Line(
                      at, changes, branch.flatMap(to -> Optional.ofNullable(lines.get(to)))));
      default -> Optional.of(step);
    };
  }

  @Override
  public Optional<Verdict.Malformed> check(ProgramLanguage language, TestSuite tests)
      throws InterruptedException {
    return sandbox.check(language, tests);
  }

  @Override
  public void close() {}
}
