package dev.mallard.sandbox.python;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mallard.sandbox.Execution;
import dev.mallard.sandbox.GuestLanguage;
import dev.mallard.sandbox.Limits;
import dev.mallard.sandbox.TestSuite;
import dev.mallard.sandbox.Verdict;
import dev.mallard.sandbox.executor.SilentListener;
import dev.mallard.sandbox.executor.Watchdog;
import dev.mallard.sandbox.polyglot.ConfinedEngine;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.graalvm.polyglot.Engine;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which programs may share an interpreter, and that they see nothing of each other there. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TidyProgramTest {
  private static final Limits LIMITS = Limits.DEFAULT.withWallClock(Duration.ofSeconds(20));

  private final Engine engine = ConfinedEngine.of("python");
  private final Watchdog watchdog = new Watchdog();
  private final PythonExecutor executor = new PythonExecutor(engine, watchdog);
  private final SharedContext checker = new SharedContext(new PythonContext(engine));

  @AfterAll
  void close() {
    executor.close();
    checker.context().close();
    engine.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "def f(x):\n  return sorted(set(x), key=lambda e: (-e, str(e)))[:3]",
        "import math\nfrom collections import Counter, defaultdict\nfrom typing import List\n"
            + "def f(x: List[int]) -> int:\n  d = defaultdict(list)\n  d[1].append(math.gcd(4, 6))\n"
            + "  return Counter(x).most_common(1)[0][0] + len(d)",
        "import re\ndef f(x):\n  try:\n    return int(re.sub(r'\\D', '', x))\n"
            + "  except (ValueError, TypeError) as e:\n    return f'{e!r:>10}'",
        "from functools import lru_cache\n@lru_cache(maxsize=None)\ndef f(n):\n"
            + "  return n if n < 2 else f(n - 1) + f(n - 2)",
        "def f(x):\n  return type(x) == int and isinstance(x, object)",
        "sum = 3\ndef f(list, max=1):\n  global g\n  g = [*list]\n  del g[0]\n  yield from g",
        "import sys\nlow = -sys.maxsize\n_hidden: int = 1\nassert low < _hidden",
      })
  void aProgramOfFunctionsOverBuiltInTypesIsTidy(String program) {
    assertThat(isTidy(program)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        // What changes what others see.
        "import math\nmath.sqrt = abs",
        "import collections\ncollections.Counter.total, x = 1, 2",
        "import collections\nfor collections.Counter.total in [1]: pass",
        "import collections\n[0 for collections.Counter.total in [1]]",
        "import math\ndel math.sqrt",
        "__builtins__.len = None",
        "__name__ = 'x'",
        "def __builtins__(): pass",
        "def f(__builtins__): pass",
        "import math as __builtins__",
        "global __name__",
        "setattr(int, 'x', 1)",
        "vars()['x'] = 1",
        "globals().clear()",
        "exec('x = 1')",
        "eval('1')",
        "f = eval",
        "import os",
        "import sys\nsys.modules.clear()",
        "from sys import modules",
        "from math import *",
        "from . import x",
        "import os.path",
        "from collections import abc",
        "import random\nrandom.seed(1)",
        "import operator\noperator.attrgetter('__class__')",
        "from operator import setitem",
        "from functools import wraps",
        "from functools import total_ordering",
        "import statistics\nstatistics.sys.modules",
        "import re\nre._cache.clear()",
        // What reaches frames, classes or other interpreters.
        "().__class__",
        "f'{().__class__}'",
        "(lambda: 0).__globals__",
        "(x for x in []).gi_frame",
        "try:\n  1/0\nexcept ZeroDivisionError as e:\n  e.with_traceback(None)",
        "try:\n  1/0\nexcept ZeroDivisionError as e:\n  e.__traceback__",
        "type('T', (int,), {})",
        "T = type\nT('X', (), {})",
        "type(*[1])",
        "getattr(int, 'x', 1)",
        "super",
        "object.x = 1",
        "class A: pass",
        "def f[T: (int)](x): pass",
        "type X = int",
        // What may run later, or ends something else.
        "with x: pass",
        "async def f(): pass",
        "match x:\n  case int(real=1): pass",
        "def g():\n  try:\n    yield\n  finally:\n    print(1)",
        "input()",
        "open('x')",
        "exit()",
        "breakpoint()",
        "raise SystemExit",
        "raise KeyboardInterrupt",
        // What hides that something was interrupted.
        "try:\n  f()\nexcept:\n  pass",
        "try:\n  f()\nexcept Exception:\n  pass",
        "try:\n  f()\nexcept RecursionError:\n  pass",
        "try:\n  f()\nexcept (ValueError, MemoryError):\n  pass",
        "try:\n  f()\nexcept* ValueError:\n  pass",
        "ValueError = BaseException\ntry:\n  f()\nexcept ValueError:\n  pass",
        "def f(KeyError):\n  try:\n    g()\n  except KeyError:\n    pass",
        "def KeyError(): pass",
        "from math import sqrt as KeyError",
        "(KeyError := Exception)",
        // No program at all.
        "def f(:",
        "\0",
      })
  void whateverElseItConsistsOfAProgramIsNotTidy(String program) {
    assertThat(isTidy(program)).isFalse();
  }

  @Test
  void whatATidyProgramCanReachHoldsNothingThatChanges() {
    String search =
        """
        def cells(function):
            names = function.__code__.co_freevars
            return dict(zip(names, (cell.cell_contents for cell in function.__closure__)))

        is_tidy = tidy_tools()[0]
        is_allowed = cells(cells(is_tidy)["is_tidy_tree"])["is_allowed"]
        modules = cells(is_allowed)["MODULES"]
        attributes = cells(is_allowed)["ATTRIBUTES"]
        import builtins
        forbidden = cells(cells(is_allowed)["is_name"])["FORBIDDEN"]
        pending = [(name, __import__(name)) for name in sorted(modules)]
        pending += [(n, v) for n, v in vars(builtins).items()
                    if n not in forbidden and not n.startswith("__")]
        seen, changing = set(), []
        while pending:
            path, value = pending.pop()
            if id(value) in seen:
                continue
            seen.add(id(value))
            if hasattr(type(value), "__setitem__"):
                changing.append(path)
            for name in attributes:
                try:
                    found = getattr(value, name)
                except AttributeError:
                    continue
                if len(path) < 60:  # The attributes of numbers are numbers, without end.
                    pending.append((path + "." + name, found))
        (len(seen), changing)
        """;
    try (PythonContext context = new PythonContext(engine)) {
      context.parse(PythonSources.resource("tidy").getCharacters().toString()).executeVoid();
      var found = context.parse(search).execute();
      assertThat(found.getArrayElement(0).asInt()).isGreaterThan(400);
      assertThat(found.getArrayElement(1).toString()).isEqualTo("[]");
    }
  }

  @Test
  void whatOneProgramDefinesTheNextDoesNotSee() {
    assertThat(run("helper = 1\ndef f(): return helper", "assert f() == 1").passed()).isTrue();
    assertThat(run("def f(): return helper", "assert f() == 1"))
        .isInstanceOfSatisfying(
            Verdict.Crashed.class, crash -> assertThat(crash.type()).isEqualTo("NameError"));
  }

  @Test
  void aProgramThatOverwritesBuiltinsDoesSoForItselfOnly() {
    String suite = "assert f([1, 2]) == 3\nassert sum([1]) == 1";
    assertThat(run("sum = len\ndef f(x): return sum(x) + 1", suite).passed()).isTrue();
    assertThat(run("def f(x): return sum(x)", suite).passed()).isTrue();
  }

  @Test
  void whatAProgramImportsTheNextMustImportItself() {
    assertThat(run("import math\nx = math.pi", "assert x > 3").passed()).isTrue();
    assertThat(run("x = math.pi", "assert x > 3").passed()).isFalse();
  }

  @Test
  void tidyProgramsShareAContextUntilOneIsInterrupted() {
    PythonContexts contexts = new PythonContexts(engine, watchdog);
    try (contexts) {
      Execution tidy = execution("x = 1", "assert x");
      var listener = new Listener();
      PythonContext first = contexts.of(tidy, listener).get();
      assertThat(contexts.takeBack(first, true)).isTrue();
      PythonContext second = contexts.of(tidy, listener).get();
      assertThat(second).isSameAs(first);
      assertThat(contexts.takeBack(second, false)).isFalse();
      PythonContext third = contexts.of(tidy, listener).get();
      assertThat(third).isNotSameAs(first);

      PythonContext untidy = contexts.of(execution("class A: pass", "assert A"), listener).get();
      assertThat(untidy).isNotSameAs(third);
      assertThat(contexts.takeBack(untidy, true)).isFalse();
      untidy.close();
    }
  }

  @Test
  void programsRunAfterARecursionThatHasNoEnd() {
    assertThat(run("def f(x): return f(x + 1)", "assert f(1) == 1"))
        .isInstanceOfSatisfying(
            Verdict.Crashed.class, crash -> assertThat(crash.type()).isEqualTo("RecursionError"));
    assertThat(run("def f(x): return x", "assert f(1) == 1").passed()).isTrue();
  }

  private boolean isTidy(String program) {
    return checker.isTidy(execution(program, ""));
  }

  private Verdict run(String program, String suite) {
    Listener listener = new Listener();
    executor.execute(execution(program, suite), listener);
    return listener.verdict.get();
  }

  private static Execution execution(String program, String suite) {
    return new Execution(GuestLanguage.PYTHON, program, TestSuite.asserts(suite), LIMITS);
  }

  private static final class Listener extends SilentListener {
    private final AtomicReference<Verdict> verdict = new AtomicReference<>();

    @Override
    public void finished(
        Verdict end,
        Duration elapsed,
        Optional<dev.mallard.sandbox.Trace> trace,
        Optional<dev.mallard.sandbox.Coverage> coverage) {
      verdict.set(end);
    }

    @Override
    public void abandoned(Verdict end, Duration elapsed) {
      verdict.set(end);
    }
  }
}
