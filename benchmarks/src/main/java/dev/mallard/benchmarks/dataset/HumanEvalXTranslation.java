package dev.mallard.benchmarks.dataset;

import dev.mallard.generator.UserException;
import dev.mallard.generator.problem.Problem;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * HumanEval-X (Zheng et al., arXiv 2303.17568) as a test of translation: the reference program in
 * one language is given, without its description, and the tests in the other decide.
 */
final class HumanEvalXTranslation implements DataSet {
  private final HumanEvalXPart from;
  private final HumanEvalXPart to;

  HumanEvalXTranslation(HumanEvalXPart from, HumanEvalXPart to) {
    this.from = from;
    this.to = to;
  }

  @Override
  public DataSetInfo info() {
    return new DataSetInfo(
        "humaneval-x-%s-to-%s".formatted(from.label(), to.label()),
        "Translate a function from %s to %s; the tests of its examples are visible, the published tests decide."
            .formatted(from.language().displayName(), to.language().displayName()),
        HumanEvalXPart.TASKS,
        HumanEvalXPart.LICENCE,
        HumanEvalXPart.SOURCE,
        List.of(from.remoteFile(), to.remoteFile()));
  }

  /**
   * {@inheritDoc}
   *
   * @param data a folder with the files of both languages, or one of these files
   * @throws UserException if one of the files is missing or is another one
   */
  @Override
  public List<Task> tasks(Optional<Path> data, Optional<Path> databases) {
    DataFiles files = DataFiles.of(info(), data);
    List<DataRow> sources = from.rows(files, false);
    List<DataRow> targets = to.rows(files, false);
    if (sources.size() != targets.size()) {
      throw files.malformed(
          targets.getFirst().file(),
          "it has %d entries, and that in %s has %d"
              .formatted(targets.size(), from.language().displayName(), sources.size()),
          null);
    }
    List<Task> tasks = new ArrayList<>();
    for (int i = 0; i < targets.size(); i++) {
      tasks.add(task(sources.get(i), targets.get(i)));
    }
    return tasks;
  }

  private Task task(DataRow source, DataRow target) {
    String id = target.text("task_id");
    Problem problem =
        new Problem(
            "Translate %s to %s".formatted(source.text("task_id"), to.language().displayName()),
            Translation.statement(
                from.language().displayName(),
                from.label(),
                from.bareReference(source),
                to.language()),
            Optional.of(to.signature(target)),
            to.language(),
            to.visibleTests(target),
            to.hiddenTests(target));
    return new Task.ProgramTask(id, problem, Optional.of(to.reference(target)), "");
  }
}
