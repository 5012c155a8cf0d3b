package dev.mallard.sandbox.polyglot;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.graalvm.polyglot.Context;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class PythonObserverTest {
  private static ObservedRun python;

  @BeforeAll
  static void startEngine() {
    python = new ObservedRun("python");
  }

  @AfterAll
  static void closeEngine() {
    python.close();
  }

  @Test
  void aLoopIsToldLineByLineWithWhatChangedAndWhereItLed() {
    String program =
        """
        def f(n):
            t = 0
            for i in range(n):
                if i % 2:
                    t += i
            return t
        """;
    assertThat(python.run(program, "f(2)").inShort())
        .containsExactly(
            "f(n=2) at 1",
            "2 t=0",
            "3 i=0-> 4",
            "4 -> 3",
            "3 i=1-> 4",
            "4 -> 5",
            "5 t=1",
            "3 -> 6",
            "6",
            "f returned 1");
  }

  @Test
  void aConditionThatDoesNotHoldAtTheEndOfAFunctionLeadsNowhere() {
    String program =
        """
        def f(n):
            if n:
                print(n)
        """;
    ObservedRun.Result result = python.run(program, "f(0)");
    assertThat(result.inShort()).containsExactly("f(n=0) at 1", "2", "f returned None");
    assertThat(result.coverage().missed()).containsExactly(3);
  }

  @Test
  void elifAndElseAreChoicesToo() {
    String program =
        """
        def f(n):
            if n == 1:
                return 'a'
            elif n == 2:
                return 'b'
            else:
                return 'c'
        """;
    assertThat(python.run(program, "f(3)").inShort())
        .containsExactly("f(n=3) at 1", "2 -> 4", "4 -> 7", "7", "f returned 'c'");
  }

  @Test
  void matchLeadsToItsCases() {
    String program =
        """
        def f(x):
            match x:
                case []:
                    return 0
                case [a, *_]:
                    return a
        """;
    assertThat(python.run(program, "f([7])").inShort())
        .containsExactly("f(x=[7]) at 1", "2 -> 3", "3 -> 5", "5 a=7-> 6", "6", "f returned 7");
  }

  @Test
  void recursionIsToldFromTheInsideOut() {
    String program =
        """
        def f(n):
            if n < 2:
                return 1
            r = n * f(n - 1)
            return r
        """;
    assertThat(python.run(program, "f(2)").inShort())
        .containsExactly(
            "f(n=2) at 1",
            "2 -> 4",
            "f(n=1) at 1",
            "2 -> 3",
            "3",
            "f returned 1",
            "4 r=2",
            "5",
            "f returned 2");
  }

  @Test
  void anExceptionThatIsCaughtLeavesOnlyTheFunctionThatItLeft() {
    String program =
        """
        def inner(x):
            raise ValueError('no %d' % x)

        def f():
            try:
                a = 1
                inner(a)
                a = 2
            except ValueError as e:
                r = str(e)
            finally:
                q = 1
            return r
        """;
    assertThat(python.run(program, "f()").inShort())
        .containsExactly(
            "f() at 4",
            "5",
            "6 a=1",
            "inner(x=1) at 1",
            "2",
            "inner raised ValueError: no 1",
            "7",
            "9 e=ValueError('no 1')",
            "10 r='no 1'",
            "12 q=1",
            "13",
            "f returned 'no 1'");
  }

  @Test
  void anExceptionThatNobodyCatchesLeavesEachFunction() {
    String program =
        """
        def inner(items):
            return items[3]

        def f():
            return inner([1])
        """;
    assertThat(python.run(program, "f()").inShort())
        .containsExactly(
            "f() at 4",
            "inner(items=[1]) at 1",
            "2",
            "inner raised IndexError: list index out of range",
            "5",
            "f raised IndexError: list index out of range");
  }

  @Test
  void aGeneratorIsCalledAndReturnsEachTimeItGoesOn() {
    String program =
        """
        def numbers(n):
            k = 0
            while k < n:
                yield k
                k += 1

        def f():
            return list(numbers(1))
        """;
    assertThat(python.run(program, "f()").inShort())
        .containsExactly(
            "f() at 7",
            "numbers(n=1) at 1",
            "2 k=0",
            "3 -> 4",
            "4",
            "numbers returned 0",
            "numbers(n=1) at 1",
            "4",
            "5 k=1",
            "3",
            "numbers returned None",
            "8",
            "f returned [0]");
  }

  @Test
  void nestedFunctionsShareTheirVariables() {
    String program =
        """
        x = 'global'

        def f(x):
            count = 0
            def step():
                nonlocal count
                count += x
            step()
            return count
        """;
    assertThat(python.run(program, "f(3)").inShort())
        .containsExactly(
            "f(x=3) at 3",
            "4 count=0",
            "5 step=<function step>",
            "step() at 5",
            "7 count=3",
            "step returned None",
            "8 count=3",
            "9",
            "f returned 3");
  }

  @Test
  void comprehensionsArePartOfTheirLine() {
    String program =
        """
        def f(n):
            squares = [x * x
                       for x in range(n)
                       if x]
            return sum(s for s in squares)
        """;
    assertThat(python.run(program, "f(4)").inShort())
        .containsExactly("f(n=4) at 1", "2 squares=[1, 4, 9]", "5", "f returned 14");
  }

  @Test
  void objectsAreShownByTheirFieldsAndNotByTheirAddress() {
    String program =
        """
        class Node:
            def __init__(self, value):
                self.value = value
                self.next = None

        def f():
            node = Node(1)
            node.next = Node('x')
            return node
        """;
    assertThat(python.run(program, "f()").inShort())
        .containsExactly(
            "f() at 6",
            "__init__(self=Node(), value=1) at 2",
            "3 self=Node(value=1)",
            "4 self=Node(value=1, next=None)",
            "__init__ returned None",
            "7 node=Node(value=1, next=None)",
            "__init__(self=Node(), value='x') at 2",
            "3 self=Node(value='x')",
            "4 self=Node(value='x', next=None)",
            "__init__ returned None",
            "8 node=Node(value=1, next=Node(value='x', next=None))",
            "9",
            "f returned Node(value=1, next=Node(value='x', next=None))");
  }

  @Test
  void theProgramItselfIsToldWithItsGlobalData() {
    String program =
        """
        import math
        def double(x): return 2 * x
        class A:
            z = 3
        y = double(4)
        """;
    assertThat(python.run(program, "").inShort())
        .containsExactly(
            "1",
            "2",
            "4",
            "3",
            "double(x=4) at 2",
            "2",
            "double returned 8",
            "5 y=8");
  }

  @Test
  void decoratorsBelongToTheFunctionThatTheyDecorate() {
    String program =
        """
        import functools

        @functools.lru_cache(
            maxsize=None)
        def f(n):
            return n
        """;
    ObservedRun.Result result = python.run(program, "f(3)");
    assertThat(result.inShort()).containsExactly("f(n=3) at 5", "6", "f returned 3");
    assertThat(result.coverage().executable()).containsExactly(1, 5, 6);
    assertThat(result.coverage().missed()).isEmpty();
  }

  @Test
  void linesOfFunctionsThatNeverRanCountAsExecutable() {
    String program =
        """
        def used(a):
            if a:
                return 1
            return 2

        def never(b):
            def inner():
                return b
            try:
                return inner()
            except ValueError:
                pass
        """;
    ObservedRun.Result result = python.run(program, "used(1)");
    assertThat(result.coverage().executable())
        .containsExactly(1, 2, 3, 4, 6, 7, 8, 9, 10, 11, 12);
    assertThat(result.coverage().covered()).containsExactly(1, 2, 3, 6);
  }

  @Test
  void longValuesAreCut() {
    String program =
        """
        def f():
            many = list(range(1000000))
            text = 'a' * 1000000
            deep = [[[[[[1]]]]]]
            deep.append(deep)
        """;
    assertThat(python.run(program, "f()").inShort())
        .anySatisfy(step -> assertThat(step).startsWith("2 many=[0, 1, 2, 3,").hasSize(210))
        .anySatisfy(step -> assertThat(step).startsWith("3 text='aaaa").hasSize(210))
        .contains("4 deep=[[[[...]]]]", "5 deep=[[[[...]]], [[[...]], [[...], [..., ...]]]]");
  }

  @Test
  void lookingAtValuesDoesNotChangeWhatTheProgramDoes() {
    String program =
        """
        class Odd:
            def __getattribute__(self, name):
                raise RuntimeError(name)
            def __repr__(self):
                raise RuntimeError('repr')

        class Endless(list):
            def __len__(self):
                raise SystemExit(3)

        def f():
            a = Odd()
            b = Endless()
            return 7
        """;
    assertThat(python.run(program, "f()").inShort()).endsWith("14", "f returned 7");
  }

  @Test
  void whatOtherContextsDoIsNotRecorded() {
    String program = "def f(n):\n    return n\n";
    ObservedProgram observed = python.prepared(program, Set.of());
    try (Context watched = python.context();
        Context other = python.context()) {
      Observer observer = python.attach(watched, observed);
      watched.eval(python.source(observed.text()));
      observer.startTrace();
      other.eval(python.source(observed.text()));
      other.eval("python", "f(1)");
      assertThat(observer.trace()).isEmpty();
      assertThat(observer.coverage().missed()).containsExactly(2);
      observer.close();
    }
  }

  @Test
  void whatHappensAfterTheTraceHasBeenStoppedIsNotRecorded() {
    ObservedProgram observed =
        python.prepared("def f(n):\n    return n\n", Set.of());
    try (Context context = python.context()) {
      Observer observer = python.attach(context, observed);
      context.eval(python.source(observed.text()));
      observer.startTrace();
      context.eval("python", "f(1)");
      observer.stopTrace();
      context.eval("python", "f(2)");
      observer.close();
      context.eval("python", "f(3)");
      assertThat(new ObservedRun.Result(observer.trace(), observer.coverage()).inShort())
          .containsExactly("f(n=1) at 1", "2", "f returned 1");
    }
  }

  @Test
  void endlessRecursionIsBounded() {
    String program = "def f(n):\n    return f(n + 1)\n";
    ObservedRun.Result result = python.run(program, "f(0)");
    assertThat(result.steps()).hasSizeLessThanOrEqualTo(StepBuffer.BOUND);
    assertThat(result.inShort().getLast()).startsWith("f raised RecursionError");
  }
}
