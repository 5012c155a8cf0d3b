package dev.mallard.benchmarks.grammar;

import dev.mallard.benchmarks.dataset.JsonLines;
import dev.mallard.grammars.BuiltInGrammar;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** Reference solutions of benchmarks. */
final class BenchmarkPrograms {
  private BenchmarkPrograms() {}

  /**
   * Those of HumanEval-X, and of MBPP in Python.
   *
   * @param data the folder with the data sets
   */
  static List<String> of(BuiltInGrammar language, Path data) throws IOException {
    String name =
        switch (language) {
          case JAVA -> "java";
          case JAVASCRIPT -> "js";
          case PYTHON -> "python";
          case SQL -> throw new IllegalArgumentException("there are no programs in SQL");
        };
    List<String> programs = new ArrayList<>();
    Path file = data.resolve("humaneval-x").resolve("humaneval_" + name + ".jsonl.gz");
    for (JsonNode task : JsonLines.read(file)) {
      programs.add(task.get("prompt").asString() + task.get("canonical_solution").asString());
    }
    if (language == BuiltInGrammar.PYTHON) {
      for (JsonNode task : JsonLines.read(data.resolve("mbpp").resolve("mbpp.jsonl"))) {
        programs.add(task.get("code").asString());
      }
    }
    return programs;
  }
}
