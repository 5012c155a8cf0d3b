package dev.mallard.lsp.work;

import dev.mallard.lsp.document.TextDocument;
import dev.mallard.lsp.source.Span;
import dev.mallard.sandbox.Execution;
import dev.mallard.sandbox.GuestLanguage;
import dev.mallard.sandbox.Report;
import dev.mallard.sandbox.Sandbox;
import dev.mallard.sandbox.TestResult;
import dev.mallard.sandbox.Verdict;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.lsp4j.DiagnosticSeverity;

/** Runs the tests of a document and shows which do not pass, and why. */
public final class TestRun {
  private final Services services;

  /**
   * What came of it.
   *
   * @param passed tests that hold
   * @param failed tests that do not
   */
  public record Result(int passed, int failed) {}

  public TestRun(Services services) {
    this.services = services;
  }

  /**
   * Runs all tests of a document.
   *
   * @return empty if there are none
   * @throws dev.mallard.generator.UserException if the document is not open, or its tests do not
   *     parse
   * @throws InterruptedException if the calling thread is interrupted
   */
  public Optional<Result> run(String uri) throws InterruptedException {
    Analysis analysis = services.analysis(uri);
    TestPlan plan = services.tests().of(analysis).all();
    if (plan.isEmpty()) {
      services.diagnostics().post(uri, Map.of());
      return Optional.empty();
    }
    Sandbox sandbox = services.sandbox().get();
    Optional<Verdict.Malformed> wrong = sandbox.check(analysis.guest(), plan.suite());
    if (wrong.isPresent()) {
      services
          .diagnostics()
          .post(
              uri,
              Map.of(
                  plan.places().getFirst().document(),
                  List.of(
                      error(
                          plan.places().getFirst().span(),
                          "The tests do not parse: " + wrong.get().message()))));
      return Optional.of(new Result(0, plan.places().size()));
    }
    Map<TextDocument, List<DiagnosticsBoard.Remark>> remarks = new LinkedHashMap<>();
    int passed = 0;
    Report whole = run(analysis, plan);
    if (isSpoilt(analysis, whole)) {
      for (TestPlan part : plan.parts()) {
        passed += note(remarks, analysis, part, run(analysis, part));
      }
    } else {
      passed = note(remarks, analysis, plan, whole);
    }
    services.diagnostics().post(uri, remarks);
    return Optional.of(new Result(passed, Math.max(0, plan.places().size() - passed)));
  }

  private Report run(Analysis analysis, TestPlan plan) throws InterruptedException {
    return services
        .sandbox()
        .get()
        .run(
            new Execution(
                analysis.guest(), analysis.program(), plan.suite(), services.loop().limits()));
  }

  /** Whether one test may have kept all others from being compiled. */
  private static boolean isSpoilt(Analysis analysis, Report report) {
    return analysis.guest() == GuestLanguage.JAVA
        && report.verdict() instanceof Verdict.Crashed crashed
        && crashed.type().equals("CompileError");
  }

  /** Adds what is wrong; how many tests pass comes back. */
  private static int note(
      Map<TextDocument, List<DiagnosticsBoard.Remark>> remarks,
      Analysis analysis,
      TestPlan plan,
      Report report) {
    for (TestResult result : report.tests()) {
      int number = result.test().number();
      if (!result.passed() && number <= plan.places().size()) {
        TestPlan.Place place = plan.places().get(number - 1);
        add(remarks, place.document(), error(place.span(), Verdicts.reason(result.verdict())));
        crash(analysis, result.verdict())
            .filter(
                remark -> !remarks.getOrDefault(analysis.document(), List.of()).contains(remark))
            .ifPresent(remark -> add(remarks, analysis.document(), remark));
      }
    }
    DiagnosticsBoard.Remark ofProgram = ofProgram(analysis, report.verdict());
    if (report.tests().isEmpty()
        && !report.verdict().passed()
        && !remarks.getOrDefault(analysis.document(), List.of()).contains(ofProgram)) {
      add(remarks, analysis.document(), ofProgram);
    }
    return (int) report.tests().stream().filter(TestResult::passed).count();
  }

  private static void add(
      Map<TextDocument, List<DiagnosticsBoard.Remark>> remarks,
      TextDocument document,
      DiagnosticsBoard.Remark remark) {
    remarks.computeIfAbsent(document, one -> new ArrayList<>()).add(remark);
  }

  /** Where in the program a test made it crash. */
  private static Optional<DiagnosticsBoard.Remark> crash(Analysis analysis, Verdict verdict) {
    return verdict instanceof Verdict.Crashed crashed
        ? crashed
            .line()
            .filter(line -> line <= analysis.document().lineCount())
            .map(line ->
                new DiagnosticsBoard.Remark(
                    analysis.document().lineContent(line - 1),
                    DiagnosticSeverity.Warning,
                    "A test makes this raise " + Verdicts.reason(crashed)))
        : Optional.empty();
  }

  /** What is wrong with a program that did not get as far as its tests. */
  private static DiagnosticsBoard.Remark ofProgram(Analysis analysis, Verdict verdict) {
    int line =
        switch (verdict) {
          case Verdict.Malformed malformed -> malformed.line();
          case Verdict.Crashed crashed -> crashed.line().orElse(1);
          default -> 1;
        };
    return error(
        analysis.document().lineContent(line - 1),
        "The tests cannot run: " + Verdicts.reason(verdict));
  }

  private static DiagnosticsBoard.Remark error(Span span, String message) {
    return new DiagnosticsBoard.Remark(span, DiagnosticSeverity.Error, message);
  }
}
