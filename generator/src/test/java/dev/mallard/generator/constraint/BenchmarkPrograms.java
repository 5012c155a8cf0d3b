package dev.mallard.generator.constraint;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.mallard.grammars.BuiltInGrammar;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Solutions that come with benchmarks. */
final class BenchmarkPrograms {
  private static final Path DATA = Path.of("../../shared/data");

  private BenchmarkPrograms() {}

  /** Those in a language; aborts the test where they are not at hand. */
  static List<String> in(BuiltInGrammar language) throws IOException {
    return switch (language) {
      case JAVA -> solutions("humaneval-x/humaneval_java.jsonl.gz");
      case JAVASCRIPT -> solutions("humaneval-x/humaneval_js.jsonl.gz");
      case PYTHON -> {
        List<String> programs = solutions("humaneval/HumanEval.jsonl.gz");
        for (JsonNode task : lines("mbpp/mbpp.jsonl")) {
          programs.add(task.get("code").asString());
        }
        yield programs;
      }
      case SQL -> {
        Path file = existing("spider/dev-4db.json");
        List<String> queries = new ArrayList<>();
        for (JsonNode question : JsonMapper.shared().readTree(Files.readAllBytes(file))) {
          queries.add(question.get("query").asString());
        }
        yield queries;
      }
    };
  }

  /** As many as are asked for, from all over the list. */
  static List<String> some(BuiltInGrammar language, int count) throws IOException {
    List<String> all = in(language);
    List<String> some = new ArrayList<>();
    for (int i = 0; i < Math.min(count, all.size()); i++) {
      some.add(all.get((int) ((long) i * all.size() / Math.min(count, all.size()))));
    }
    return some;
  }

  private static List<String> solutions(String name) throws IOException {
    List<String> programs = new ArrayList<>();
    for (JsonNode task : lines(name)) {
      programs.add(task.get("prompt").asString() + task.get("canonical_solution").asString());
    }
    return programs;
  }

  private static List<JsonNode> lines(String name) throws IOException {
    Path file = existing(name);
    List<JsonNode> nodes = new ArrayList<>();
    try (InputStream raw = Files.newInputStream(file);
        InputStream stream = name.endsWith(".gz") ? new GZIPInputStream(raw) : raw;
        BufferedReader reader =
            new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
      reader.lines().forEach(line -> nodes.add(JsonMapper.shared().readTree(line)));
    }
    return nodes;
  }

  private static Path existing(String name) {
    Path file = DATA.resolve(name);
    assumeTrue(Files.exists(file), "the data are not on this machine");
    return file;
  }
}
