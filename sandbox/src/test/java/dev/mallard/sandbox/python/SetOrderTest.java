package dev.mallard.sandbox.python;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mallard.sandbox.CPython;
import dev.mallard.sandbox.Execution;
import dev.mallard.sandbox.GuestLanguage;
import dev.mallard.sandbox.Limits;
import dev.mallard.sandbox.TestSuite;
import dev.mallard.sandbox.Verdict;
import dev.mallard.sandbox.Verdict.Crashed;
import dev.mallard.sandbox.Verdict.Passed;
import dev.mallard.sandbox.pool.WorkerPool;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Sets of numbers have the order that they have in CPython. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SetOrderTest {
  private static final Limits LIMITS = Limits.DEFAULT.withWallClock(Duration.ofSeconds(30));

  /** Expressions, in which %s is a list of numbers. */
  private static final List<String> FORMS =
      List.of(
          "list(set(%s))",
          "tuple(frozenset(%s))",
          "str(set(%s))",
          "[x for x in {x * x for x in %s}]",
          "[*set(%s)]",
          "f'{set(%s)}'",
          "'-'.join(map(str, set(%s)))",
          "sorted(set(%s), key=lambda x: x % 3)",
          "max(set(%s), key=lambda x: x % 2)",
          "list(set((x, -x) for x in %s))",
          "list({x / 2 for x in %s})",
          "list(grown(%s))",
          "visited(%s)");

  private static final String FUNCTIONS =
      """
      def grown(items):
          result = set()
          for item in items:
              result.add(item)
              result.update([item, item + 1])
          return result
      def visited(items):
          order = []
          for item in set(items):
              order.append(item)
          return order
      """;

  private final WorkerPool sandbox = WorkerPool.start();

  @AfterAll
  void close() {
    sandbox.close();
  }

  @ParameterizedTest
  @ValueSource(ints = {8, 40, 1000, 1_000_000_000})
  void setsThatGrowByOneElementAtATimeHaveCPythonsOrder(int bound) throws Exception {
    Random random = new Random(bound);
    StringBuilder program = new StringBuilder(FUNCTIONS).append("shown = []\n");
    int number = 0;
    for (String form : FORMS) {
      for (int length = 1; length <= 25; length += 3) {
        String numbers =
            random
                .ints(length, length % 2 == 0 ? 0 : -bound / 4, bound)
                .mapToObj(Integer::toString)
                .collect(Collectors.joining(", ", "[", "]"));
        program.append("shown.append(repr(").append(form.replace("%s", numbers)).append("))\n");
        number++;
      }
    }
    List<String> expected = inCPython(program + "print(*shown, sep='\\n')");
    assertThat(expected).hasSize(number);
    String tests =
        "assert shown == ["
            + expected.stream()
                .map(text -> "r\"\"\"" + text + "\"\"\"")
                .collect(Collectors.joining(","))
            + "]";
    assertThat(run(program.toString(), tests)).isEqualTo(new Passed(1));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        // Small numbers, whatever the operation.
        "assert list(set([3, 1, 2]) | {7, 4}) == [1, 2, 3, 4, 7]",
        "assert list(set([3, 1, 2]) - {2}) == [1, 3]",
        "assert list(set([6, 3, 1]) ^ {3, 5}) == [1, 5, 6]",
        "assert list(set([6, 3, 1]) & {3, 1, 0}) == [1, 3]",
        "assert set([7, 2, 5]).pop() == 2",
        "assert emptied(set([7, 2, 5])) == [2, 5, 7]",
        "assert emptied([7, 2, 5]) == [5, 2, 7]",
        // What a function is given.
        "assert second({9, 8, 2}) == 9",
        "assert second([9, 8, 2]) == 8",
        // Other kinds of elements, and of collections, stay as they are.
        "assert list(set(['b'])) == ['b']",
        "assert len(list({'a', 'b', 1, None})) == 4",
        "assert list(Own([3, 1])) == list(Own([3, 1]))",
        "assert type(frozenset([3, 1])) is frozenset",
        "assert f'{y=} {y = !r}' == 'y=1 y = 1'",
        "assert same(x) is x"
      })
  void programsSeeNothingElseOfIt(String test) throws Exception {
    String program =
        """
        class Own(set): pass
        x = {3, 1}
        y = 1
        def emptied(items):
            order = []
            while items:
                order.append(items.pop())
            return order
        def second(items):
            a, b, *c = items
            return b
        def same(items):
            for item in items: pass
            return items
        """;
    // The test is a part of the program, since only there are sets put in order.
    assertThat(run(program + test, "")).isEqualTo(new Passed(0));
    assertThat(inCPython(program + test)).isEmpty();
  }

  @Test
  void aSetThatChangesWhileItIsIteratedOverIsAnErrorAsEver() throws Exception {
    Verdict verdict = run("x = {3, 1, 2}\n\nfor a in x:\n  for b in x: pass\n  x.remove(a)", "");
    assertThat(verdict).isInstanceOf(Crashed.class);
    assertThat(((Crashed) verdict).type()).isEqualTo("RuntimeError");
    assertThat(((Crashed) verdict).line()).isEqualTo(Optional.of(3));
  }

  private Verdict run(String program, String tests) throws InterruptedException {
    return sandbox
        .run(new Execution(GuestLanguage.PYTHON, program, TestSuite.asserts(tests), LIMITS))
        .verdict();
  }

  private static List<String> inCPython(String program) throws IOException, InterruptedException {
    Optional<CPython> found = CPython.find();
    Assumptions.assumeTrue(found.isPresent(), "There is no python3 to compare with.");
    try (CPython python = found.get()) {
      Process process =
          new ProcessBuilder(python.interpreter(), "-c", program)
              .redirectError(ProcessBuilder.Redirect.INHERIT)
              .start();
      String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(process.waitFor()).isZero();
      return text.lines().toList();
    }
  }
}
