package dev.mallard.sandbox.jvm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mallard.sandbox.Limits;
import dev.mallard.sandbox.Observation;
import dev.mallard.sandbox.Report;
import dev.mallard.sandbox.TestSuite;
import dev.mallard.sandbox.TestSuite.Exchange;
import dev.mallard.sandbox.TestSuite.StandardIo;
import dev.mallard.sandbox.Trace;
import dev.mallard.sandbox.Trace.Called;
import dev.mallard.sandbox.Trace.Line;
import dev.mallard.sandbox.Trace.Omitted;
import dev.mallard.sandbox.Trace.Raised;
import dev.mallard.sandbox.Trace.Returned;
import dev.mallard.sandbox.Trace.Variable;
import dev.mallard.sandbox.Verdict.TimedOut;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

/** What is recorded of Java programs. */
@TestInstance(Lifecycle.PER_CLASS)
class JavaObservationTest {
  private static final String ABSOLUTE =
      """
      class Solution {
        private int calls;

        boolean isNegative(int n) {
          calls++;
          return n < 0;
        }

        int absolute(int n) {
          int result = n;
          if (isNegative(n)) {
            result = -n - 1;
          }
          return result;
        }

        int never() {
          return 0;
        }
      }
      """;

  private JavaRuns runs;

  @BeforeAll
  void start() {
    runs = new JavaRuns();
  }

  @AfterAll
  void stop() {
    if (runs != null) {
      runs.close();
    }
  }

  @Test
  void coverageTellsTheLinesThatWereExecuted() {
    Report report = observe(ABSOLUTE, "assert new Solution().absolute(1) == 1;");
    assertThat(report.verdict().passed()).isTrue();
    assertThat(report.trace()).isEmpty();
    assertThat(report.coverage().orElseThrow().executable())
        .containsExactly(5, 6, 10, 11, 12, 14, 18);
    assertThat(report.coverage().orElseThrow().missed()).containsExactly(12, 18);
  }

  @Test
  void coverageIsKnownHoweverTheProgramEnds() {
    String program =
        """
        class Solution {
          static int f(boolean halt) {
            if (halt) {
              Runtime.getRuntime().halt(0);
            }
            while (true) {
              Thread.onSpinWait();
            }
          }
        }
        """;
    assertThat(observe(program, "assert Solution.f(true) == 1;").coverage().orElseThrow().covered())
        .containsExactly(3, 4);
    assertThat(
            observe(program, "assert Solution.f(false) == 1;").coverage().orElseThrow().covered())
        .containsExactly(3, 7);
  }

  @Test
  void theTraceOfTheFirstTestThatDoesNotPassShowsEachStep() {
    Report report =
        observe(
            ABSOLUTE,
            "var s = new Solution();\nassert s.absolute(1) == 1;\nassert s.absolute(-3) == 3;");
    Trace trace = report.trace().orElseThrow();
    assertThat(trace.test().number()).isEqualTo(2);
    assertThat(trace.steps())
        .containsExactly(
            new Called("absolute", 10, List.of(new Variable("n", "-3"))),
            new Line(10, List.of(new Variable("result", "-3")), Optional.empty()),
            new Line(11, List.of(), Optional.of(12)),
            new Called("isNegative", 5, List.of(new Variable("n", "-3"))),
            new Line(5, List.of(), Optional.empty()),
            new Line(6, List.of(), Optional.empty()),
            new Returned("isNegative", "true"),
            new Line(12, List.of(new Variable("result", "2")), Optional.empty()),
            new Line(14, List.of(), Optional.empty()),
            new Returned("absolute", "2"));
  }

  @Test
  void anExceptionThatLeavesAMethodIsAStep() {
    String program =
        """
        class Solution {
          static int outer(int n) {
            try {
              return inner(n);
            } catch (ArithmeticException e) {
              return -1;
            }
          }
          static int inner(int n) {
            return 1 / n;
          }
        }
        """;
    assertThat(observe(program, "assert Solution.outer(0) == 0;").trace().orElseThrow().steps())
        .contains(
            new Raised("inner", "ArithmeticException: / by zero"), new Returned("outer", "-1"));
  }

  @Test
  void aLongTraceKeepsItsEndsAndWhatIsAroundExceptions() {
    String program =
        """
        class Solution {
          static int sum(int n) {
            int sum = 0;
            for (int i = 0; i < n; i++) {
              sum += i;
              if (i == n / 2) {
                try {
                  fail();
                } catch (RuntimeException e) {
                  sum++;
                }
              }
            }
            return sum;
          }
          static void fail() {
            throw new IllegalStateException();
          }
        }
        """;
    Trace trace = observe(program, "assert Solution.sum(1000) == 0;").trace().orElseThrow();
    List<Trace.Step> steps = trace.steps();
    assertThat(steps).filteredOn(Omitted.class::isInstance).hasSize(2);
    assertThat(steps.get(200)).isInstanceOf(Omitted.class);
    assertThat(steps.getLast()).isEqualTo(new Returned("sum", "499501"));
    int raised = steps.indexOf(new Raised("fail", "IllegalStateException"));
    assertThat(raised).isEqualTo(200 + 20);
    assertThat(steps).hasSize(200 + 1 + 40 + 1 + 200);
  }

  @Test
  void theTraceOfAProgramThatNeverEndsShowsWhereItIs() {
    String program =
        """
        class Solution {
          static int f(int n) {
            while (n > 0) {
              n = n % 2 + 1;
            }
            return n;
          }
        }
        """;
    Report report =
        runs.report(
            program,
            TestSuite.asserts("assert Solution.f(5) == 0;"),
            JavaRuns.LIMITS.withWallClock(Duration.ofSeconds(2)),
            Observation.TRACE);
    assertThat(report.verdict()).isInstanceOf(TimedOut.class);
    assertThat(report.trace().orElseThrow().steps())
        .startsWith(new Called("f", 3, List.of(new Variable("n", "5"))))
        .anyMatch(Omitted.class::isInstance)
        .hasSizeBetween(401, 402);
  }

  @Test
  void theTraceOfAnExchangeIsThatOfMain() {
    String program =
        """
        void main() {
          String line = IO.readln();
          IO.println(line + line);
        }
        """;
    Report report =
        runs.report(
            program,
            new StandardIo(List.of(new Exchange("a", "aa"), new Exchange("b", "b"))),
            JavaRuns.LIMITS,
            Observation.TRACE);
    assertThat(report.trace().orElseThrow().steps())
        .containsExactly(
            new Called("main", 2, List.of()),
            new Line(2, List.of(new Variable("line", "\"b\"")), Optional.empty()),
            new Line(3, List.of(), Optional.empty()),
            new Returned("main", "void"));
  }

  @Test
  void showingValuesRunsNothingOfTheProgram() {
    String program =
        """
        import java.util.*;
        class Solution {
          static class Node {
            int value = 7;
            Node next;
            @Override public String toString() { throw new Error(); }
            @Override public int hashCode() { return 1; }
            @Override public boolean equals(Object other) { while (true) { } }
          }
          static int f() {
            Node node = new Node();
            node.next = node;
            List<Object> list = new ArrayList<>(List.of("x", 'y', 1L, new int[] {1, 2}));
            Map<String, Node> map = new TreeMap<>(Map.of("k", node));
            return list.size();
          }
        }
        """;
    List<Trace.Step> steps =
        observe(program, "assert Solution.f() == 0;").trace().orElseThrow().steps();
    assertThat(steps)
        .contains(
            new Line(
                13, List.of(new Variable("list", "[\"x\", 'y', 1, [1, 2]]")), Optional.empty()))
        .anySatisfy(step ->
            assertThat(step.toString())
                .contains("map")
                .contains("{\"k\"=Solution.Node{value=7, next=Solution.Node{"));
  }

  private Report observe(String program, String tests) {
    Limits limits = JavaRuns.LIMITS.withWallClock(Duration.ofSeconds(5));
    return runs.report(program, TestSuite.asserts(tests), limits, Observation.values());
  }
}
