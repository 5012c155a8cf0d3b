package dev.mallard.sandbox.worker;

import dev.mallard.sandbox.DataValue;
import dev.mallard.sandbox.DataValue.Sequence;
import dev.mallard.sandbox.DataValue.Whole;
import dev.mallard.sandbox.Execution;
import dev.mallard.sandbox.GuestLanguage;
import dev.mallard.sandbox.Limits;
import dev.mallard.sandbox.TestSuite;
import dev.mallard.sandbox.TestSuite.Call;
import dev.mallard.sandbox.TestSuite.Calls;
import dev.mallard.sandbox.TestSuite.Exchange;
import dev.mallard.sandbox.TestSuite.StandardIo;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Short programs such as those that are generated, with tests of all styles. */
final class TypicalPrograms {
  private static final Limits LIMITS = Limits.DEFAULT.withWallClock(Duration.ofMinutes(2));

  private TypicalPrograms() {}

  /** Programs of a language; none where a worker gains nothing by having run some. */
  static List<Execution> of(GuestLanguage language) {
    return switch (language) {
      case PYTHON -> python();
      case JAVASCRIPT, JAVA, SQL -> List.of();
    };
  }

  private static List<Execution> python() {
    List<TestSuite> suites =
        List.of(
            TestSuite.asserts(
                """
                import math
                def check(candidate):
                    assert candidate([3, 1, 2]) == [1, 2, 3]
                    assert candidate([]) == [], "empty"
                    for size in range(3):
                        assert len(candidate(list(range(size)))) == size
                check(solve)
                assert solve([5, 4]) == [4, 6]
                assert math.isclose(sum(solve([1, 2])), 3.0) and solve([1]) != None
                assert solve(None) == []
                """),
            new Calls("solve", List.of(call(3, 1, 2), call(), call(7, 7)), 1e-6),
            new StandardIo(
                List.of(new Exchange("3 1 2\n", "1 2 3\n"), new Exchange("4\n", "5\n"))));
    List<Execution> programs = new ArrayList<>();
    for (String body : PYTHON_BODIES) {
      for (TestSuite suite : suites) {
        String end =
            suite instanceof StandardIo ? "print(*solve(list(map(int, input().split()))))\n" : "";
        programs.add(new Execution(GuestLanguage.PYTHON, body + end, suite, LIMITS));
      }
    }
    return programs;
  }

  private static Call call(long... numbers) {
    List<DataValue> unsorted = new ArrayList<>();
    List<DataValue> sorted = new ArrayList<>();
    for (long number : numbers) {
      unsorted.add(new Whole(number));
    }
    Arrays.stream(numbers).sorted().forEach(number -> sorted.add(new Whole(number)));
    return new Call(List.of(new Sequence(unsorted)), new Sequence(sorted));
  }

  private static final List<String> PYTHON_BODIES =
      List.of(
          """
          from typing import List, Optional

          def solve(items: List[int]) -> List[int]:
              \"""Sorts numbers.\"""
              return sorted(items)
          """,
          """
          import bisect, collections, functools, heapq, itertools, math, re, string

          def solve(items):
              result = []
              for item in items:
                  bisect.insort(result, item)
              counts = collections.Counter(result)
              return [key for key in sorted(counts) for _ in range(counts[key])]
          """,
          """
          def solve(items):
              if len(items) < 2:
                  return list(items)
              pivot, *rest = items
              low = [x for x in rest if x < pivot]
              high = [x for x in rest if x >= pivot]
              return solve(low) + [pivot] + solve(high)
          """,
          """
          class Heap:
              def __init__(self):
                  self.items = []

              def push(self, item):
                  self.items.append(item)
                  at = len(self.items) - 1
                  while at > 0 and self.items[(at - 1) // 2] > self.items[at]:
                      parent = (at - 1) // 2
                      self.items[parent], self.items[at] = self.items[at], self.items[parent]
                      at = parent

              def __len__(self):
                  return len(self.items)

          def solve(items):
              heap = Heap()
              for item in items:
                  heap.push(item)
              out = heap.items[:]
              for i in range(len(out)):
                  for j in range(len(out) - 1):
                      if out[j] > out[j + 1]:
                          out[j], out[j + 1] = out[j + 1], out[j]
              return out
          """,
          """
          import re
          from functools import lru_cache, reduce
          from collections import defaultdict, deque

          @lru_cache(maxsize=None)
          def fib(n):
              return n if n < 2 else fib(n - 1) + fib(n - 2)

          def solve(items):
              words = re.findall(r"\\d+", " ".join(str(item) for item in items))
              groups = defaultdict(list)
              for word in words:
                  groups[len(word)].append(int(word))
              queue = deque(sum((groups[key] for key in sorted(groups)), []))
              total = reduce(lambda a, b: a + b, queue, 0)
              assert total == sum(items) and fib(20) == 6765
              return sorted(queue)
          """,
          """
          import itertools, math

          def is_prime(n):
              return n > 1 and all(n % k for k in range(2, int(math.sqrt(n)) + 1))

          def solve(items):
              primes = {n for n in range(200) if is_prime(n)}
              table = [[0] * 20 for _ in range(20)]
              for i, j in itertools.product(range(20), repeat=2):
                  table[i][j] = max(table[i - 1][j], table[i][j - 1]) + (i in primes)
              text = "".join(c.upper() if c.isalpha() else "-" for c in "some text")
              try:
                  return sorted(items, key=lambda x: (x, text[::-1]))
              except TypeError as error:
                  raise ValueError(f"not a list: {items!r}") from error
          """,
          """
          def solve(items):
              return [1 // len(items), *items]
          """);
}
