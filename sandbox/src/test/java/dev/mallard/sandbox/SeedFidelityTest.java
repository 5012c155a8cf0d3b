package dev.mallard.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mallard.sandbox.pool.WorkerPool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Programs that language models wrote, about half of them wrong, get the verdict that CPython gives
 * them.
 */
class SeedFidelityTest {
  private static final Path SEEDS =
      Path.of("..", "..", "shared", "data", "seeds", "mbpp-starcoder.jsonl");

  /** Every so many of the 500 programs are run; 1 for all: -Dsandbox.seed.step=1. */
  private static final int STEP = Integer.getInteger("sandbox.seed.step", 25);

  /** Programs whose verdict differs, or that CPython itself leaves to chance, and why. */
  private static final Map<String, String> DIFFERENT =
      Map.of(
          "MBPP/341",
          "makes a tuple of a set that is written out in the tests, whose table is another size",
          "MBPP/480",
          "takes the greatest of a set of strings by a key that is a tie: chance in CPython");

  /** MBPP/35 never ends. */
  private static final Limits LIMITS = Limits.DEFAULT.withWallClock(Duration.ofSeconds(10));

  private final JsonMapper json = JsonMapper.shared();

  @Test
  void programsOfModelsGetTheVerdictThatCPythonGives() throws IOException, InterruptedException {
    Assumptions.assumeTrue(Files.exists(SEEDS), () -> SEEDS + " is absent.");
    Optional<CPython> found = CPython.find();
    Assumptions.assumeTrue(found.isPresent(), "There is no python3 to compare with.");
    try (CPython python = found.get();
        Sandbox sandbox = WorkerPool.start()) {
      List<String> differences = differences(python, sandbox);
      differences.forEach(System.out::println);
      assertThat(differences).isEmpty();
    }
  }

  private List<String> differences(CPython python, Sandbox sandbox)
      throws IOException, InterruptedException {
    List<String> differences = new ArrayList<>();
    List<String> lines = Files.readAllLines(SEEDS);
    for (int index = 0; index < lines.size(); index += STEP) {
      JsonNode seed = json.readTree(lines.get(index));
      String program = seed.get("solution").asString();
      String tests = seed.get("test").asString();
      CPython.Outcome reference = python.run(program, tests, LIMITS);
      Verdict verdict =
          sandbox
              .run(new Execution(GuestLanguage.PYTHON, program, TestSuite.asserts(tests), LIMITS))
              .verdict();
      if (VerdictKind.of(verdict) != reference.kind()
          && !DIFFERENT.containsKey(seed.get("task_id").asString())) {
        differences.add(
            "%s: CPython says %s, the sandbox %s"
                .formatted(seed.get("task_id").asString(), reference, verdict));
      }
    }
    System.out.printf(
        "%d programs, %d with another verdict than in CPython%n",
        (lines.size() + STEP - 1) / STEP, differences.size());
    return differences;
  }
}
