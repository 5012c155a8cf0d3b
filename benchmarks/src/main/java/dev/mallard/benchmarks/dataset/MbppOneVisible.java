package dev.mallard.benchmarks.dataset;

import dev.mallard.generator.UserException;
import dev.mallard.generator.problem.Language;
import dev.mallard.generator.problem.Problem;
import dev.mallard.sandbox.TestSuite;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * MBPP's test set in the form that self-debugging is measured on (Chen et al., arXiv 2304.05128),
 * as published with LDB (Zhong et al., arXiv 2402.16906): one test is visible, and all decide.
 */
final class MbppOneVisible implements DataSet {
  private static final Pattern PROMPT =
      Pattern.compile("(?s)(?<signature>def .*?:)\\s*\"\"\"(?<statement>.*?)\"\"\"\\s*");

  @Override
  public DataSetInfo info() {
    return new DataSetInfo(
        "mbpp-one-visible",
        "Write a function in Python; one test is visible, and all tests of MBPP decide.",
        500,
        "Apache-2.0",
        "https://arxiv.org/abs/2402.16906",
        List.of(
            new RemoteDataFile(
                "mbpp-test-one-visible.jsonl",
                URI.create(
                    "https://raw.githubusercontent.com/FloridSleeves/LLMDebugger/4cc36557a049e17af59da966ede0409729f76307/input_data/mbpp/dataset/probs.jsonl"),
                389_442,
                "bec44f036d8100d140ddf62f23eca6dd8dd3f2ded6b5fa2c4240632803d47e31")));
  }

  /**
   * {@inheritDoc}
   *
   * @throws UserException if the file is missing or is another one
   */
  @Override
  public List<Task> tasks(Optional<Path> data, Optional<Path> databases) {
    DataFiles files = DataFiles.of(info(), data);
    return files.rows(files.file("mbpp", info().files().getFirst().name(), "probs.jsonl")).stream()
        .map(MbppOneVisible::task)
        .toList();
  }

  private static Task task(DataRow row) {
    String id = row.text("task_id");
    String prompt = row.text("prompt");
    Matcher parts = PROMPT.matcher(prompt);
    boolean matches = parts.find();
    Problem problem =
        new Problem(
            id,
            (matches ? parts.group("statement") : prompt).strip(),
            matches ? Optional.of(parts.group("signature").strip()) : Optional.empty(),
            Language.PYTHON,
            TestSuite.asserts(String.join("\n", row.texts("given_tests")) + "\n"),
            TestSuite.asserts(row.text("test").strip() + "\n"));
    return new Task.ProgramTask(id, problem, Optional.of(row.text("canonical_solution")), "");
  }
}
