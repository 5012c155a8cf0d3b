package dev.mallard.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mallard.generator.problem.Language;
import dev.mallard.generator.problem.Problem;
import dev.mallard.generator.problem.ProblemFile;
import dev.mallard.sandbox.Execution;
import dev.mallard.sandbox.Limits;
import dev.mallard.sandbox.Sandbox;
import dev.mallard.sandbox.TestSuite;
import dev.mallard.sandbox.Verdict;
import dev.mallard.sandbox.pool.WorkerPool;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ExamplesTest {
  private static final Path EXAMPLES = Path.of("../examples");
  private static final Path SOLUTIONS = Path.of("src/test/resources/reference-solutions");

  static List<Path> examples() throws IOException {
    try (Stream<Path> files = Files.list(EXAMPLES)) {
      return files.filter(file -> file.toString().endsWith(".md")).sorted().toList();
    }
  }

  @ParameterizedTest
  @MethodSource("examples")
  void statesAProblemWithHiddenTestsThatHasASolution(Path example) throws IOException {
    Problem problem = ProblemFile.read(example);

    assertThat(problem.hiddenTests().isEmpty()).isFalse();
    assertThat(Files.readString(solution(example, problem)))
        .contains(problem.signature().orElseThrow().lines().findFirst().orElseThrow());
  }

  @Test
  void referenceSolutionsPassTheVisibleAndTheHiddenTests()
      throws IOException, InterruptedException {
    try (Sandbox sandbox = WorkerPool.start()) {
      for (Path example : examples()) {
        Problem problem = ProblemFile.read(example);
        String program = Files.readString(solution(example, problem));
        assertThat(accepts(problem.language(), program)).as("%s", example).isTrue();
        for (TestSuite tests : List.of(problem.visibleTests(), problem.hiddenTests())) {
          assertThat(
                  sandbox
                      .run(
                          new Execution(
                              problem.language().guestLanguage(), program, tests, Limits.DEFAULT))
                      .verdict())
              .as("%s", example)
              .matches(Verdict::passed);
        }
      }
    }
  }

  private static boolean accepts(Language language, String program) {
    return language
        .grammar()
        .orElseThrow()
        .compile()
        .accepts(program.getBytes(StandardCharsets.UTF_8));
  }

  private static Path solution(Path example, Problem problem) {
    String ending = "." + problem.language().extensions().getFirst();
    return SOLUTIONS.resolve(example.getFileName().toString().replace(".md", ending));
  }
}
