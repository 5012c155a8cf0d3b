package dev.mallard.sandbox.worker;

import dev.mallard.sandbox.Execution;
import dev.mallard.sandbox.GuestLanguage;
import dev.mallard.sandbox.Limits;
import dev.mallard.sandbox.TestSuite;
import java.time.Duration;
import java.util.List;

/** Programs that compute for some tenths of a second, each in another way. */
final class LongPrograms {
  private static final Limits LIMITS = Limits.DEFAULT.withWallClock(Duration.ofMinutes(2));

  private LongPrograms() {}

  /** Programs of a language; none where no worker compiles them. */
  static List<Execution> of(GuestLanguage language) {
    return switch (language) {
      case PYTHON ->
          PYTHON.stream()
              .map(text -> new Execution(language, text, TestSuite.asserts(""), LIMITS))
              .toList();
      case JAVASCRIPT, JAVA, SQL -> List.of();
    };
  }

  private static final List<String> PYTHON =
      List.of(
          """
          def collatz(limit):
              best = 0
              for start in range(1, limit):
                  n, steps = start, 0
                  while n != 1:
                      n = n // 2 if n % 2 == 0 else 3 * n + 1
                      steps += 1
                  if steps > best:
                      best = steps
              return best
          assert collatz(9000) == 261
          """,
          """
          def multiply(a, b):
              size = len(a)
              result = [[0] * size for _ in range(size)]
              for i in range(size):
                  for j in range(size):
                      total = 0
                      for k in range(size):
                          total += a[i][k] * b[k][j]
                      result[i][j] = total
              return result
          matrix = [[(i * j) % 7 for j in range(90)] for i in range(90)]
          assert len(multiply(matrix, matrix)) == 90
          """,
          """
          def fib(n):
              return n if n < 2 else fib(n - 1) + fib(n - 2)
          def primes(limit):
              found = []
              for n in range(2, limit):
                  if all(n % p for p in found if p * p <= n):
                      found.append(n)
              return found
          def count(text):
              counts = {}
              for c in text:
                  counts[c] = counts.get(c, 0) + 1
              return counts
          assert fib(24) == 46368
          assert len(primes(4000)) == 550
          assert count("abracadabra" * 20000)["a"] == 100000
          """,
          """
          def place(n, row, taken):
              if row == n:
                  return 1
              total = 0
              for column in range(n):
                  if all(column != c and abs(column - c) != row - r for r, c in taken):
                      total += place(n, row + 1, taken + [(row, column)])
              return total
          def longest(a, b):
              table = [[0] * (len(b) + 1) for _ in range(len(a) + 1)]
              for i in range(len(a)):
                  for j in range(len(b)):
                      table[i + 1][j + 1] = table[i][j] + 1 if a[i] == b[j] else max(table[i][j + 1], table[i + 1][j])
              return table[-1][-1]
          def bubble(items):
              items = list(items)
              for i in range(len(items)):
                  for j in range(len(items) - 1 - i):
                      if items[j] > items[j + 1]:
                          items[j], items[j + 1] = items[j + 1], items[j]
              return items
          assert place(7, 0, []) == 40
          assert longest("abcde" * 80, "badce" * 80) > 0
          assert bubble(range(400, 0, -1))[0] == 1
          """,
          """
          def smallest_factors(limit):
              factors = bytearray(limit)
              for n in range(2, limit):
                  if not factors[n]:
                      for multiple in range(2 * n, limit, n):
                          factors[multiple] = 1
              return factors.count(0) - 2
          def colour(graph, node, colours, used=frozenset()):
              if node == len(graph):
                  return 1
              total = 0
              for c in range(colours):
                  if not any((other, c) in used for other in graph[node]):
                      total += colour(graph, node + 1, colours, used | {(node, c)})
              return total
          class Point:
              def __init__(self, x, y):
                  self.x = x
                  self.y = y
              def distance(self, other):
                  return abs(self.x - other.x) + abs(self.y - other.y)
          def nearest(size):
              points = [Point(i * 7919 % 1009, i * 104729 % 1013) for i in range(size)]
              return min(a.distance(b) for a in points for b in points if a is not b)
          assert smallest_factors(200000) == 17984
          assert colour([[], [0], [1], [2], [3, 0], [4, 1], [5, 2]], 0, 3) > 0
          assert nearest(300) >= 0
          """);
}
