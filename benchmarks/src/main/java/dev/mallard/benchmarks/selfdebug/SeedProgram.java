package dev.mallard.benchmarks.selfdebug;

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

/**
 * A program that StarCoder wrote for a problem of MBPP's test set, published with LDB (Zhong et
 * al., arXiv 2402.16906), and the problem with one visible test, as Self-Debug (Chen et al., arXiv
 * 2304.05128) has it; MBPP's own tests are hidden.
 */
record SeedProgram(Problem problem, String program) {
  private static final Pattern PROMPT =
      Pattern.compile("(?s)(?<signature>def .*?:)\\s*\"\"\"(?<statement>.*?)\"\"\"\\s*");

  /**
   * All 500.
   *
   * @param data the folder with the data sets
   */
  static List<SeedProgram> all(Path data) throws IOException {
    List<SeedProgram> programs = new ArrayList<>();
    for (JsonNode task : JsonLines.read(data.resolve("seeds").resolve("mbpp-starcoder.jsonl"))) {
      programs.add(of(task));
    }
    return programs;
  }

  private static SeedProgram of(JsonNode task) {
    String prompt = task.get("prompt").asString();
    Matcher parts = PROMPT.matcher(prompt);
    boolean matches = parts.find();
    StringBuilder visible = new StringBuilder();
    task.get("given_tests").forEach(test -> visible.append(test.asString()).append('\n'));
    return new SeedProgram(
        new Problem(
            task.get("task_id").asString(),
            (matches ? parts.group("statement") : prompt).strip(),
            matches ? Optional.of(parts.group("signature").strip()) : Optional.empty(),
            Language.PYTHON,
            TestSuite.asserts(visible.toString()),
            TestSuite.asserts(task.get("test").asString().strip() + "\n")),
        task.get("solution").asString());
  }
}
