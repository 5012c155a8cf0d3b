package dev.mallard.benchmarks.report;

import dev.mallard.benchmarks.evaluation.RunFolder;
import dev.mallard.benchmarks.evaluation.RunJson;
import dev.mallard.benchmarks.evaluation.RunSummary;
import dev.mallard.benchmarks.evaluation.TaskResult;
import dev.mallard.generator.problem.Problem;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * A page that shows runs side by side, and each problem's transcript. It is one file, which needs
 * no network and lets nothing in it reach any: programs, statements and all else that models and
 * data sets say are JSON that no browser runs, and come into the page as text alone.
 */
public final class Report {
  /** Programs that are shown of a turn, where the page does not become too large of it. */
  private static final List<Integer> MOST_PROGRAMS = List.of(8, 3, 1);

  /** What transcripts may take in the page, in characters, before fewer programs are shown. */
  private static final int TRANSCRIPTS = 4_000_000;

  private final List<RunFolder> runs;
  private final List<RunSummary> summaries;
  private final List<Map<String, TaskResult>> results;

  private Report(List<RunFolder> runs) {
    this.runs = List.copyOf(runs);
    this.summaries = runs.stream().map(RunSummary::of).toList();
    this.results = runs.stream().map(Report::byId).toList();
  }

  /**
   * Writes the page.
   *
   * @param runs at least one; where they are of the same data they are compared
   * @param file where to; what is there is replaced
   * @throws dev.mallard.generator.UserException if a run has no results yet, or the page cannot be
   *     written
   */
  public static void write(List<RunFolder> runs, Path file) {
    if (runs.isEmpty()) {
      throw new IllegalArgumentException("a report is of a run");
    }
    ReportFile.write(file, new Report(runs).page());
  }

  private static Map<String, TaskResult> byId(RunFolder run) {
    Map<String, TaskResult> results = new HashMap<>();
    run.results().forEach(result -> results.put(result.id(), result));
    return results;
  }

  private String page() {
    List<String> ids = ids();
    List<List<RunHistory>> histories = ids.stream().map(this::histories).toList();
    StringBuilder transcripts = new StringBuilder();
    int shown = 0;
    for (int most : MOST_PROGRAMS) {
      if (transcripts.isEmpty() || transcripts.length() > TRANSCRIPTS) {
        shown = most;
        transcripts = transcripts(histories, most);
      }
    }
    List<String> names = names();
    PageData data =
        new PageData(
            IntStream.range(0, runs.size())
                .mapToObj(run -> PageData.RunData.of(summaries.get(run), names.get(run)))
                .toList(),
            PageData.comparisons(summaries),
            IntStream.range(0, ids.size())
                .mapToObj(place -> problem(ids.get(place), histories.get(place)))
                .toList(),
            shown);
    return new PageTemplate().page(PageTemplate.data("data", json(data)) + transcripts);
  }

  /** In the order of the data, as far as the runs tell it. */
  private List<String> ids() {
    Set<String> done = new LinkedHashSet<>();
    results.forEach(run -> done.addAll(run.keySet()));
    Set<String> ids = new LinkedHashSet<>();
    runs.forEach(run -> ids.addAll(run.config().ids()));
    runs.forEach(run -> run.results().forEach(result -> ids.add(result.id())));
    ids.retainAll(done);
    return List.copyOf(ids);
  }

  private Optional<TaskResult> result(int run, String id) {
    return Optional.ofNullable(results.get(run).get(id));
  }

  private List<RunHistory> histories(String id) {
    return IntStream.range(0, runs.size())
        .mapToObj(run -> RunHistory.of(runs.get(run), result(run, id)))
        .toList();
  }

  private static StringBuilder transcripts(List<List<RunHistory>> histories, int most) {
    StringBuilder all = new StringBuilder();
    for (int place = 0; place < histories.size(); place++) {
      all.append(
          PageTemplate.data("problem-" + place, json(ProblemView.of(histories.get(place), most))));
    }
    return all;
  }

  private PageData.ProblemData problem(String id, List<RunHistory> histories) {
    String title =
        histories.stream()
            .flatMap(run -> run.history().stream())
            .flatMap(history -> history.problem().stream())
            .map(Problem::title)
            .findFirst()
            .orElse("");
    String level =
        IntStream.range(0, runs.size())
            .mapToObj(run -> result(run, id))
            .flatMap(Optional::stream)
            .map(TaskResult::level)
            .findFirst()
            .orElse("");
    return new PageData.ProblemData(
        PageText.line(id),
        title.equals(id) ? "" : PageText.line(title),
        PageText.line(level),
        IntStream.range(0, runs.size())
            .mapToObj(run -> PageData.ResultData.of(result(run, id)))
            .toList());
  }

  /** What folders are called, told apart where they are called the same. */
  private List<String> names() {
    List<String> names = new ArrayList<>();
    for (RunFolder run : runs) {
      String name = run.name();
      for (int number = 2; names.contains(name); number++) {
        name = "%s (%d)".formatted(run.name(), number);
      }
      names.add(name);
    }
    return names;
  }

  private static String json(Object value) {
    return RunJson.MAPPER.writeValueAsString(value);
  }
}
