package dev.mallard.benchmarks.dataset;

import dev.mallard.generator.UserException;
import dev.mallard.generator.problem.Language;
import dev.mallard.generator.problem.Problem;
import dev.mallard.generator.prompt.Quoted;
import dev.mallard.sandbox.TestSuite;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * QuixBugs (Lin et al., SPLASH 2017, doi 10.1145/3135932.3135941): programs in Python with a
 * mistake on one line, to be repaired. Two of its test cases are visible, and all decide. Programs
 * on graphs, whose tests are not in JSON, are left out.
 */
final class QuixBugs implements DataSet {
  private static final String CASES = "json_testcases";
  private static final String PROGRAMS = "python_programs";
  private static final String REFERENCES = "correct_python_programs";
  private static final int VISIBLE = 2;

  /** First arguments of the cases that its own tests leave out, for they take minutes. */
  private static final Set<String> SLOW = Set.of("6404180", "\"amanaplanacanalpanama\"");

  /** Generators and tuples are compared as lists, which JSON has. */
  private static final String COMPARISON =
      """
      def plain(value):
          if isinstance(value, (list, tuple)) or hasattr(value, "__next__"):
              return [plain(item) for item in value]
          return value


      """;

  @Override
  public DataSetInfo info() {
    return new DataSetInfo(
        "quixbugs",
        "Repair a program in Python with a mistake on one line, but for the nine on graphs; two test cases are visible, all decide; its folder must be named with --data.",
        31,
        "MIT",
        "https://github.com/jkoppel/QuixBugs",
        List.of());
  }

  /**
   * {@inheritDoc}
   *
   * @param data a folder with the repository
   * @throws UserException if it is not there or is something else
   */
  @Override
  public List<Task> tasks(Optional<Path> data, Optional<Path> databases) {
    DataFiles files = DataFiles.of(info(), data);
    List<Task> tasks = new ArrayList<>();
    for (Path cases : cases(files)) {
      String name = cases.getFileName().toString().replaceFirst("\\.json$", "");
      Path program = files.data().resolve(PROGRAMS).resolve(name + ".py");
      if (name.matches("[a-z_][a-z_0-9]*") && Files.isRegularFile(program)) {
        tasks.add(task(files, name, program, cases));
      }
    }
    if (tasks.isEmpty()) {
      throw notTheRepository(files, null);
    }
    return tasks;
  }

  private static List<Path> cases(DataFiles files) {
    List<Path> cases = new ArrayList<>();
    try (DirectoryStream<Path> stream =
        Files.newDirectoryStream(files.data().resolve(CASES), "*.json")) {
      stream.forEach(cases::add);
    } catch (IOException e) {
      throw notTheRepository(files, e);
    }
    cases.sort(null);
    return cases;
  }

  private static UserException notTheRepository(DataFiles files, @Nullable Exception cause) {
    return new UserException(
        "%s is no copy of the repository of QuixBugs, with its folders %s and %s: name one with --data."
            .formatted(files.data(), PROGRAMS, CASES),
        cause);
  }

  private static Task task(DataFiles files, String name, Path program, Path cases) {
    String wrong = files.text(program);
    List<String> asserts = new ArrayList<>();
    for (DataRow row : files.rows(cases)) {
      if (!row.node().isArray() || row.node().size() != 2) {
        throw files.malformed(
            cases, "line %d is no list of inputs and output".formatted(row.number()), null);
      }
      if (!isSlow(row.node().get(0))) {
        asserts.add(assertion(name, row.node().get(0), row.node().get(1)));
      }
    }
    Path reference = files.data().resolve(REFERENCES).resolve(name + ".py");
    Problem problem =
        new Problem(
            "Repair " + name,
            "This is a program in Python that has a mistake:\n\n%s\n\nWrite the whole program without the mistake, with the same names."
                .formatted(Quoted.fenced(Language.PYTHON.label(), wrong.strip())),
            Optional.of(PythonSource.signature(wrong, name)),
            Language.PYTHON,
            suite(asserts.subList(0, Math.min(VISIBLE, asserts.size()))),
            suite(asserts));
    return new Task.ProgramTask(
        name,
        problem,
        Files.isRegularFile(reference) ? Optional.of(files.text(reference)) : Optional.empty(),
        "");
  }

  private static boolean isSlow(JsonNode inputs) {
    return SLOW.contains(inputs.path(0).toString());
  }

  private static TestSuite suite(List<String> asserts) {
    return TestSuite.asserts(COMPARISON + String.join("\n", asserts) + "\n");
  }

  /** An input that is no list is the only argument. That of sqrt has its tolerance at the end. */
  private static String assertion(String function, JsonNode inputs, JsonNode output) {
    String list = PythonLiteral.of(inputs);
    String arguments = inputs.isArray() ? list.substring(1, list.length() - 1) : list;
    String call = "%s(%s)".formatted(function, arguments);
    String expected = PythonLiteral.of(output);
    return function.equals("sqrt") && inputs.size() > 1
        ? "assert abs(%s - %s) <= %s"
            .formatted(call, expected, PythonLiteral.of(inputs.get(inputs.size() - 1)))
        : "assert plain(%s) == %s".formatted(call, expected);
  }
}
