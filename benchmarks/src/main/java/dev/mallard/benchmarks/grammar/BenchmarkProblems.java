package dev.mallard.benchmarks.grammar;

import dev.mallard.benchmarks.experiment.JsonLines;
import dev.mallard.generator.problem.Language;
import dev.mallard.generator.problem.Problem;
import dev.mallard.sandbox.TestSuite;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/** The problems of HumanEval and MBPP, as a model is asked for them without examples. */
final class BenchmarkProblems {
  /** Tasks 11 to 510 are MBPP's test set (Austin et al., arXiv 2108.07732). */
  private static final int FIRST_TEST = 11;

  private static final int LAST_TEST = 510;

  private static final Pattern EXAMPLE =
      Pattern.compile("(?m)^\\s*>>> (?<call>.+)\\n\\s*(?<value>[^\\s>].*)$");

  private static final Pattern SIGNATURE = Pattern.compile("(?m)^def .*:");

  private BenchmarkProblems() {}

  /**
   * HumanEval (Chen et al., arXiv 2107.03374): its examples are the visible tests, those that
   * decide are hidden.
   *
   * @param data the folder with the data sets
   */
  static List<Problem> humanEval(Path data) throws IOException {
    List<Problem> problems = new ArrayList<>();
    for (JsonNode task : JsonLines.read(data.resolve("humaneval").resolve("HumanEval.jsonl.gz"))) {
      String prompt = task.get("prompt").asString();
      String function = task.get("entry_point").asString();
      problems.add(
          new Problem(
              task.get("task_id").asString(),
              "Complete this:\n\n" + prompt.strip(),
              Optional.of(signature(prompt, function)),
              Language.PYTHON,
              TestSuite.asserts(examples(prompt, function)),
              TestSuite.asserts(task.get("test").asString() + "\ncheck(" + function + ")\n")));
    }
    return problems;
  }

  /**
   * MBPP's test set: all tests are visible, as its authors show them.
   *
   * @param data the folder with the data sets
   */
  static List<Problem> mbpp(Path data) throws IOException {
    List<Problem> problems = new ArrayList<>();
    for (JsonNode task : JsonLines.read(data.resolve("mbpp").resolve("mbpp.jsonl"))) {
      int number = task.get("task_id").asInt();
      if (number >= FIRST_TEST && number <= LAST_TEST) {
        StringBuilder tests = new StringBuilder(task.get("test_setup_code").asString());
        task.get("test_list").forEach(test -> tests.append('\n').append(test.asString()));
        problems.add(
            new Problem(
                "MBPP/" + number,
                task.get("text").asString(),
                Optional.empty(),
                Language.PYTHON,
                TestSuite.asserts(tests.toString().strip() + "\n"),
                TestSuite.EMPTY));
      }
    }
    return problems;
  }

  private static String signature(String prompt, String function) {
    Matcher matcher = SIGNATURE.matcher(prompt);
    String last = "def " + function + "():";
    while (matcher.find()) {
      if (matcher.group().startsWith("def " + function + "(")) {
        last = matcher.group();
      }
    }
    return last;
  }

  /** The examples of a docstring, or that there is such a function. */
  private static String examples(String prompt, String function) {
    StringBuilder tests = new StringBuilder();
    Matcher matcher = EXAMPLE.matcher(prompt);
    while (matcher.find()) {
      if (matcher.group("call").startsWith(function + "(")) {
        tests.append(
            "assert %s == %s%n".formatted(matcher.group("call"), matcher.group("value").strip()));
      }
    }
    return tests.isEmpty() ? "assert callable(" + function + ")\n" : tests.toString();
  }
}
