package dev.mallard.sandbox.polyglot;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class JavaScriptObserverTest {
  private static ObservedRun javaScript;

  @BeforeAll
  static void startEngine() {
    javaScript = new ObservedRun("js");
  }

  @AfterAll
  static void closeEngine() {
    javaScript.close();
  }

  @Test
  void aLoopIsToldLineByLineWithWhatChangedAndWhereItLed() {
    String program =
        """
        function f(n) {
          let t = 0;
          for (let i = 0; i < n; i++) {
            if (i % 2) {
              t += i;
            }
          }
          return t;
        }
        """;
    assertThat(javaScript.run(program, "f(2)", 3, 4).inShort())
        .containsExactly(
            "f(n=2) at 1",
            "2 t=0",
            "3 i=0-> 4",
            "4 -> 3",
            "3 i=1-> 4",
            "4 -> 5",
            "5 t=1",
            "3 -> 8",
            "8",
            "f returned 1");
  }

  @Test
  void caughtExceptionsLeaveOnlyTheFunctionThatTheyLeft() {
    String program =
        """
        const boom = x => {
          throw new TypeError("no " + x);
        };
        function f() {
          try {
            boom(3);
          } catch (e) {
            var r = String(e);
          } finally {
            var q = 1;
          }
          return r;
        }
        """;
    assertThat(javaScript.run(program, "f()").inShort())
        .containsExactly(
            "f() at 4",
            "boom(x=3) at 1",
            "2",
            "boom raised TypeError: no 3",
            "6",
            "8 r=\"TypeError: no 3\"",
            "10 q=1",
            "12",
            "f returned \"TypeError: no 3\"");
  }

  @Test
  void generatorsGoOnWhereTheyWere() {
    String program =
        """
        function* gen(n) {
          let k = 0;
          while (k < n) {
            yield k;
            k++;
          }
        }
        function f() {
          return [...gen(2)];
        }
        """;
    assertThat(javaScript.run(program, "f()", 3).inShort())
        .containsExactly(
            "f() at 8",
            "gen() at 1",
            "gen returned Generator{}",
            "2 k=0",
            "3 -> 4",
            "4",
            "5 k=1",
            "3 -> 4",
            "4",
            "5 k=2",
            "3",
            "9",
            "f returned [0, 1]");
  }

  @Test
  void closuresAndInnerFunctionsHaveTheirOwnVariables() {
    String program =
        """
        const t = 'global';
        function outer(a, {b, c}, [d] = [3], ...rest) {
          let t = 1;
          const inner = (x, t) => {
            let a = t * 2;
            return a + x;
          };
          t = inner(t, 5);
          return t + d;
        }
        """;
    assertThat(javaScript.run(program, "outer('A', {b: 1, c: 2})").inShort())
        .containsExactly(
            "outer(a=\"A\", b=1, c=2, d=3, rest=[]) at 2",
            "3 t=1",
            "4 inner=[function]",
            "inner(x=1, t=5) at 4",
            "5 a=10",
            "6",
            "inner returned 11",
            "8 t=11",
            "9",
            "outer returned 14");
  }

  @Test
  void methodsShowTheirObject() {
    String program =
        """
        class Counter {
          count = 0;
          constructor(step) {
            this.step = step;
          }
          next() {
            this.count += this.step;
            return this.count;
          }
        }
        """;
    assertThat(javaScript.run(program, "new Counter(2).next()").inShort())
        .containsExactly(
            "2",
            "Counter(step=2) at 1",
            "4 this={count: 0, step: 2}",
            "Counter returned undefined",
            "next() at 6",
            "7 this={count: 2, step: 2}",
            "8",
            "next returned 2");
  }

  @Test
  void asynchronousFunctionsGoOnAfterTheyHaveWaited() {
    String program =
        """
        async function f(x) {
          const y = await x;
          return y + 1;
        }
        """;
    assertThat(javaScript.run(program, "f(1)").inShort())
        .containsExactly(
            "f(x=1) at 1",
            "2",
            "f returned Promise{[[PromiseStatus]]: \"pending\", [[PromiseValue]]: undefined}",
            "2 y=1",
            "3");
  }

  @Test
  void theProgramItselfIsToldWithItsGlobalData() {
    String program =
        """
        let a = 1;
        function double(x) { return 2 * x; }
        var b = double(a);
        a = "x";
        """;
    assertThat(javaScript.run(program, "").inShort())
        .containsExactly(
            "1 a=1", "double(x=1) at 2", "2", "double returned 2", "3 b=2", "4 a=\"x\"");
  }

  @Test
  void linesOfFunctionsThatNeverRanCountAsExecutable() {
    String program =
        """
        function used(a) {
          if (a)
            return 1;
          return 2;
        }
        function never(b) {
          const inner = function () {
            return b;
          };
          switch (b) {
            case 1:
              return inner();
          }
        }
        used(1);
        """;
    ObservedRun.Result result = javaScript.run(program, "used(1)");
    assertThat(result.coverage().executable()).containsExactly(2, 3, 4, 7, 8, 10, 12, 15);
    assertThat(result.coverage().covered()).containsExactly(2, 3, 15);
  }

  @Test
  void lookingAtValuesRunsNoCodeOfTheProgram() {
    String program =
        """
        let looked = 0;
        function f() {
          const trap = new Proxy({}, {
            get() { looked++; return 1; },
            ownKeys() { looked++; return []; },
            has() { looked++; return false; },
          });
          const getter = { get x() { looked++; return 1; }, toString() { looked++; return ''; } };
          return looked;
        }
        """;
    assertThat(javaScript.run(program, "f()").inShort().getLast()).isEqualTo("f returned 0");
  }

  @Test
  void longValuesAreCut() {
    String program =
        """
        function f() {
          const many = new Array(1000000).fill(7);
          const text = "q".repeat(1000000);
          return 1;
        }
        """;
    assertThat(javaScript.run(program, "f()").inShort())
        .anySatisfy(step -> assertThat(step).startsWith("2 many=[7, 7, 7").hasSizeLessThan(220))
        .anySatisfy(step -> assertThat(step).startsWith("3 text=\"qqqq").hasSize(210));
  }

  @Test
  void endlessRecursionIsBounded() {
    ObservedRun.Result result =
        javaScript.run("function f(n) {\n  return f(n + 1);\n}\n", "f(0)");
    assertThat(result.steps()).hasSizeLessThanOrEqualTo(StepBuffer.BOUND);
    assertThat(result.inShort().getLast())
        .isEqualTo("f raised RangeError: Maximum call stack size exceeded");
  }
}
