package dev.mallard.benchmarks.dataset;

import dev.mallard.generator.UserException;
import dev.mallard.generator.problem.Language;
import dev.mallard.generator.problem.Problem;
import dev.mallard.generator.prompt.Quoted;
import dev.mallard.sandbox.TestSuite;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * HumanEval (Chen et al., arXiv 2107.03374): functions in Python to be completed. The examples of
 * the docstring are the visible tests, and the published tests decide.
 */
final class HumanEval implements DataSet {
  private static final String FILE = "HumanEval.jsonl.gz";

  /** Examples of HumanEval/47 and 116 for which the published tests want something else. */
  private static final Set<String> WRONG_EXAMPLES =
      Set.of(
          "assert median([-10, 4, 6, 1000, 10, 20]) == 15.0",
          "assert sort_array([1, 5, 2, 3, 4]) == [1, 2, 3, 4, 5]",
          "assert sort_array([-2, -3, -4, -5, -6]) == [-6, -5, -4, -3, -2]");

  @Override
  public DataSetInfo info() {
    return new DataSetInfo(
        "humaneval",
        "Complete a function in Python; the examples of its docstring are visible, the published tests decide.",
        164,
        "MIT",
        "https://arxiv.org/abs/2107.03374",
        List.of(
            new RemoteDataFile(
                FILE,
                URI.create(
                    "https://raw.githubusercontent.com/openai/human-eval/6d43fb980f9fee3c892a914eda09951f772ad10d/data/HumanEval.jsonl.gz"),
                44_877,
                "b796127e635a67f93fb35c04f4cb03cf06f38c8072ee7cee8833d7bee06979ef")));
  }

  /**
   * {@inheritDoc}
   *
   * @throws UserException if the file is missing or is another one
   */
  @Override
  public List<Task> tasks(Optional<Path> data, Optional<Path> databases) {
    DataFiles files = DataFiles.of(info(), data);
    return files.rows(files.file("humaneval", FILE, "HumanEval.jsonl")).stream()
        .map(HumanEval::task)
        .toList();
  }

  private static Task task(DataRow row) {
    String id = row.text("task_id");
    String prompt = row.text("prompt");
    String function = row.text("entry_point");
    String helpers = PythonSource.helpers(prompt, function);
    Problem problem =
        new Problem(
            id,
            "Complete this:\n\n" + Quoted.fenced(Language.PYTHON.label(), prompt.strip()),
            Optional.of(PythonSource.signature(prompt, function)),
            Language.PYTHON,
            examples(prompt, function),
            TestSuite.asserts(helpers + row.text("test") + "\ncheck(" + function + ")\n"));
    return new Task.ProgramTask(
        id, problem, Optional.of(prompt + row.text("canonical_solution")), "");
  }

  private static TestSuite examples(String prompt, String function) {
    List<String> asserts =
        Doctests.asserts(PythonSource.docstring(prompt, function), function).stream()
            .filter(example -> !WRONG_EXAMPLES.contains(example))
            .toList();
    return asserts.isEmpty()
        ? TestSuite.EMPTY
        : TestSuite.asserts(String.join("\n", asserts) + "\n");
  }
}
