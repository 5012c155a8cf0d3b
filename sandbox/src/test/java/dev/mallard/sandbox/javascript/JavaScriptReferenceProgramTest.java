package dev.mallard.sandbox.javascript;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mallard.sandbox.Limits;
import dev.mallard.sandbox.TestSuite;
import dev.mallard.sandbox.Verdict;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The reference programs of HumanEval-X in JavaScript pass their own tests. */
class JavaScriptReferenceProgramTest {
  private static final Path DATA =
      Path.of("..", "..", "shared", "data", "humaneval-x", "humaneval_js.jsonl.gz");

  private static final Limits LIMITS = Limits.DEFAULT.withWallClock(Duration.ofMinutes(1));

  /** What fails in Node as well, where nobody has looked at what console.assert prints. */
  private static final Map<String, String> WRONG =
      Map.of(
          "JavaScript/112", "returns (z, false), which is false, in place of a pair",
          "JavaScript/155", "counts no digit in 0");

  private final JsonMapper json = JsonMapper.shared();

  @Test
  void referenceProgramsPass() throws IOException {
    Assumptions.assumeTrue(
        Files.exists(DATA), () -> DATA + " is absent, so no reference programs are run.");
    List<String> failures = new ArrayList<>();
    List<Duration> times = new ArrayList<>();
    try (Runs runs = new Runs();
        InputStream in = new GZIPInputStream(Files.newInputStream(DATA))) {
      String lines = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      for (String line : lines.lines().toList()) {
        JsonNode problem = json.readTree(line);
        String program =
            problem.get("prompt").asString() + problem.get("canonical_solution").asString();
        TestSuite tests = TestSuite.asserts(problem.get("test").asString());
        long start = System.nanoTime();
        Verdict verdict = runs.run(program, tests, LIMITS).verdict();
        times.add(Duration.ofNanos(System.nanoTime() - start));
        if (!(verdict instanceof Verdict.Passed(int count) && count > 0)
            && !WRONG.containsKey(problem.get("task_id").asString())) {
          failures.add(problem.get("task_id").asString() + ": " + verdict);
        }
      }
    }
    times.sort(Comparator.naturalOrder());
    System.out.printf(
        "%d reference programs, milliseconds each: p50 %d, p90 %d, most %d%n",
        times.size(),
        times.get(times.size() / 2).toMillis(),
        times.get(times.size() * 9 / 10).toMillis(),
        times.getLast().toMillis());
    assertThat(failures).isEmpty();
  }
}
