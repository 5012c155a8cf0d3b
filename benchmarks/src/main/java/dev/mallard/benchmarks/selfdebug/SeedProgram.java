package dev.mallard.benchmarks.selfdebug;

import dev.mallard.benchmarks.dataset.JsonLines;
import dev.mallard.benchmarks.dataset.Task;
import dev.mallard.benchmarks.experiment.Experiments;
import dev.mallard.generator.problem.Problem;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * A program that StarCoder wrote for a problem of MBPP's test set, published with LDB (Zhong et
 * al., arXiv 2402.16906), and the problem with one visible test, as Self-Debug (Chen et al., arXiv
 * 2304.05128) has it; MBPP's own tests are hidden.
 *
 * @param isSolved whether it passes the hidden tests, as published
 */
record SeedProgram(Problem problem, String program, boolean isSolved) {
  /**
   * All 500.
   *
   * @param data the folder with the data sets
   */
  static List<SeedProgram> all(Path data) throws IOException {
    Path file = data.resolve("seeds").resolve("mbpp-starcoder.jsonl");
    // The same lines as in the data set, with the programs.
    List<Task.ProgramTask> tasks =
        Experiments.tasks("mbpp-one-visible", file, Task.ProgramTask.class);
    List<JsonNode> lines = JsonLines.read(file);
    List<SeedProgram> programs = new ArrayList<>();
    for (int i = 0; i < tasks.size(); i++) {
      programs.add(
          new SeedProgram(
              tasks.get(i).problem(),
              lines.get(i).get("solution").asString(),
              lines.get(i).get("is_solved").asBoolean()));
    }
    return programs;
  }
}
