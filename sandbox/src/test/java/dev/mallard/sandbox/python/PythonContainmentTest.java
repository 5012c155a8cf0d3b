package dev.mallard.sandbox.python;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mallard.sandbox.Execution;
import dev.mallard.sandbox.GuestLanguage;
import dev.mallard.sandbox.Limits;
import dev.mallard.sandbox.Report;
import dev.mallard.sandbox.TestSuite;
import dev.mallard.sandbox.Verdict;
import dev.mallard.sandbox.Verdict.Crashed;
import dev.mallard.sandbox.Verdict.Failed;
import dev.mallard.sandbox.Verdict.Malformed;
import dev.mallard.sandbox.Verdict.OutOfMemory;
import dev.mallard.sandbox.Verdict.Passed;
import dev.mallard.sandbox.Verdict.TimedOut;
import dev.mallard.sandbox.pool.WorkerPool;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each program gets its verdict, and after each the next program runs. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PythonContainmentTest {
  private static final Duration SHORT = Duration.ofSeconds(1);

  /** Small, so that it fills fast. */
  private static final Limits PATIENT = new Limits(Duration.ofSeconds(40), 128, 1000);

  private static final Limits HASTY = PATIENT.withWallClock(SHORT);

  private final WorkerPool sandbox = WorkerPool.start();

  @AfterEach
  void theNextProgramRuns() throws InterruptedException {
    assertThat(run("x = 1", "assert x == 1", PATIENT)).isEqualTo(new Passed(1));
  }

  @AfterAll
  void close() {
    sandbox.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "while True: pass",
        "while True:\n  try:\n    while True: pass\n  except BaseException: pass",
        "while True:\n  try:\n    while True: pass\n  except KeyboardInterrupt: pass",
        "try:\n  while True: pass\nfinally:\n  while True: pass",
        "import time\ntime.sleep(1000)",
        "sum(iter(int, 1))",
        "class E(Exception):\n  def __str__(self):\n    while True: pass\nraise E",
        "x = 10 ** 10 ** 8",
      })
  void anEndlessProgramTimesOut(String program) throws InterruptedException {
    assertThat(run(program, "assert True", HASTY))
        .isEqualTo(new TimedOut(SHORT, Optional.empty(), 0));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "while True: pass",
        "while True:\n    try:\n      while True: pass\n    except BaseException: pass",
      })
  void anEndlessTestTimesOut(String body) throws InterruptedException {
    assertThat(run("def f():\n  " + body, "assert True\nassert f() == 1", HASTY))
        .isEqualTo(new TimedOut(SHORT, Optional.of(new Verdict.Test(2, "assert f() == 1")), 1));
  }

  @Test
  void aReprThatNeverEndsFailsWithoutComparison() throws InterruptedException {
    String program = "class A:\n  def __repr__(self):\n    while True: pass";
    assertThat(run(program, "assert A() == 1", HASTY))
        .isInstanceOfSatisfying(Failed.class, failed -> assertThat(failed.comparison()).isEmpty());
  }

  @Test
  void endlessRecursionCrashes() throws InterruptedException {
    assertThat(run("def f():\n  return f()", "assert f() == 1", PATIENT))
        .extracting("type", "line")
        .containsExactly("RecursionError", Optional.of(2));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "'x' * 10**12",
        "x = 'x' * 2 * 10**9",
        "x = []\nwhile True: x.append('abc' * 100)",
        "x = []\nwhile True:\n  try:\n    while True: x.append([0] * 100)\n"
            + "  except BaseException: pass",
      })
  void aProgramThatTakesAllMemoryRunsOutOfIt(String program) throws InterruptedException {
    assertThat(run(program, "assert True", PATIENT))
        .isEqualTo(new OutOfMemory(128, Optional.empty()));
  }

  @Test
  void aTestThatTakesAllMemoryIsNamed() throws InterruptedException {
    assertThat(run("def f(x=[0]):\n  while True: x = x + x", "assert True\nassert f()", PATIENT))
        .isEqualTo(new OutOfMemory(128, Optional.of(new Verdict.Test(2, "assert f()"))));
  }

  @Test
  void aPrintFloodIsCutAndTheTestsGoOn() throws InterruptedException {
    Report report =
        report(
            "import sys\nfor i in range(2000): print('é' * 10)\nprint('e' * 10**7, file=sys.stderr)",
            "assert i == 1999",
            PATIENT);
    assertThat(report.verdict()).isEqualTo(new Passed(1));
    assertThat(report.standardOutput()).hasSize(1000).startsWith("éééééééééé\né");
    assertThat(report.standardError()).isEqualTo("e".repeat(1000));
  }

  @Test
  void whatWasPrintedBeforeTheEndIsKept() throws InterruptedException {
    for (String end : new String[] {"while True: pass", "x = 'x' * 2 * 10**9"}) {
      Report report = report("print('before', end='')\n" + end, "", HASTY);
      assertThat(report.standardOutput()).isEqualTo("before");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "import sys; sys.exit() | exit status 0",
        "import sys; sys.exit(0) | exit status 0",
        "import sys; sys.exit(3) | exit status 3",
        "import sys; sys.exit('no') | no",
        "raise SystemExit | exit status 0",
        "import os; os._exit(0) | exit status 0",
        "quit() | exit status 0",
        "exit(2) | exit status 2",
      })
  void aProgramThatEndsTheProcessDoesNotPassItsTests(String program, String message)
      throws InterruptedException {
    assertThat(run(program, "assert True", PATIENT))
        .extracting("type", "message", "test")
        .containsExactly("SystemExit", message, Optional.empty());
    String statement = program.replace("; ", "\n  ");
    assertThat(run("def f():\n  " + statement, "assert True\nassert f() is None", PATIENT))
        .extracting("type", "message", "testsPassed")
        .containsExactly("SystemExit", message, 1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "open('/etc/passwd') | PermissionError",
        "open('x', 'w') | PermissionError",
        "import os; os.listdir('/') | PermissionError",
        "import os; os.getcwd() | PermissionError",
        "import os; os.system('ls') | PermissionError",
        "import subprocess; subprocess.run('ls') | PermissionError",
        "import socket; socket.socket() | PermissionError",
        "import ctypes | ImportError",
        "import threading; threading.Thread(target=print).start() | RuntimeError",
        "import java; java.type('java.lang.System') | NotImplementedError",
        "import polyglot; polyglot.eval(language='python', string='1') | RuntimeError",
        "input() | EOFError",
        "import os; os.fork() | AttributeError",
        "import os; os.environ['PATH'] | KeyError",
        "import os; os.kill(os.getpid(), 9) | ProcessLookupError",
      })
  void whatIsOutsideIsOutOfReach(String program, String type) throws InterruptedException {
    assertThat(run(program, "", PATIENT))
        .isInstanceOfSatisfying(
            Crashed.class, crashed -> assertThat(crashed.type()).isEqualTo(type));
  }

  @Test
  void aProgramOfFiveMegabytesGetsItsVerdict() throws InterruptedException {
    String program = "x = '" + "a".repeat(5 << 20) + "'";
    assertThat(run(program, "assert len(x) == 5 * 2**20", PATIENT)).isEqualTo(new Passed(1));
    assertThat(run("x = 1\n".repeat(900_000), "", HASTY))
        .isInstanceOfAny(TimedOut.class, OutOfMemory.class);
  }

  @Test
  void aProgramTooDeepForTheParserGetsItsVerdict() throws InterruptedException {
    assertThat(run("x = " + "not ".repeat(100_000) + "1", "", HASTY))
        .isInstanceOfAny(
            TimedOut.class, OutOfMemory.class, Malformed.class, Crashed.class, Passed.class);
  }

  @Test
  void loneSurrogatesGetTheirVerdicts() throws InterruptedException {
    assertThat(run("x = '\uD800'", "", PATIENT)).isInstanceOf(Malformed.class);
    assertThat(run("print('\\ud800')", "", PATIENT))
        .extracting("type")
        .isEqualTo("UnicodeEncodeError");
    assertThat(run("raise ValueError('\\ud800')", "", PATIENT))
        .extracting("message")
        .isEqualTo("\uD800");
  }

  @Test
  void codeLeftForTheEndDoesNotRun() throws InterruptedException {
    String program = "import atexit\ndef f():\n  while True: pass\natexit.register(f)";
    assertThat(run(program, "", HASTY)).isEqualTo(new Passed(0));
  }

  private Verdict run(String program, String tests, Limits limits) throws InterruptedException {
    return report(program.replace("; ", "\n"), tests, limits).verdict();
  }

  private Report report(String program, String tests, Limits limits) throws InterruptedException {
    return sandbox.run(
        new Execution(GuestLanguage.PYTHON, program, TestSuite.asserts(tests), limits));
  }
}
