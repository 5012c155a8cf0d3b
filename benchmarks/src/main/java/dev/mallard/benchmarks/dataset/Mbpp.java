package dev.mallard.benchmarks.dataset;

import dev.mallard.generator.UserException;
import dev.mallard.generator.problem.Language;
import dev.mallard.generator.problem.Problem;
import dev.mallard.sandbox.TestSuite;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The test set of MBPP (Austin et al., arXiv 2108.07732), tasks 11 to 510: small functions in
 * Python. All tests of a task are visible, as its authors show them, and the same tests decide.
 */
final class Mbpp implements DataSet {
  private static final int FIRST_TEST = 11;
  private static final int LAST_TEST = 510;

  private static final String HOME =
      "https://raw.githubusercontent.com/google-research/google-research/f82046ba5aabbbb427dbfd38a254d26bff08b533/mbpp/";

  private final boolean sanitized;

  /**
   * The test set.
   *
   * @param sanitized only what its authors looked through and put right
   */
  Mbpp(boolean sanitized) {
    this.sanitized = sanitized;
  }

  @Override
  public DataSetInfo info() {
    String rule = "all its tests are visible, and the same tests decide.";
    return sanitized
        ? info(
            "mbpp-sanitized",
            "Write a function in Python, of the tasks that were looked through by hand; " + rule,
            257,
            new RemoteDataFile(
                "sanitized-mbpp.json",
                URI.create(HOME + "sanitized-mbpp.json"),
                255_053,
                "ca95deaa9a01ef0a6f439f88bcf0dd3db3563d22f22aad6cae04ebb9a8d8c8e9"))
        : info(
            "mbpp",
            "Write a function in Python; " + rule,
            500,
            new RemoteDataFile(
                "mbpp.jsonl",
                URI.create(HOME + "mbpp.jsonl"),
                563_743,
                "ccf64ceae9c5403bf50a044cb6d505bfd2a2963ee58338ba268fd65beab92a9f"));
  }

  private static DataSetInfo info(String name, String description, int tasks, RemoteDataFile file) {
    return new DataSetInfo(
        name, description, tasks, "CC-BY-4.0", "https://arxiv.org/abs/2108.07732", List.of(file));
  }

  /**
   * {@inheritDoc}
   *
   * @throws UserException if the file is missing or is another one
   */
  @Override
  public List<Task> tasks(Optional<Path> data, Optional<Path> databases) {
    DataFiles files = DataFiles.of(info(), data);
    Path file = files.file("mbpp", info().files().getFirst().name());
    List<DataRow> rows = sanitized ? files.list(file) : files.rows(file);
    return rows.stream().filter(Mbpp::isTest).map(this::task).toList();
  }

  private static boolean isTest(DataRow row) {
    int number = row.number("task_id");
    return number >= FIRST_TEST && number <= LAST_TEST;
  }

  private Task task(DataRow row) {
    String id = "MBPP/" + row.number("task_id");
    String setUp =
        sanitized ? String.join("\n", row.texts("test_imports")) : row.text("test_setup_code");
    String tests = setUp + "\n" + String.join("\n", row.texts("test_list"));
    Problem problem =
        new Problem(
            id,
            row.text(sanitized ? "prompt" : "text"),
            Optional.empty(),
            Language.PYTHON,
            TestSuite.asserts(tests.strip() + "\n"),
            TestSuite.EMPTY);
    return new Task.ProgramTask(id, problem, Optional.of(row.text("code")), "");
  }
}
