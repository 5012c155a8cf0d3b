package dev.mallard.grammars;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.mallard.grammars.parse.Grammar;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Programs that others wrote are texts of the grammars. {@code -Dgrammars.step=1} takes all files
 * of the standard libraries instead of some.
 */
class CompletenessTest {
  private static final Path DATA = Path.of("../../shared/data");
  private static final int STEP = Integer.getInteger("grammars.step", 20);

  @Test
  void pythonBenchmarks() throws IOException {
    Map<String, String> programs = new LinkedHashMap<>();
    for (JsonNode task : lines("humaneval/HumanEval.jsonl.gz")) {
      programs.put(text(task, "task_id"), text(task, "prompt") + text(task, "canonical_solution"));
    }
    programs.putAll(humanEvalX("python"));
    for (JsonNode task : lines("mbpp/mbpp.jsonl")) {
      programs.put("MBPP/" + task.get("task_id"), text(task, "code"));
    }
    assertThat(programs).hasSizeGreaterThan(1300);
    assertThat(refused(BuiltInGrammar.PYTHON.compile(), programs)).isEmpty();
  }

  @Test
  void javaBenchmarks() throws IOException {
    assertThat(refused(BuiltInGrammar.JAVA.compile(), humanEvalX("java"))).isEmpty();
  }

  @Test
  void javaScriptBenchmarks() throws IOException {
    assertThat(refused(BuiltInGrammar.JAVASCRIPT.compile(), humanEvalX("js"))).isEmpty();
  }

  @Test
  void sqlBenchmarks() throws IOException {
    Path file = DATA.resolve("spider/dev-4db.json");
    assumeTrue(Files.exists(file), "the data are not on this machine");
    Map<String, String> queries = new LinkedHashMap<>();
    for (JsonNode question : JsonMapper.shared().readTree(Files.readAllBytes(file))) {
      queries.put("query " + queries.size(), text(question, "query"));
    }
    assertThat(queries).hasSizeGreaterThan(200);
    assertThat(refused(BuiltInGrammar.SQL.compile(), queries)).isEmpty();
  }

  @Test
  void pythonsStandardLibrary() throws Exception {
    URI jar =
        Objects.requireNonNull(
                CompletenessTest.class.getResource("/META-INF/resources/libpython/ast.py"))
            .toURI();
    Map<String, String> files = new LinkedHashMap<>();
    try (FileSystem zip =
        FileSystems.newFileSystem(URI.create(jar.toString().replaceFirst("!.*", "")), Map.of())) {
      read(zip.getPath("/META-INF/resources/libpython"), ".py", files);
    }
    assertThat(refused(BuiltInGrammar.PYTHON.compile(), files)).isEmpty();
  }

  @Test
  void javasBaseModule() throws IOException {
    Path sources = Path.of(System.getProperty("java.home"), "lib", "src.zip");
    assumeTrue(Files.exists(sources), "the JDK came without its sources");
    Map<String, String> files = new LinkedHashMap<>();
    try (FileSystem zip = FileSystems.newFileSystem(sources)) {
      read(zip.getPath("/java.base"), ".java", files);
    }
    assertThat(refused(BuiltInGrammar.JAVA.compile(), files)).isEmpty();
  }

  private static void read(Path root, String extension, Map<String, String> into)
      throws IOException {
    List<Path> all;
    try (Stream<Path> walk = Files.walk(root)) {
      all =
          walk.filter(file -> file.toString().endsWith(extension))
              // In Latin-1.
              .filter(file -> !file.endsWith("_sha1.py"))
              .sorted()
              .toList();
    }
    assertThat(all).hasSizeGreaterThan(500);
    for (int i = 0; i < all.size(); i += STEP) {
      into.put(all.get(i).toString(), Files.readString(all.get(i)));
    }
  }

  private static Set<String> refused(Grammar grammar, Map<String, String> programs) {
    Map<String, String> refused = new LinkedHashMap<>(programs);
    refused.values().removeIf(text -> grammar.accepts(text.getBytes(StandardCharsets.UTF_8)));
    return refused.keySet();
  }

  private static Map<String, String> humanEvalX(String language) throws IOException {
    Map<String, String> programs = new LinkedHashMap<>();
    for (JsonNode task : lines("humaneval-x/humaneval_" + language + ".jsonl.gz")) {
      programs.put(text(task, "task_id"), text(task, "prompt") + text(task, "canonical_solution"));
    }
    assertThat(programs).hasSize(164);
    return programs;
  }

  private static List<JsonNode> lines(String name) throws IOException {
    Path file = DATA.resolve(name);
    assumeTrue(Files.exists(file), "the data are not on this machine");
    List<JsonNode> nodes = new ArrayList<>();
    try (InputStream raw = Files.newInputStream(file);
        InputStream stream = name.endsWith(".gz") ? new GZIPInputStream(raw) : raw;
        BufferedReader reader =
            new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
      reader.lines().forEach(line -> nodes.add(JsonMapper.shared().readTree(line)));
    }
    return nodes;
  }

  private static String text(JsonNode node, String field) {
    return node.get(field).asString();
  }
}
