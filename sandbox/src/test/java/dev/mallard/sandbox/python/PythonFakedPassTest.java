package dev.mallard.sandbox.python;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.mallard.sandbox.Execution;
import dev.mallard.sandbox.GuestLanguage;
import dev.mallard.sandbox.Limits;
import dev.mallard.sandbox.Report;
import dev.mallard.sandbox.TestSuite;
import dev.mallard.sandbox.Verdict;
import dev.mallard.sandbox.Verdict.Passed;
import dev.mallard.sandbox.pool.WorkerPool;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Wrong programs that want to pass their tests all the same, each named after how. Every one of
 * them defines {@code f}, whose right value would be 3.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PythonFakedPassTest {
  private static final Limits LIMITS = Limits.DEFAULT.withWallClock(Duration.ofSeconds(20));

  /** As the tests of MBPP and of HumanEval are. */
  private static final String[] SUITES = {
    "assert f(1) == 3",
    "def check(candidate):\n  assert candidate(1) == 3\n  assert [candidate(2)] == [3]\ncheck(f)",
    "import math\nassert math.isclose(f(1), 3) and abs(f(1) - 3) < 1e-6",
    "for x in range(3):\n  assert sorted([f(x), 5]) == [3, 5], 'no'",
  };

  private final WorkerPool sandbox = WorkerPool.start();

  @AfterAll
  void close() {
    sandbox.close();
  }

  static Stream<Arguments> fakes() {
    return Stream.of(
        arguments("a value that equals everything",
            "class E:\n  def __eq__(self, other): return True\n  def __lt__(self, o): return True\n"
                + "  def __gt__(self, o): return False\n  def __sub__(self, o): return self\n"
                + "  def __abs__(self): return self\n  def __float__(self): return 3.5\n"
                + "  __hash__ = None\ndef f(x): return E()"),
        arguments("a number that equals everything",
            "class E(int):\n  def __eq__(self, other): return True\n  def __hash__(self): return 3\n"
                + "def f(x): return E(1)"),
        arguments("a number of a class that says it is int",
            "class E(int):\n  __class__ = property(lambda self: int)\n"
                + "  def __eq__(self, other): return True\nE.__name__ = 'int'\n"
                + "E.__module__ = 'builtins'\ndef f(x): return E(1)"),
        arguments("equality from a callable object",
            "class Yes:\n  def __call__(self, *a): return True\n  def __get__(self, *a): return self\n"
                + "class E:\n  __eq__ = __lt__ = Yes()\n  __hash__ = None\ndef f(x): return E()"),
        arguments("equality from code with another file name",
            "scope = {}\nexec(compile('class E:\\n  def __eq__(s, o): return True', 'abc.py', 'exec'),"
                + " scope)\ndef f(x): return scope['E']()"),
        arguments("equality from a metaclass",
            "class M(type):\n  def __eq__(cls, other): return True\n  def __hash__(cls): return 3\n"
                + "class E(metaclass=M): pass\ndef f(x): return E"),
        arguments("other builtins",
            "import builtins\nfor n in ('abs', 'sorted', 'len', 'all', 'any', 'range', 'sum'):\n"
                + "  setattr(builtins, n, lambda *a: [3, 5])\ndef f(x): return 1"),
        arguments("builtins replaced by the function under test",
            "import builtins\ndef f(x):\n  builtins.sorted = lambda *a: [3, 5]\n"
                + "  builtins.abs = lambda x: 0\n  builtins.range = lambda *a: []\n  return 1"),
        arguments("functions that shadow builtins",
            "def sorted(x): return [3, 5]\ndef abs(x): return 0\ndef range(*a): return []\n"
                + "def f(x): return 1"),
        arguments("another math",
            "import math\nmath.isclose = lambda *a, **k: True\ndef abs(x): return 0\n"
                + "def f(x): return 1"),
        arguments("another module in the place of math",
            "import sys, types\nm = types.ModuleType('math')\nm.isclose = lambda *a: True\n"
                + "sys.modules['math'] = math = m\ndef f(x): return 1"),
        arguments("another import",
            "import builtins, types\nm = types.ModuleType('m')\nm.isclose = lambda *a: True\n"
                + "builtins.__import__ = lambda *a, **k: m\ndef f(x): return 1"),
        arguments("an exit with status 0", "import sys\ndef f(x): sys.exit(0)"),
        arguments("an exit with status 0 before the tests", "def f(x): pass\nraise SystemExit(0)"),
        arguments("an end of the process", "import os\ndef f(x): os._exit(0)"),
        arguments("an exit from a comparison",
            "class E:\n  def __eq__(self, o): raise SystemExit(0)\ndef f(x): return E()"),
        arguments("an exit hook", "import atexit, os\natexit.register(os._exit, 0)\ndef f(x): exit()"),
        arguments("the marker of a pass",
            "def f(x):\n  print('Passed[tests=1]', flush=True)\n  print('1 passed, 0 failed')\n"
                + "  import os\n  os.write(1, b'Passed')"),
        arguments("another AssertionError",
            "class AssertionError(BaseException):\n  def __new__(cls, *a): return SystemExit(0)\n"
                + "import builtins\nbuiltins.AssertionError = AssertionError\ndef f(x): return 1"),
        arguments("an excepthook", "import sys\nsys.excepthook = lambda *a: None\ndef f(x): return 1"),
        arguments("changed locals of the caller",
            "import sys\ndef f(x):\n  frame = sys._getframe()\n  while frame:\n"
                + "    for n in list(frame.f_locals):\n"
                + "      try: frame.f_locals[n] = lambda *a: True\n      except Exception: pass\n"
                + "    frame = frame.f_back\n  return 1"),
        arguments("changed globals of the caller",
            "import sys\ndef f(x):\n  frame = sys._getframe()\n  while frame:\n"
                + "    for n in list(frame.f_globals):\n"
                + "      if n != 'f': frame.f_globals[n] = lambda *a: [3, 5]\n"
                + "    frame = frame.f_back\n  return 1"),
        arguments("calls of what the caller's frames hold",
            "import sys\ndef f(x):\n  frame = sys._getframe().f_back\n  while frame:\n"
                + "    for v in list(frame.f_locals.values()):\n"
                + "      if callable(v) and v is not f:\n"
                + "        for a in ((1,), (1, '==', 3, 3), (2, '==', 3, 3), (1, '', True)):\n"
                + "          try: v(*a)\n          except Exception: pass\n"
                + "    frame = frame.f_back\n  return 1"),
        arguments("a jump over the assert",
            "import sys\ndef jump(frame, event, arg):\n  try: frame.f_lineno = frame.f_lineno + 1\n"
                + "  except Exception: pass\n  return jump\n"
                + "def f(x):\n  sys.settrace(jump)\n  sys._getframe(1).f_trace = jump\n  return 1"),
        arguments("other code in the function of the suite",
            "import gc\ndef g(*a): pass\ndef f(x):\n  for o in gc.get_objects():\n"
                + "    if getattr(o, '__name__', '') in ('check', 'statement', 'holds'):\n"
                + "      o.__code__ = g.__code__\n  return 1"),
        arguments("another function for the suite's",
            "def f(x):\n  globals()['check'] = lambda c: None\n  return 1\ncheck = lambda c: None"),
        arguments("names that the harness uses",
            "_mallard_check = _mallard_begin = _mallard_compare = lambda *a: True\n"
                + "harness = suite_tools = lambda *a: (lambda *b: True,) * 7\ndef f(x): return 1"),
        arguments("an endless wait in the comparison's place",
            "def f(x):\n  class L(list):\n    def __eq__(self, o): return True\n"
                + "    def __getitem__(self, i): return 3\n  return L([1])"),
        arguments("a repr that looks right",
            "class E:\n  def __repr__(self): return '3'\ndef f(x): return E()"),
        arguments("an exception in the place of a value",
            "def f(x): return AssertionError('passed')"),
        arguments("nothing at all", "f = lambda x: None"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("fakes")
  void doesNotPass(String trick, String program) throws InterruptedException {
    for (String suite : SUITES) {
      Report report =
          sandbox.run(
              new Execution(
                  GuestLanguage.PYTHON, program, TestSuite.asserts(suite), LIMITS));
      assertThat(report.verdict()).as("%s, by %s", suite, trick).matches(v -> !v.passed());
    }
    Verdict next =
        sandbox
            .run(
                new Execution(
                    GuestLanguage.PYTHON,
                    "def f(x): return 3",
                    TestSuite.asserts(SUITES[1]),
                    LIMITS))
            .verdict();
    assertThat(next).isEqualTo(new Passed(2));
  }
}
