package dev.mallard.sandbox.python;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.mallard.sandbox.Execution;
import dev.mallard.sandbox.GuestLanguage;
import dev.mallard.sandbox.Limits;
import dev.mallard.sandbox.MalformedTestsException;
import dev.mallard.sandbox.Report;
import dev.mallard.sandbox.TestResult;
import dev.mallard.sandbox.TestSuite;
import dev.mallard.sandbox.Verdict;
import dev.mallard.sandbox.Verdict.Comparison;
import dev.mallard.sandbox.Verdict.Crashed;
import dev.mallard.sandbox.Verdict.Failed;
import dev.mallard.sandbox.Verdict.Malformed;
import dev.mallard.sandbox.Verdict.Passed;
import dev.mallard.sandbox.pool.WorkerPool;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PythonVerdictTest {
  private static final Limits LIMITS = Limits.DEFAULT.withWallClock(Duration.ofSeconds(30));

  private final WorkerPool sandbox = WorkerPool.start();

  @BeforeAll
  void warmUp() throws InterruptedException {
    assertThat(run("", "").passed()).isTrue();
  }

  @AfterAll
  void close() {
    sandbox.close();
  }

  @Test
  void countsTheTestsThatHeld() throws InterruptedException {
    assertThat(run("def f(x): return x + 1", "assert f(1) == 2\nassert f(2) == 3\nassert f"))
        .isEqualTo(new Passed(3));
  }

  @Test
  void showsBothSidesOfAnEqualityThatDoesNotHold() throws InterruptedException {
    assertThat(run("def f(x): return [x] * 2", "assert f(1) == [1, 1]\nassert f('a') == 'aa'"))
        .isEqualTo(
            new Failed(
                new Verdict.Test(2, "assert f('a') == 'aa'"),
                Optional.of(new Comparison("f('a')", "['a', 'a']", "'aa'")),
                Optional.empty(),
                1));
  }

  @Test
  void seesAnEqualityThroughParenthesesLinesAndAMessage() throws InterruptedException {
    Failed failed =
        (Failed)
            run(
                "def f(*x): return sum(x)",
                "assert (f(1,  # one\n  2)\n   == (4)), 'got ' + str(f(1, 2))");
    assertThat(failed.comparison()).contains(new Comparison("f(1,  # one\n  2)", "3", "4"));
    assertThat(failed.message()).contains("got 3");
  }

  @Test
  void evaluatesEachSideOnceAndInOrder() throws InterruptedException {
    Report report =
        report("def f(x):\n  print(x)\n  return x", "assert f(1) == f(2), f('message')\n");
    assertThat(report.standardOutput()).isEqualTo("1\n2\nmessage\n");
    assertThat(report("def f(x):\n  print(x)\n  return x", "assert f(1) == f(1), f('message')"))
        .extracting(Report::standardOutput)
        .isEqualTo("1\n1\n");
  }

  @Test
  void testsBindNamesForLaterTests() throws InterruptedException {
    assertThat(run("f = abs", "x = -3\nassert (y := f(x)) == 3\nassert y == 3; assert x == -3"))
        .isEqualTo(new Passed(3));
  }

  @Test
  void nonAsciiTestsAreQuotedWhole() throws InterruptedException {
    Failed failed =
        (Failed) run("def f(x): return x", "x = 'é'; assert f('\uD83D\uDE00é') == 'ü', 'ß'");
    assertThat(failed.test().source()).isEqualTo("assert f('\uD83D\uDE00é') == 'ü', 'ß'");
    assertThat(failed.comparison())
        .contains(new Comparison("f('\uD83D\uDE00é')", "'\uD83D\uDE00é'", "'ü'"));
    assertThat(failed.message()).contains("ß");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "assert f(0)",
        "assert not f(1)",
        "assert f(1) == 1 == 2",
        "assert f(1) != 1",
        "assert f(1) is None",
        "assert f(1) > 3, None",
        "assert (lambda: f(1) == 1)() and False"
      })
  void otherAssertionsFailWithoutComparison(String test) throws InterruptedException {
    Failed failed = (Failed) run("def f(x): return x", test);
    assertThat(failed.comparison()).isEmpty();
    assertThat(failed.test()).isEqualTo(new Verdict.Test(1, test));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "assert f(None) == None", "assert f(1) == True", "assert f(float('nan')) != f(0)",
        "assert f(10**30) == 10**30", "assert f('\\ud800') == '\\ud800'",
            "assert (f(1), 0) == (1, 0)",
        "assert f(x for x in [1]) is not None", "assert (f)(1) == 1, 1/0", "assert [] == f([])",
        "assert f(1) if f(0) else f(1) == 1", "assert f(lambda: 3)() == 3", "assert f(...) == ..."
      })
  void holdsWhatPythonHolds(String test) throws InterruptedException {
    assertThat(run("def f(x): return x", test)).isEqualTo(new Passed(1));
  }

  @Test
  void assertionsInAFunctionOfTheSuiteAreTests() throws InterruptedException {
    String tests =
        """
        def check(candidate):
          assert candidate(1) == 1
          assert candidate(2) == 3, 'two'

        check(f)
        """;
    assertThat(run("f = lambda x: x if x < 2 else 3", tests)).isEqualTo(new Passed(2));
    assertThat(run("f = lambda x: x", tests))
        .isEqualTo(
            new Failed(
                new Verdict.Test(2, "assert candidate(2) == 3, 'two'"),
                Optional.of(new Comparison("candidate(2)", "2", "3")),
                Optional.of("two"),
                1));
  }

  @Test
  void allTestsRunEachWithItsOwnVerdict() throws InterruptedException {
    String tests =
        """
        assert f(1) == 1
        assert f(2) == 3
        assert f(0) == 0
        import sys
        assert f(sys) is sys
        for x in range(2):
          assert f(x) == x
          assert x < 1
        """;
    Report report = report("def f(x):\n  return x if x else 1 / x", tests);
    assertThat(report.tests())
        .extracting(result -> result.test().number(), TestResult::passed)
        .containsExactly(
            tuple(1, true),
            tuple(2, false),
            tuple(3, false),
            tuple(4, true),
            tuple(5, false),
            tuple(6, false));
    assertThat(report.tests().get(2).verdict())
        .isEqualTo(
            new Crashed(
                "ZeroDivisionError",
                "division by zero",
                Optional.of(2),
                Optional.of(new Verdict.Test(3, "assert f(0) == 0")),
                1));
    assertThat(report.verdict())
        .isInstanceOfSatisfying(
            Failed.class,
            failed -> {
              assertThat(failed.test().number()).isEqualTo(2);
              assertThat(failed.testsPassed()).isEqualTo(2);
            });
  }

  @Test
  void anAssertionInALoopIsOneTest() throws InterruptedException {
    assertThat(run("f = abs", "for x in range(3):\n  assert f(-x) == x\nprint(f(1))"))
        .isEqualTo(new Passed(1));
    assertThat(run("f = abs", "assert f(-1) == 1\nfor x in range(3):\n  assert f(x) == 0"))
        .isEqualTo(
            new Failed(
                new Verdict.Test(2, "assert f(x) == 0"),
                Optional.of(new Comparison("f(x)", "1", "0")),
                Optional.empty(),
                1));
  }

  @Test
  void anAssertionThatATryExpectsToFailMayFail() throws InterruptedException {
    String tests =
        """
        try:
          assert f(1) == 2
          failed = False
        except AssertionError:
          failed = True
        assert failed
        """;
    assertThat(run("f = abs", tests)).isEqualTo(new Passed(1));
  }

  @Test
  void namesTheLineOfTheProgramThatRaised() throws InterruptedException {
    assertThat(run("def f(x):\n  return 1 / x\n\ndef g(x):\n  return f(x)", "assert g(0) == 1"))
        .isEqualTo(
            new Crashed(
                "ZeroDivisionError",
                "division by zero",
                Optional.of(2),
                Optional.of(new Verdict.Test(1, "assert g(0) == 1")),
                0));
    assertThat(run("import json\n\njson.loads('{')", ""))
        .extracting("type", "line", "test")
        .containsExactly("JSONDecodeError", Optional.of(3), Optional.empty());
  }

  @Test
  void anExceptionOfTheTestItselfHasNoLine() throws InterruptedException {
    assertThat(run("x = 1", "assert x == 1\nassert f(1) == 1"))
        .isEqualTo(
            new Crashed(
                "NameError",
                "name 'f' is not defined",
                Optional.empty(),
                Optional.of(new Verdict.Test(2, "assert f(1) == 1")),
                1));
  }

  @Test
  void setUpThatFailsIsReportedWithTheTestAfterIt() throws InterruptedException {
    assertThat(run("x = 1", "assert x == 1\ny = x / 0\nassert y"))
        .extracting("type", "test")
        .containsExactly("ZeroDivisionError", Optional.of(new Verdict.Test(2, "assert y")));
  }

  @Test
  void anAssertionOfTheProgramIsACrash() throws InterruptedException {
    assertThat(run("def f(x):\n  assert x > 0, 'positive'\n  return x", "assert f(-1) == -1"))
        .extracting("type", "message", "line")
        .containsExactly("AssertionError", "positive", Optional.of(2));
  }

  @Test
  void aProgramThatDoesNotParseIsMalformed() throws InterruptedException {
    assertThat(run("x = 1\ny = = 2", "assert x"))
        .isEqualTo(new Malformed("SyntaxError: invalid syntax", 2, 5));
    assertThat(run("if True:\nx = 1", ""))
        .isInstanceOfSatisfying(
            Malformed.class,
            malformed -> {
              assertThat(malformed.message()).startsWith("IndentationError: expected an indented");
              assertThat(malformed.line()).isEqualTo(2);
            });
    assertThat(run("return 3", "")).isInstanceOf(Malformed.class);
    assertThat(run("x = '\0'", "assert x")).isInstanceOf(Malformed.class);
    assertThat(run("(".repeat(100_000), ""))
        .isInstanceOfSatisfying(
            Malformed.class, malformed -> assertThat(malformed.message()).contains("nested"));
  }

  @Test
  void testsThatDoNotParseAreTheCallersFault() throws InterruptedException {
    assertThat(check(TestSuite.asserts("x = 1\nassert x ==")))
        .hasValueSatisfying(problem -> assertThat(problem.line()).isEqualTo(2));
    assertThat(check(TestSuite.asserts("assert x == 1"))).isEmpty();
    assertThat(check(TestSuite.asserts("return 1"))).isPresent();
    assertThat(check(TestSuite.EMPTY)).isEmpty();
    assertThatThrownBy(() -> run("x = 1", "assert x =="))
        .isInstanceOf(MalformedTestsException.class)
        .hasMessageContaining("line 1");
    assertThatThrownBy(() -> run("x = '\0'", "assert x == '\0'"))
        .isInstanceOf(MalformedTestsException.class);
  }

  @Test
  void aProgramAloneRunsAsMain() throws InterruptedException {
    String program =
        """
        import sys
        if __name__ == '__main__':
          print('é\uD83D\uDE00', end='')
          print('oh', file=sys.stderr)
          sys.exit()
        """;
    Report report = report(program, "");
    assertThat(report.verdict()).isEqualTo(new Passed(0));
    assertThat(report.standardOutput()).isEqualTo("é\uD83D\uDE00");
    assertThat(report.standardError()).isEqualTo("oh\n");
    assertThat(run("", "")).isEqualTo(new Passed(0));
  }

  @Test
  void longValuesAreCut() throws InterruptedException {
    Failed failed = (Failed) run("x = list(range(100000))", "assert x == 'a' * 100000");
    Comparison comparison = failed.comparison().orElseThrow();
    assertThat(comparison.actual()).hasSizeLessThan(1100).startsWith("[0, 1, 2").endsWith("99999]");
    assertThat(comparison.expected()).hasSizeLessThan(1100).contains("(100002 characters)");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "import builtins\nput = setattr\nfor n in dir(builtins):\n  if n[0] != '_': put(builtins, n, None)",
        "AssertionError = repr = len = type = print = None",
        "import builtins\nbuiltins.AssertionError = ValueError\nbuiltins.repr = lambda x: '7'",
        "print('Passed[tests=1]')\nimport sys\nsys.stdout = sys.stderr = None",
        "import sys\nsys.excepthook = lambda *a: None\nsys.settrace(lambda *a: None)",
        "import sys\nfor m in list(sys.modules): sys.modules[m] = None",
        "globals()['prepare'] = globals()['split'] = lambda *a: True",
      })
  void aProgramThatOverwritesThingsDoesNotPass(String tampering) throws InterruptedException {
    Failed failed = (Failed) run("def f():\n  return 1\n" + tampering, "assert f() == 2");
    assertThat(failed.comparison()).contains(new Comparison("f()", "1", "2"));
  }

  @Test
  void nothingIsLeftForTheNextProgram() throws InterruptedException {
    assertThat(run("import builtins, math\nbuiltins.left = math.left = 1", "").passed()).isTrue();
    String tests =
        """
        assert not hasattr(builtins, 'left')
        assert not hasattr(math, 'left')
        assert 'prepare' not in globals()
        """;
    assertThat(run("import builtins, math", tests)).isEqualTo(new Passed(3));
  }

  private Optional<Malformed> check(TestSuite tests) throws InterruptedException {
    return sandbox.check(GuestLanguage.PYTHON, tests);
  }

  private Verdict run(String program, String tests) throws InterruptedException {
    return report(program, tests).verdict();
  }

  private Report report(String program, String tests) throws InterruptedException {
    return sandbox.run(
        new Execution(GuestLanguage.PYTHON, program, TestSuite.asserts(tests), LIMITS));
  }
}
