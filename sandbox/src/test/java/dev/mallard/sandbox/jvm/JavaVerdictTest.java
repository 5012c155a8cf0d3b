package dev.mallard.sandbox.jvm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mallard.sandbox.DataValue;
import dev.mallard.sandbox.DataValue.Bool;
import dev.mallard.sandbox.DataValue.Mapping;
import dev.mallard.sandbox.DataValue.Null;
import dev.mallard.sandbox.DataValue.Real;
import dev.mallard.sandbox.DataValue.Sequence;
import dev.mallard.sandbox.DataValue.Text;
import dev.mallard.sandbox.DataValue.Whole;
import dev.mallard.sandbox.Limits;
import dev.mallard.sandbox.Report;
import dev.mallard.sandbox.TestResult;
import dev.mallard.sandbox.TestSuite;
import dev.mallard.sandbox.TestSuite.Call;
import dev.mallard.sandbox.TestSuite.Calls;
import dev.mallard.sandbox.TestSuite.Exchange;
import dev.mallard.sandbox.TestSuite.ResultSets;
import dev.mallard.sandbox.TestSuite.StandardIo;
import dev.mallard.sandbox.Verdict;
import dev.mallard.sandbox.Verdict.Comparison;
import dev.mallard.sandbox.Verdict.Crashed;
import dev.mallard.sandbox.Verdict.Failed;
import dev.mallard.sandbox.Verdict.Malformed;
import dev.mallard.sandbox.Verdict.OutOfMemory;
import dev.mallard.sandbox.Verdict.Passed;
import dev.mallard.sandbox.Verdict.TimedOut;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

/** What verdict which Java program gets. */
@TestInstance(Lifecycle.PER_CLASS)
class JavaVerdictTest {
  private static final String ADDER =
      """
      class Solution {
        int add(int a, int b) {
          return a + b;
        }

        static int twice(int a) {
          return 2 * a;
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
  void assertsThatHoldPass() {
    assertThat(runs.verdict(ADDER, "assert new Solution().add(1, 2) == 3;\nassert true;"))
        .isEqualTo(new Passed(2));
  }

  @Test
  void anEqualityThatDoesNotHoldShowsItsSides() {
    Verdict verdict =
        runs.verdict(ADDER, "assert new Solution().add(1, 2) == 4 : \"one and two\";");
    assertThat(verdict)
        .isEqualTo(
            new Failed(
                new Verdict.Test(1, "assert new Solution().add(1, 2) == 4 : \"one and two\";"),
                Optional.of(new Comparison("new Solution().add(1, 2)", "3", "4")),
                Optional.of("one and two"),
                0));
  }

  @Test
  void equalitiesOfObjectsAndArraysShowTheirSidesToo() {
    String program =
        """
        import java.util.List;
        class Solution {
          List<String> words() { return List.of("a", "b"); }
          int[][] grid() { return new int[][] {{1}, {2, 3}}; }
        }
        """;
    String tests =
        """
        assert new Solution().words().equals(List.of("a"));
        assert Arrays.deepEquals(new Solution().grid(), new int[][] {{1}});
        assert Objects.equals(new Solution().words(), null);
        assert (Arrays.equals(new Solution().grid()[1], new int[] {2, 3}));
        """;
    Report report = runs.report(program, TestSuite.asserts(tests));
    assertThat(report.tests())
        .extracting(TestResult::verdict)
        .map(verdict -> verdict instanceof Failed failed ? failed.comparison() : verdict)
        .containsExactly(
            Optional.of(new Comparison("new Solution().words()", "[a, b]", "[a]")),
            Optional.of(new Comparison("new Solution().grid()", "[[1], [2, 3]]", "[[1]]")),
            Optional.of(new Comparison("new Solution().words()", "[a, b]", "null")),
            new Passed(1));
  }

  @Test
  void bothSidesOfAnEqualityAreEvaluatedOnce() {
    String program = "class Solution { static int n; static int next() { return ++n; } }";
    assertThat(runs.verdict(program, "assert Solution.next() == 1;\nassert Solution.next() == 2;"))
        .isEqualTo(new Passed(2));
  }

  @Test
  void allTestsRunWhateverComesOfThoseBefore() {
    String tests =
        """
        int three = 3;
        assert new Solution().add(1, 2) == three;
        assert new Solution().add(1, 1) == three : "no";
        assert new Solution().add(1, 1) / 0 == 1;
        for (int i = 0; i < 3; i++) { assert Solution.twice(i) == i + i; }
        """;
    Report report = runs.report(ADDER, TestSuite.asserts(tests));
    assertThat(report.tests()).hasSize(4);
    assertThat(report.tests().get(0).passed()).isTrue();
    assertThat(report.tests().get(1).verdict()).isInstanceOf(Failed.class);
    assertThat(report.tests().get(2).verdict())
        .isEqualTo(
            new Crashed(
                "ArithmeticException",
                "/ by zero",
                Optional.empty(),
                Optional.of(report.tests().get(2).test()),
                1));
    assertThat(report.tests().get(3).passed()).isTrue();
    assertThat(report.verdict())
        .isInstanceOfSatisfying(
            Failed.class,
            failed -> {
              assertThat(failed.test().number()).isEqualTo(2);
              assertThat(failed.testsPassed()).isEqualTo(2);
            });
  }

  @Test
  void testsAfterSetUpThatFailsGetItsVerdict() {
    Report report =
        runs.report(ADDER, TestSuite.asserts("assert true;\nint n = 1 / 0;\nassert n == 0;"));
    assertThat(report.tests()).hasSize(2);
    assertThat(report.tests().get(0).passed()).isTrue();
    assertThat(report.tests().get(1).verdict())
        .isInstanceOfSatisfying(
            Crashed.class, crash -> assertThat(crash.type()).isEqualTo("ArithmeticException"));
    assertThat(report.tests().get(1).elapsed()).isZero();
  }

  @Test
  void aCrashNamesTheInnermostLineOfTheProgram() {
    String program =
        """
        import java.util.*;
        class Solution {
          static int first(List<Integer> list) {
            return list.getFirst();
          }
        }
        """;
    assertThat(runs.verdict(program, "assert Solution.first(List.of()) == 0;"))
        .isEqualTo(
            new Crashed(
                "NoSuchElementException",
                "",
                Optional.of(4),
                Optional.of(new Verdict.Test(1, "assert Solution.first(List.of()) == 0;")),
                0));
  }

  @Test
  void theMainOfACompilationUnitIsOneTest() {
    String tests =
        """
        public class Main {
          public static void main(String[] args) {
            if (new Solution().add(1, 2) != %d) { throw new AssertionError("sum"); }
          }
        }
        """;
    assertThat(runs.verdict(ADDER, tests.formatted(3))).isEqualTo(new Passed(1));
    assertThat(runs.verdict(ADDER, tests.formatted(4)))
        .isInstanceOfSatisfying(
            Failed.class, failed -> assertThat(failed.message()).contains("sum"));
  }

  @Test
  void anAssertionErrorOfTheProgramIsACrash() {
    String program = "class Solution { int f() { throw new AssertionError(\"mine\"); } }";
    String tests = "class Main { public static void main(String[] a) { new Solution().f(); } }";
    assertThat(runs.verdict(program, tests))
        .isInstanceOfSatisfying(
            Crashed.class,
            crash -> {
              assertThat(crash.type()).isEqualTo("AssertionError");
              assertThat(crash.message()).isEqualTo("mine");
              assertThat(crash.line()).contains(1);
            });
  }

  @Test
  void assertionsInsideOfTheTestsOwnClassesAreEnabled() {
    String tests =
        """
        class Main {
          static void check(int sum) { assert sum == 5 : "got " + sum; }
          public static void main(String[] a) { check(new Solution().add(1, 2)); }
        }
        """;
    assertThat(runs.verdict(ADDER, tests))
        .isInstanceOfSatisfying(
            Failed.class, failed -> assertThat(failed.message()).contains("got 3"));
  }

  @Test
  void aProgramWithAMainOfItsOwnDoesNotDisturbTestsThatHaveOne() {
    String program =
        ADDER + "public class Main { public static void main(String[] a) { int x = 1 / 0; } }";
    String tests =
        "public class Main { public static void main(String[] a) {"
            + " if (new Solution().add(1, 1) != 2) throw new AssertionError(); } }";
    assertThat(runs.verdict(program, tests)).isEqualTo(new Passed(1));
  }

  @Test
  void aCompileErrorIsNamedWithItsLineAndColumn() {
    assertThat(runs.verdict("class Solution {\n\tint f() { return zz; }\n}", ""))
        .isEqualTo(
            new Malformed(
                "cannot find symbol; symbol:   variable zz; location: class Solution", 2, 19));
  }

  @Test
  void aProgramThatDoesNotFitItsTestsCrashesInTheFirst() {
    assertThat(runs.verdict(ADDER, "assert new Solution().sub(1, 2) == 3;"))
        .isInstanceOfSatisfying(
            Crashed.class,
            crash -> {
              assertThat(crash.type()).isEqualTo("CompileError");
              assertThat(crash.message()).contains("cannot find symbol").contains("sub");
              assertThat(crash.test()).isPresent();
            });
  }

  @Test
  void methodsOfACompactSourceFileAreCalledWithoutAQualifier() {
    String program = "int add(int a, int b) { return a + b; }\nvoid main() { IO.println(1); }";
    assertThat(runs.verdict(program, "assert add(1, 2) == 3;")).isEqualTo(new Passed(1));
  }

  @Test
  void aProgramWithoutTestsRunsItsMain() {
    Report report =
        runs.report(
            "void main() { System.out.println(\"h\\u00e9\"); System.err.print(\"e\"); }",
            TestSuite.EMPTY);
    assertThat(report.verdict()).isEqualTo(new Passed(0));
    assertThat(report.standardOutput()).isEqualTo("h\u00e9\n");
    assertThat(report.standardError()).isEqualTo("e");
  }

  @Test
  void aProgramWithoutMainOrTestsIsOnlyLoaded() {
    assertThat(runs.verdict(ADDER, "")).isEqualTo(new Passed(0));
  }

  @Test
  void theStatusWithWhichAProgramExitsCounts() {
    assertThat(runs.verdict("void main() { System.exit(0); }", "")).isEqualTo(new Passed(0));
    assertThat(runs.verdict("void main() { System.exit(3); }", ""))
        .isEqualTo(new Crashed("SystemExit", "3", Optional.empty(), Optional.empty(), 0));
    assertThat(runs.verdict("void main() { System.exit(-1); }", ""))
        .isEqualTo(new Crashed("SystemExit", "255", Optional.empty(), Optional.empty(), 0));
    assertThat(runs.verdict("void main() { System.exit(137); }", ""))
        .isEqualTo(new Crashed("SystemExit", "137", Optional.empty(), Optional.empty(), 0));
  }

  @Test
  void anExceptionThatMainDoesNotCatchIsACrash() {
    Report report =
        runs.report(
            "void main() {\n  throw new IllegalStateException(\"no\");\n}", TestSuite.EMPTY);
    assertThat(report.verdict())
        .isEqualTo(new Crashed("IllegalStateException", "no", Optional.of(2), Optional.empty(), 0));
    assertThat(report.standardError())
        .isEqualTo("java.lang.IllegalStateException: no\n\tat Program.main(Program.java:2)\n");
  }

  @Test
  void deepRecursionIsACrash() {
    String program = "class Solution { static int f(int n) { return f(n + 1) + 1; } }";
    assertThat(runs.verdict(program, "assert Solution.f(0) == 0;"))
        .isInstanceOfSatisfying(
            Crashed.class, crash -> assertThat(crash.type()).isEqualTo("StackOverflowError"));
  }

  @Test
  void aProgramThatNeverEndsIsStopped() {
    Limits limits = JavaRuns.LIMITS.withWallClock(Duration.ofSeconds(2));
    Report report =
        runs.report(
            "class Solution { static int f() { while (true); } }",
            TestSuite.asserts("assert true;\nassert Solution.f() == 0;\nassert true;"),
            limits);
    assertThat(report.verdict())
        .isEqualTo(
            new TimedOut(
                limits.wallClock(),
                Optional.of(new Verdict.Test(2, "assert Solution.f() == 0;")),
                1));
    assertThat(report.tests()).hasSize(3);
    assertThat(report.tests().get(2).verdict()).isEqualTo(report.tests().get(1).verdict());
  }

  @Test
  void aFullHeapIsOutOfMemory() {
    String program =
        """
        import java.util.*;
        class Solution {
          static int f() {
            List<int[]> all = new ArrayList<>();
            while (true) { all.add(new int[100_000]); }
          }
        }
        """;
    assertThat(runs.verdict(program, "assert Solution.f() == 0;"))
        .isEqualTo(
            new OutOfMemory(128, Optional.of(new Verdict.Test(1, "assert Solution.f() == 0;"))));
  }

  @Test
  void callsCoerceTheirArgumentsToTheParametersTypes() {
    String program =
        """
        import java.math.*;
        import java.util.*;
        class Solution {
          static String f(int a, long b, double c, boolean d, String e, char f, BigInteger g,
              int[][] h, List<Integer> i, Map<String, List<Double>> j, Set<Character> k,
              Optional<String> l, Object m, Integer n) {
            return a + " " + b + " " + c + " " + d + " " + e + " " + f + " " + g + " "
                + Arrays.deepToString(h) + " " + i + " " + j + " " + k + " " + l + " " + m + " " + n;
          }
        }
        """;
    List<DataValue> arguments =
        List.of(
            new Whole(1),
            new Whole(1L << 40),
            new Whole(3),
            new Bool(true),
            new Text("x"),
            new Text("y"),
            new Whole(7),
            new Sequence(List.of(new Sequence(List.of(new Whole(1))), new Sequence(List.of()))),
            new Sequence(List.of(new Whole(1), new Whole(2))),
            new Mapping(Map.of("k", new Sequence(List.of(new Real(0.5))))),
            new Sequence(List.of(new Text("z"))),
            new Null(),
            new Real(1.5),
            new Null());
    Text expected =
        new Text(
            "1 1099511627776 3.0 true x y 7 [[1], []] [1, 2] {k=[0.5]} [z] Optional.empty 1.5"
                + " null");
    assertThat(runs.report(program, calls("f", 0, new Call(arguments, expected))).verdict())
        .isEqualTo(new Passed(1));
  }

  @Test
  void callsCompareByStructureAndSayWhatCame() {
    String program =
        """
        import java.util.*;
        class Solution {
          Map<Integer, int[]> f(int n) { return new TreeMap<>(Map.of(n, new int[] {n, n})); }
        }
        """;
    Mapping good = new Mapping(Map.of("2", new Sequence(List.of(new Whole(2), new Whole(2)))));
    Mapping bad = new Mapping(Map.of("3", new Sequence(List.of(new Whole(3)))));
    Report report =
        runs.report(
            program,
            calls(
                "f",
                0,
                new Call(List.of(new Whole(2)), good),
                new Call(List.of(new Whole(3)), bad)));
    assertThat(report.tests().get(0).passed()).isTrue();
    assertThat(report.tests().get(1).verdict())
        .isInstanceOfSatisfying(
            Failed.class,
            failed ->
                assertThat(failed.comparison())
                    .contains(new Comparison("f(3)", "{3: [3, 3]}", "{\"3\": [3]}")));
  }

  @Test
  void floatingPointNumbersMayDifferByTheTolerance() {
    String program = "class Solution { double third(int n) { return n / 3.0; } }";
    Call call = new Call(List.of(new Whole(1)), new Real(0.3333));
    assertThat(runs.report(program, calls("third", 1e-3, call)).verdict()).isEqualTo(new Passed(1));
    assertThat(runs.report(program, calls("third", 0, call)).verdict()).isInstanceOf(Failed.class);
  }

  @Test
  void eachCallOfAnInstanceMethodHasAFreshInstance() {
    String program = "class Solution { int n; int next() { return ++n; } }";
    Call call = new Call(List.of(), new Whole(1));
    assertThat(runs.report(program, calls("Solution.next", 0, call, call)).verdict())
        .isEqualTo(new Passed(2));
  }

  @Test
  void anArgumentThatDoesNotFitItsParameterIsACrash() {
    Call call = new Call(List.of(new Text("x"), new Whole(1)), new Whole(1));
    assertThat(runs.report(ADDER, calls("add", 0, call)).verdict())
        .isInstanceOfSatisfying(
            Crashed.class, crash -> assertThat(crash.message()).isEqualTo("\"x\" is no int"));
  }

  @Test
  void exchangesRunTheProgramEachWithItsOwnInput() {
    String program =
        """
        import java.util.Scanner;
        public class Main {
          static int runs;
          public static void main(String[] args) {
            Scanner in = new Scanner(System.in);
            System.out.println(in.nextInt() + in.nextInt() + runs++ + "  ");
          }
        }
        """;
    Report report =
        runs.report(
            program,
            new StandardIo(
                List.of(
                    new Exchange("1 2\n", "3"),
                    new Exchange("2 2\n", "5\n"),
                    new Exchange("x", ""),
                    new Exchange("3 3", "6\n\n"))));
    assertThat(report.tests())
        .extracting(result -> result.verdict().getClass().getSimpleName())
        .containsExactly("Passed", "Failed", "Crashed", "Passed");
    assertThat(report.tests().get(1).verdict())
        .isInstanceOfSatisfying(
            Failed.class,
            failed ->
                assertThat(failed.comparison())
                    .contains(new Comparison("standard output", "4", "5")));
  }

  @Test
  void threadsThatMainLeavesRunToTheirEnd() {
    String program =
        """
        void main() {
          new Thread(() -> {
            for (int i = 0; i < 3; i++) { System.out.println(i); }
          }).start();
          Runtime.getRuntime().addShutdownHook(new Thread(() -> System.out.println("bye")));
        }
        """;
    assertThat(
            runs.report(program, new StandardIo(List.of(new Exchange("", "0\n1\n2\nbye"))))
                .verdict())
        .isEqualTo(new Passed(1));
  }

  @Test
  void outputThatGoesPastSystemOutCountsToo() {
    String program =
        """
        import java.io.*;
        void main() throws IOException {
          var out = new PrintWriter(new FileOutputStream(FileDescriptor.out));
          out.println("fast");
          out.flush();
        }
        """;
    assertThat(runs.report(program, new StandardIo(List.of(new Exchange("", "fast")))).verdict())
        .isEqualTo(new Passed(1));
  }

  @Test
  void outputIsCutToItsLimitAndTheProgramRunsOn() {
    String program =
        "class Solution { static int f() { for (int i = 0; i < 9000; i++)"
            + " System.out.print(\"\\u00e9x\"); return 1; } }";
    Report report = runs.report(program, TestSuite.asserts("assert Solution.f() == 1;"));
    assertThat(report.verdict()).isEqualTo(new Passed(1));
    assertThat(report.standardOutput()).hasSize(10_000).endsWith("\u00e9x");
  }

  @Test
  void testsAreCheckedBeforehand() {
    JavaExecutor executor = runs.executor();
    assertThat(executor.check(TestSuite.asserts("import java.util.*;\nassert f() == 1;")))
        .isEmpty();
    assertThat(executor.check(TestSuite.asserts("assert true;\nassert f( == 1;")))
        .hasValueSatisfying(problem -> assertThat(problem.line()).isEqualTo(2));
    assertThat(executor.check(new ResultSets(List.of())))
        .contains(new Malformed("result sets are for SQL", 1, 1));
  }

  @Test
  void aSuiteIsRunInThePackageOfTheProgram() {
    assertThat(runs.verdict("package p.q;\n" + ADDER, "assert Solution.twice(2) == 4;"))
        .isEqualTo(new Passed(1));
  }

  private static Calls calls(String function, double tolerance, Call... calls) {
    return new Calls(function, List.of(calls), tolerance);
  }
}
