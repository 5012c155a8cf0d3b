package dev.mallard.benchmarks.dataset;

import dev.mallard.generator.UserException;
import dev.mallard.generator.problem.Problem;
import dev.mallard.generator.prompt.Quoted;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * HumanEval-X (Zheng et al., arXiv 2303.17568) in one language: programs to be completed. The tests
 * of the prompt's examples are visible, and the published tests decide.
 */
final class HumanEvalX implements DataSet {
  private final HumanEvalXPart part;

  HumanEvalX(HumanEvalXPart part) {
    this.part = part;
  }

  @Override
  public DataSetInfo info() {
    return new DataSetInfo(
        "humaneval-x-" + part.label(),
        "Complete a function in %s; the tests of its examples are visible, the published tests decide."
            .formatted(part.language().displayName()),
        HumanEvalXPart.TASKS,
        HumanEvalXPart.LICENCE,
        HumanEvalXPart.SOURCE,
        List.of(part.remoteFile()));
  }

  /**
   * {@inheritDoc}
   *
   * @throws UserException if the file is missing or is another one
   */
  @Override
  public List<Task> tasks(Optional<Path> data, Optional<Path> databases) {
    DataFiles files = DataFiles.of(info(), data);
    return part.rows(files, true).stream().map(this::task).toList();
  }

  private Task task(DataRow row) {
    String id = row.text("task_id");
    Problem problem =
        new Problem(
            id,
            "Complete this:\n\n" + Quoted.fenced(part.label(), row.text("prompt").strip()),
            Optional.of(part.signature(row)),
            part.language(),
            part.visibleTests(row),
            part.hiddenTests(row));
    return new Task.ProgramTask(id, problem, Optional.of(part.reference(row)), "");
  }
}
