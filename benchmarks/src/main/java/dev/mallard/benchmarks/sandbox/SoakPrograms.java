package dev.mallard.benchmarks.sandbox;

import dev.mallard.sandbox.DataValue;
import dev.mallard.sandbox.Execution;
import dev.mallard.sandbox.GuestLanguage;
import dev.mallard.sandbox.Limits;
import dev.mallard.sandbox.TestSuite;
import dev.mallard.sandbox.TestSuite.Call;
import dev.mallard.sandbox.TestSuite.Calls;
import dev.mallard.sandbox.TestSuite.Expected;
import dev.mallard.sandbox.TestSuite.ResultSet;
import dev.mallard.sandbox.TestSuite.ResultSets;
import dev.mallard.sandbox.Verdict;
import dev.mallard.sandbox.Verdict.Crashed;
import dev.mallard.sandbox.Verdict.Failed;
import dev.mallard.sandbox.Verdict.Malformed;
import dev.mallard.sandbox.Verdict.OutOfMemory;
import dev.mallard.sandbox.Verdict.TimedOut;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.Predicate;

/** Makes the programs of the soak test: most in Python, one in ten hostile. */
final class SoakPrograms {
  /** For programs that end by themselves, also where many others run. */
  private static final Limits PATIENT = Limits.DEFAULT.withWallClock(Duration.ofSeconds(60));

  private static final Limits SHORT =
      new Limits(Duration.ofSeconds(1), Limits.DEFAULT.heapMebibytes(), 10_000);

  private static final int ONE_HOSTILE_IN = 10;
  private static final int ONE_OTHER_LANGUAGE_IN = 4;

  private final Random random;
  private final List<GuestLanguage> others;

  /**
   * Creates a source of programs.
   *
   * @param languages what programs are written in
   * @param seed decides which programs there are
   */
  SoakPrograms(Set<GuestLanguage> languages, long seed) {
    random = new Random(seed);
    others =
        languages.stream().filter(language -> language != GuestLanguage.PYTHON).sorted().toList();
  }

  /** The next program. */
  SoakProgram next() {
    GuestLanguage language =
        others.isEmpty() || random.nextInt(ONE_OTHER_LANGUAGE_IN) > 0
            ? GuestLanguage.PYTHON
            : others.get(random.nextInt(others.size()));
    int number = 1 + random.nextInt(1_000);
    return random.nextInt(ONE_HOSTILE_IN) == 0 ? hostile(language) : ordinary(language, number);
  }

  /** A program that passes, with which it is seen whether a language can be run here. */
  static SoakProgram probe(GuestLanguage language) {
    return new SoakPrograms(Set.of(), 0).passing(language, 7);
  }

  private SoakProgram ordinary(GuestLanguage language, int number) {
    return random.nextInt(3) == 0 ? failing(language, number) : passing(language, number);
  }

  private SoakProgram passing(GuestLanguage language, int number) {
    return program("passes", language, body(language, number), number, PATIENT, Verdict::passed);
  }

  private SoakProgram failing(GuestLanguage language, int number) {
    String body = body(language, number + 1);
    return program("fails", language, body, number, PATIENT, verdict -> verdict instanceof Failed);
  }

  /** A function that adds a number; if what it leaves behind is seen by another, that one fails. */
  private static String body(GuestLanguage language, int number) {
    return switch (language) {
      case PYTHON ->
          """
          import builtins
          assert not hasattr(builtins, "left_behind")
          builtins.left_behind = %1$d
          def add(n):
              return sum([n] + [1] * %1$d)
          """
              .formatted(number);
      case JAVASCRIPT ->
          """
          if (globalThis.leftBehind !== undefined) throw new Error("left behind");
          globalThis.leftBehind = %1$d;
          function add(n) { return n + %1$d; }
          """
              .formatted(number);
      case JAVA ->
          """
          public class Solution {
            static int calls;
            public static int add(int n) {
              if (calls++ > 0) throw new IllegalStateException("left behind");
              return n + %d;
            }
          }
          """
              .formatted(number);
      case SQL -> "SELECT n + %d FROM t".formatted(number);
    };
  }

  private SoakProgram hostile(GuestLanguage language) {
    return switch (language) {
      case PYTHON -> hostilePython(random.nextInt(12));
      case JAVASCRIPT ->
          random.nextBoolean()
              ? endless(language, "while (true) {}")
              : malformed(language, "function add(n) {");
      case JAVA ->
          switch (random.nextInt(3)) {
            case 0 -> endless(language, javaAdd("while (true) {}"));
            case 1 -> crashing("exit", language, javaAdd("System.exit(0); return n;"));
            default -> malformed(language, javaAdd("return n"));
          };
      case SQL ->
          switch (random.nextInt(3)) {
            case 0 ->
                endless(
                    language,
                    "WITH n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT max(i) FROM n");
            case 1 -> crashing("a write", language, "DELETE FROM t");
            default -> malformed(language, "SELEC n FROM t");
          };
    };
  }

  private static String javaAdd(String body) {
    return "public class Solution { public static int add(int n) { %s } }".formatted(body);
  }

  private SoakProgram hostilePython(int which) {
    GuestLanguage python = GuestLanguage.PYTHON;
    return switch (which) {
      case 0 -> endless(python, "while True: pass");
      case 1 -> endless(python, "while True: print('x' * 1000)");
      case 2 -> endless(python, "while True:\n  try:\n    while True: pass\n  except: pass");
      case 3 -> endless(python, "add = lambda n: 9 ** 9 ** 9");
      case 4 -> endless(python, "sum(iter(int, 1))");
      case 5 ->
          program(
              "a memory eater",
              python,
              "eaten = []\nwhile True: eaten.append(bytearray(1 << 20))",
              1,
              PATIENT,
              verdict -> verdict instanceof OutOfMemory);
      case 6 -> crashing("os._exit", python, "import os; os._exit(0)");
      case 7 -> crashing("sys.exit", python, "import sys; sys.exit(0)");
      case 8 -> crashing("a recursion", python, "def add(n): return add(n)");
      case 9 -> crashing("a file", python, "open('/etc/passwd')");
      case 10 -> crashing("a process", python, "import os; os.system('true')");
      default -> malformed(python, "def add(n:");
    };
  }

  private static SoakProgram endless(GuestLanguage language, String body) {
    return program(
        "endless: " + body, language, body, 1, SHORT, verdict -> verdict instanceof TimedOut);
  }

  private static SoakProgram crashing(String name, GuestLanguage language, String body) {
    return program(name, language, body, 1, PATIENT, verdict -> verdict instanceof Crashed);
  }

  private static SoakProgram malformed(GuestLanguage language, String body) {
    return program(
        "malformed", language, body, 1, PATIENT, verdict -> verdict instanceof Malformed);
  }

  private static SoakProgram program(
      String name,
      GuestLanguage language,
      String body,
      int number,
      Limits limits,
      Predicate<Verdict> right) {
    return new SoakProgram(
        language + ": " + name,
        new Execution(language, body, tests(language, number), limits),
        right);
  }

  private static TestSuite tests(GuestLanguage language, int number) {
    DataValue argument = new DataValue.Whole(10);
    DataValue sum = new DataValue.Whole(10 + number);
    return language == GuestLanguage.SQL
        ? new ResultSets(
            List.of(
                new ResultSet(
                    "CREATE TABLE t(n); INSERT INTO t VALUES (10);",
                    new Expected.Rows(List.of(List.of(sum))),
                    false)))
        : new Calls("add", List.of(new Call(List.of(argument), sum)), 0);
  }
}
