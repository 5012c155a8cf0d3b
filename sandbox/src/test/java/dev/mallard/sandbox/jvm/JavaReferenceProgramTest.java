package dev.mallard.sandbox.jvm;

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
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The reference programs of HumanEval-X in Java pass their own tests. */
class JavaReferenceProgramTest {
  private static final Path DATA =
      Path.of("..", "..", "shared", "data", "humaneval-x", "humaneval_java.jsonl.gz");

  /** Every so many of the 164 programs are run; 1 for all: -Dsandbox.reference.step=1. */
  private static final int STEP = Integer.getInteger("sandbox.reference.step", 10);

  private static final Limits LIMITS = Limits.DEFAULT.withWallClock(Duration.ofMinutes(1));

  @Test
  void referenceProgramsPass() throws IOException {
    Assumptions.assumeTrue(
        Files.exists(DATA), () -> DATA + " is absent, so no reference programs are run.");
    List<JsonNode> problems = problems();
    List<String> failures = new ArrayList<>();
    List<Duration> times = new ArrayList<>();
    try (JavaRuns runs = new JavaRuns()) {
      for (int index = 0; index < problems.size(); index += STEP) {
        JsonNode problem = problems.get(index);
        String program =
            problem.get("prompt").asString() + problem.get("canonical_solution").asString();
        TestSuite tests = TestSuite.asserts(problem.get("test").asString());
        while (runs.executor().prepare()) {
          // As in a worker to which programs come one by one.
        }
        long start = System.nanoTime();
        Verdict verdict = runs.report(program, tests, LIMITS).verdict();
        times.add(Duration.ofNanos(System.nanoTime() - start));
        if (!(verdict instanceof Verdict.Passed(int count) && count == 1)) {
          failures.add(problem.get("task_id").asString() + ": " + verdict);
        }
      }
    }
    times.sort(Comparator.naturalOrder());
    System.out.printf(
        "%d reference programs in Java, milliseconds each: p50 %d, p90 %d, most %d%n",
        times.size(),
        times.get(times.size() / 2).toMillis(),
        times.get(times.size() * 9 / 10).toMillis(),
        times.getLast().toMillis());
    assertThat(failures).isEmpty();
  }

  private static List<JsonNode> problems() throws IOException {
    List<JsonNode> problems = new ArrayList<>();
    JsonMapper json = JsonMapper.shared();
    try (InputStream in = new GZIPInputStream(Files.newInputStream(DATA))) {
      String lines = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      for (String line : lines.lines().toList()) {
        problems.add(json.readTree(line));
      }
    }
    return problems;
  }
}
