package dev.mallard.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mallard.sandbox.pool.WorkerPool;
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

/** The reference programs of HumanEval, HumanEval-X and sanitized MBPP pass their own tests. */
class ReferenceProgramTest {
  private static final Path DATA = Path.of("..", "..", "shared", "data");

  /** Every so many of the 755 programs are run; 1 for all: -Dsandbox.reference.step=1. */
  private static final int STEP = Integer.getInteger("sandbox.reference.step", 10);

  /** What GraalPy cannot do as CPython does it, and why. */
  private static final Map<String, String> DIFFERENT =
      Map.of(
          "MBPP/579", "compares the order of a symmetric difference, whose table is another size",
          "MBPP/596", "sys.getsizeof of a tuple needs GraalPy's native part");

  /** MBPP/123 takes 40 seconds interpreted. */
  private static final Limits LIMITS = Limits.DEFAULT.withWallClock(Duration.ofMinutes(2));

  private final JsonMapper json = JsonMapper.shared();

  private record Reference(String name, String program, String tests) {}

  @Test
  void referenceProgramsPass() throws IOException, InterruptedException {
    List<Reference> references = new ArrayList<>(humanEval());
    references.addAll(humanEvalX());
    references.addAll(mbpp());
    List<String> failures = new ArrayList<>();
    List<Duration> times = new ArrayList<>();
    try (WorkerPool sandbox = WorkerPool.start()) {
      sandbox.run(new Execution(GuestLanguage.PYTHON, "", TestSuite.EMPTY, LIMITS));
      for (int index = 0; index < references.size(); index += STEP) {
        Reference reference = references.get(index);
        long start = System.nanoTime();
        Verdict verdict =
            sandbox
                .run(
                    new Execution(
                        GuestLanguage.PYTHON,
                        reference.program(),
                        TestSuite.asserts(reference.tests()),
                        LIMITS))
                .verdict();
        times.add(Duration.ofNanos(System.nanoTime() - start));
        if (!(verdict instanceof Verdict.Passed(int tests) && tests > 0)
            && !DIFFERENT.containsKey(reference.name())) {
          failures.add(reference.name() + ": " + verdict);
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

  private List<Reference> humanEval() throws IOException {
    List<Reference> references = new ArrayList<>();
    try (InputStream in =
        new GZIPInputStream(
            Files.newInputStream(
                present(DATA.resolve("humaneval").resolve("HumanEval.jsonl.gz"))))) {
      String lines = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      for (String line : lines.lines().toList()) {
        JsonNode problem = json.readTree(line);
        references.add(
            new Reference(
                problem.get("task_id").asString(),
                problem.get("prompt").asString() + problem.get("canonical_solution").asString(),
                problem.get("test").asString()
                    + "\ncheck("
                    + problem.get("entry_point").asString()
                    + ")\n"));
      }
    }
    return references;
  }

  private List<Reference> humanEvalX() throws IOException {
    List<Reference> references = new ArrayList<>();
    Path file = present(DATA.resolve("humaneval-x").resolve("humaneval_python.jsonl.gz"));
    try (InputStream in = new GZIPInputStream(Files.newInputStream(file))) {
      for (String line : new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList()) {
        JsonNode problem = json.readTree(line);
        references.add(
            new Reference(
                "HumanEval-X " + problem.get("task_id").asString(),
                problem.get("prompt").asString() + problem.get("canonical_solution").asString(),
                problem.get("test").asString()));
      }
    }
    return references;
  }

  private List<Reference> mbpp() throws IOException {
    List<Reference> references = new ArrayList<>();
    Path file = present(DATA.resolve("mbpp").resolve("sanitized-mbpp.json"));
    for (JsonNode problem : json.readTree(Files.readString(file))) {
      List<String> tests = new ArrayList<>();
      problem.get("test_imports").forEach(line -> tests.add(line.asString()));
      problem.get("test_list").forEach(line -> tests.add(line.asString()));
      references.add(
          new Reference(
              "MBPP/" + problem.get("task_id").asInt(),
              problem.get("code").asString(),
              String.join("\n", tests)));
    }
    return references;
  }

  private static Path present(Path file) {
    Assumptions.assumeTrue(
        Files.exists(file), () -> file + " is absent, so no reference programs are run.");
    return file;
  }
}
