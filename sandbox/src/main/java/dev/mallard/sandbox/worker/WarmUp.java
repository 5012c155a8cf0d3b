package dev.mallard.sandbox.worker;

import dev.mallard.sandbox.Execution;
import dev.mallard.sandbox.GuestLanguage;
import dev.mallard.sandbox.Limits;
import dev.mallard.sandbox.TestSuite;
import dev.mallard.sandbox.TestSuite.Expected;
import dev.mallard.sandbox.TestSuite.ResultSet;
import dev.mallard.sandbox.TestSuite.ResultSets;
import dev.mallard.sandbox.executor.Executor;
import java.time.Duration;
import java.util.List;

/** Runs programs whose outcome nobody wants, so that those that count find the code compiled. */
final class WarmUp {
  private static final int COMPILER_ROUNDS = 40;

  private final Executor executor;
  private final List<Execution> programs;
  private int next;

  WarmUp(Executor executor, GuestLanguage language) {
    this.executor = executor;
    programs = programs(language);
  }

  /** Runs the next program; returns whether there are more. */
  boolean step() {
    if (next == programs.size()) {
      return false;
    }
    executor.execute(programs.get(next++), new Silence());
    return true;
  }

  /**
   * Runs programs that compute for a while, each time anew, until the compiler that they make work
   * has become fast itself. Takes minutes of processor time.
   */
  static void compiler(Executor executor, GuestLanguage language) {
    for (int round = 0; round < COMPILER_ROUNDS; round++) {
      for (Execution program : LongPrograms.of(language)) {
        executor.execute(program, new Silence());
      }
    }
  }

  private static List<Execution> programs(GuestLanguage language) {
    return switch (language) {
      case PYTHON ->
          List.of(
              new Execution(
                  language,
                  """
                  import bisect, collections, functools, heapq, itertools, math, re, string, typing

                  def first(items: typing.List[int]) -> int:
                    return sorted(items)[0]

                  print(first([3, 2]), re.sub("a", "b", "aa"))
                  """,
                  TestSuite.asserts(
                      "def check(f):\n  assert f([3, 2]) == 2\n  assert f([1])\n"
                          + "check(first)\nassert first([3]) == 4, 'no'"),
                  Limits.DEFAULT.withWallClock(Duration.ofMinutes(2))));
      case SQL -> {
        ResultSet set =
            new ResultSet(
                "CREATE TABLE t(a); INSERT INTO t VALUES (1);",
                new Expected.Query("SELECT 2.5"),
                false);
        yield List.of(
            new Execution(
                language, "SELECT a FROM t", new ResultSets(List.of(set)), Limits.DEFAULT));
      }
      case JAVASCRIPT, JAVA -> List.of();
    };
  }
}
