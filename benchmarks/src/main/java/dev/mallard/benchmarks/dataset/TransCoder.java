package dev.mallard.benchmarks.dataset;

import dev.mallard.generator.UserException;
import dev.mallard.generator.problem.Language;
import dev.mallard.generator.problem.Problem;
import dev.mallard.sandbox.TestSuite;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Functions in C++ to be translated to Python, of TransCoder (Roziere et al., arXiv 2006.03511), as
 * published with LDB (Zhong et al., arXiv 2402.16906): the ten tests of each are visible, and the
 * same decide.
 */
final class TransCoder implements DataSet {
  private static final String SOURCE = "[c++]";
  private static final String TARGET = "[python]";

  /** What references use without importing it. */
  private static final String IMPORTS = "import math\nimport sys\nfrom math import floor\n\n";

  @Override
  public DataSetInfo info() {
    return new DataSetInfo(
        "transcoder",
        "Translate a function from C++ to Python; its ten tests are visible, and the same decide; its file must be named with --data.",
        560,
        "CC-BY-NC-4.0, for evaluation only",
        "https://arxiv.org/abs/2006.03511",
        List.of());
  }

  /**
   * {@inheritDoc}
   *
   * @throws UserException if the file is missing or is another one
   */
  @Override
  public List<Task> tasks(Optional<Path> data, Optional<Path> databases) {
    DataFiles files = DataFiles.of(info(), data);
    return files.rows(files.file("transcoder", "probs.jsonl", "cpp-python-160.jsonl")).stream()
        .map(TransCoder::task)
        .toList();
  }

  private static Task task(DataRow row) {
    String id = row.text("task_id");
    String function = row.text("entry_point");
    Problem problem =
        new Problem(
            id,
            Translation.statement("C++", "cpp", program(row), Language.PYTHON),
            Optional.empty(),
            Language.PYTHON,
            TestSuite.asserts(String.join("\n", row.texts("given_tests")) + "\n"),
            TestSuite.asserts(row.text("test").strip() + "\n\ncheck(" + function + ")\n"));
    return new Task.ProgramTask(
        id, problem, Optional.of(IMPORTS + row.text("canonical_solution")), "");
  }

  /** The last function of a prompt that has others, with their translations, as examples. */
  private static String program(DataRow row) {
    String prompt = row.text("prompt");
    int start = prompt.lastIndexOf(SOURCE);
    int end = prompt.lastIndexOf(TARGET);
    if (start < 0 || end < start) {
      throw row.files()
          .malformed(row.file(), "the prompt of entry %d has no C++".formatted(row.number()), null);
    }
    return prompt.substring(start + SOURCE.length(), end);
  }
}
