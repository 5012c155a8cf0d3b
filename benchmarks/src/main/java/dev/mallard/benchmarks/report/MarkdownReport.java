package dev.mallard.benchmarks.report;

import dev.mallard.benchmarks.evaluation.Cost;
import dev.mallard.benchmarks.evaluation.FigureText;
import dev.mallard.benchmarks.evaluation.Figures;
import dev.mallard.benchmarks.evaluation.PairedComparison;
import dev.mallard.benchmarks.evaluation.RunFolder;
import dev.mallard.benchmarks.evaluation.RunSummary;
import dev.mallard.benchmarks.evaluation.Share;
import dev.mallard.benchmarks.evaluation.TaskVerdict;
import dev.mallard.generator.UserException;
import dev.mallard.generator.prompt.VisibleText;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Function;

/** A run as Markdown for a pull request, with what changed against a baseline if there is one. */
public final class MarkdownReport {
  /** Problems that are listed at most of those that are newly, or no longer, solved. */
  private static final int LISTED = 50;

  private final List<RunSummary> runs;
  private final StringBuilder text = new StringBuilder();

  private MarkdownReport(List<RunSummary> runs) {
    this.runs = runs;
  }

  /**
   * The report as text.
   *
   * @throws UserException if a run has no results yet, or the baseline is of other data
   */
  public static String of(RunFolder run, Optional<RunFolder> baseline) {
    List<RunSummary> runs = new ArrayList<>();
    baseline.map(RunSummary::of).ifPresent(runs::add);
    runs.add(RunSummary.of(run));
    if (!runs.getFirst().config().dataHash().equals(runs.getLast().config().dataHash())) {
      throw new UserException(
          "The baseline in %s is of other data than the run in %s: name one of the same."
              .formatted(baseline.orElseThrow().path(), run.path()));
    }
    return new MarkdownReport(runs).written();
  }

  /** Writes it to a file; what is there is replaced. */
  public static void write(RunFolder run, Optional<RunFolder> baseline, Path file) {
    ReportFile.write(file, of(run, baseline));
  }

  private String written() {
    RunSummary run = runs.getLast();
    line(
        "### %s of %s solved: %s"
            .formatted(
                FigureText.whole(run.all().solved()),
                FigureText.whole(run.all().tasks()),
                FigureText.percent(run.all().passed().mean())));
    line("");
    line(
        "%s by %s, %d %s of %s, seed %d."
            .formatted(
                code(run.config().dataSet()),
                code(run.config().model()),
                run.config().maxTurns(),
                run.config().maxTurns() == 1 ? "turn" : "turns",
                run.config().samples() == 1 ? "one program" : run.config().samples() + " programs",
                run.config().seed()));
    if (run.missing() > 0) {
      line("");
      line("**%d tasks are not done yet.**".formatted(run.missing()));
    }
    line("");
    table();
    if (runs.size() > 1) {
      changes(PairedComparison.of(runs.getFirst(), run));
    }
    return text.toString();
  }

  private void table() {
    if (runs.size() > 1) {
      line("| | baseline | this run |");
      line("|---|---:|---:|");
    } else {
      line("| | |");
      line("|---|---:|");
    }
    row("solved", figures -> FigureText.interval(figures.passed()));
    TreeSet<Integer> ks = new TreeSet<>();
    runs.forEach(run -> ks.addAll(run.all().passAtK().keySet()));
    for (int k : ks) {
      row(
          "pass@%d of the first turn".formatted(k),
          figures ->
              Optional.ofNullable(figures.passAtK().get(k))
                  .map(FigureText::interval)
                  .orElse("unknown"));
    }
    int turns = runs.stream().mapToInt(run -> run.all().afterTurn().size()).max().orElse(1);
    for (int turn = 1; turns > 1 && turn <= turns; turn++) {
      int index = turn - 1;
      row(
          turn == 1 ? "solved after turn 1" : "after turn " + turn,
          figures ->
              index < figures.afterTurn().size()
                  ? FigureText.percent(figures.afterTurn().get(index).mean())
                  : "");
    }
    row("false positives", figures -> share(figures.falsePositives()));
    for (TaskVerdict verdict : TaskVerdict.values()) {
      if (verdict != TaskVerdict.PASSED) {
        row(
            verdict.label().replace('-', ' '),
            figures -> FigureText.whole(figures.verdicts().getOrDefault(verdict, 0)));
      }
    }
    row("no program", figures -> FigureText.whole(figures.none()));
    row("tokens of a task", figures -> FigureText.whole(figures.cost().tokens()));
    row("seconds of a task", figures -> FigureText.decimal(figures.cost().seconds()));
    if (runs.stream().anyMatch(run -> run.all().cost().joules().isPresent())) {
      row("joules of a task", figures -> joules(figures.cost()));
    }
    levels();
  }

  private void levels() {
    for (String level : runs.getLast().levels().keySet()) {
      cells(
          "solved of " + (level.isEmpty() ? "no level" : code(level)),
          run ->
              Optional.ofNullable(run.levels().get(level))
                  .map(figures ->
                      "%s of %d"
                          .formatted(FigureText.percent(figures.passed().mean()), figures.tasks()))
                  .orElse(""));
    }
  }

  private void changes(PairedComparison comparison) {
    line("");
    double gain = comparison.gain();
    line(
        "Of the %d tasks that both runs have done, **%d are newly solved and %d no longer**: %s (McNemar's exact p = %s)."
            .formatted(
                comparison.tasks(),
                comparison.onlySecond().size(),
                comparison.onlyFirst().size(),
                gain == 0
                    ? "no change"
                    : "%s%s percentage points"
                        .formatted(gain > 0 ? "+" : "−", FigureText.points(Math.abs(gain))),
                FigureText.probability(comparison.p())));
    list("No longer solved", comparison.onlyFirst());
    list("Newly solved", comparison.onlySecond());
  }

  private void list(String title, List<String> ids) {
    if (ids.isEmpty()) {
      return;
    }
    line("");
    line("<details><summary>%s: %d</summary>".formatted(title, ids.size()));
    line("");
    ids.stream().limit(LISTED).forEach(id -> line("- " + code(id)));
    if (ids.size() > LISTED) {
      line("- and %d more".formatted(ids.size() - LISTED));
    }
    line("");
    line("</details>");
  }

  private void row(String name, Function<Figures, String> value) {
    cells(name, run -> value.apply(run.all()));
  }

  private void cells(String name, Function<RunSummary, String> value) {
    StringBuilder row = new StringBuilder("| ").append(name);
    runs.forEach(run -> row.append(" | ").append(value.apply(run)));
    line(row.append(" |").toString());
  }

  private void line(String line) {
    text.append(line).append('\n');
  }

  private static String share(Share share) {
    return share.rate().isPresent()
        ? "%d of %d (%s)"
            .formatted(share.count(), share.of(), FigureText.percent(share.rate().getAsDouble()))
        : "none to tell";
  }

  private static String joules(Cost cost) {
    return cost.joules().isPresent()
        ? FigureText.whole(cost.joules().getAsDouble())
        : "not measured";
  }

  /**
   * As code, where neither Markdown nor HTML nor a name of a person has a meaning, and where a bar
   * would still end a table's cell.
   */
  private static String code(String value) {
    String harmless =
        VisibleText.of(value.replaceAll("\\R", " ")).replace('`', '\'').replace("|", "\\|");
    return "`%s`".formatted(harmless.isBlank() ? " " : harmless);
  }
}
