package dev.mallard.benchmarks.sandbox;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.zip.GZIPInputStream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Programs to measure with. */
final class PythonPrograms {
  /** Programs that compute for a while. */
  static final List<PythonProgram> LONG =
      List.of(
          new PythonProgram(
              "sieve to 5 million",
              """
              def primes(limit):
                  sieve = bytearray([1]) * (limit + 1)
                  sieve[0] = sieve[1] = 0
                  number = 2
                  while number * number <= limit:
                      if sieve[number]:
                          for multiple in range(number * number, limit + 1, number):
                              sieve[multiple] = 0
                      number += 1
                  return sum(sieve)
              """,
              "assert primes(5_000_000) == 348513"),
          new PythonProgram(
              "nested loops",
              """
              def count(limit):
                  found = 0
                  for a in range(1, limit):
                      for b in range(a, limit):
                          if (a * a + b * b) % 7 == a % 7:
                              found += 1
                  return found
              """,
              "assert count(2000) == sum((a * a + b * b) % 7 == a % 7"
                  + " for a in range(1, 2000) for b in range(a, 2000))"),
          new PythonProgram(
              "nine queens",
              """
              def queens(size, row=0, columns=frozenset(), up=frozenset(), down=frozenset()):
                  if row == size:
                      return 1
                  total = 0
                  for column in range(size):
                      if column in columns or row + column in up or row - column in down:
                          continue
                      total += queens(size, row + 1, columns | {column}, up | {row + column},
                                      down | {row - column})
                  return total
              """,
              "assert queens(9) == 352"));

  private static final JsonMapper JSON = JsonMapper.shared();

  private PythonPrograms() {}

  /**
   * The reference programs of HumanEval and sanitized MBPP, or, where they are not there, a few of
   * our own.
   *
   * @param data the folder with the data sets
   * @param most so many of them, spread evenly
   */
  static List<PythonProgram> load(Path data, int most) throws IOException {
    List<PythonProgram> all = new ArrayList<>();
    Path humanEval = data.resolve("humaneval").resolve("HumanEval.jsonl.gz");
    if (Files.exists(humanEval)) {
      all.addAll(humanEval(humanEval));
    }
    Path mbpp = data.resolve("mbpp").resolve("sanitized-mbpp.json");
    if (Files.exists(mbpp)) {
      all.addAll(mbpp(mbpp));
    }
    if (all.isEmpty()) {
      all.addAll(embedded());
    }
    int number = Math.min(most, all.size());
    return IntStream.range(0, number)
        .mapToObj(index -> all.get((int) ((long) index * all.size() / number)))
        .toList();
  }

  private static List<PythonProgram> humanEval(Path file) throws IOException {
    try (InputStream in = new GZIPInputStream(Files.newInputStream(file))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .map(JSON::readTree)
          .map(problem ->
              new PythonProgram(
                  text(problem, "task_id"),
                  text(problem, "prompt") + text(problem, "canonical_solution"),
                  "%s\ncheck(%s)\n".formatted(text(problem, "test"), text(problem, "entry_point"))))
          .toList();
    }
  }

  private static List<PythonProgram> mbpp(Path file) throws IOException {
    List<PythonProgram> programs = new ArrayList<>();
    for (JsonNode problem : JSON.readTree(Files.readString(file))) {
      String name = "MBPP/" + problem.get("task_id").asInt();
      // It takes 40 seconds where CPython takes 5, and would drown all others.
      if (!name.equals("MBPP/123")) {
        List<String> tests = new ArrayList<>();
        problem.get("test_imports").forEach(line -> tests.add(line.asString()));
        problem.get("test_list").forEach(line -> tests.add(line.asString()));
        programs.add(new PythonProgram(name, text(problem, "code"), String.join("\n", tests)));
      }
    }
    return programs;
  }

  private static String text(JsonNode problem, String field) {
    return problem.get(field).asString();
  }

  private static List<PythonProgram> embedded() {
    return List.of(
        new PythonProgram(
            "gcd",
            "def gcd(a, b):\n    while b:\n        a, b = b, a % b\n    return a\n",
            "assert gcd(12, 18) == 6\nassert gcd(7, 5) == 1"),
        new PythonProgram(
            "words",
            "import re\ndef words(text):\n    return re.findall(r'\\w+', text.lower())\n",
            "assert words('To be, or') == ['to', 'be', 'or']"),
        new PythonProgram(
            "heap",
            "import heapq\ndef least(items, n):\n    return heapq.nsmallest(n, items)\n",
            "assert least([5, 1, 4, 2], 2) == [1, 2]"),
        new PythonProgram(
            "count",
            """
            from collections import Counter
            def most(text):
                return Counter(text).most_common(1)[0][0]
            """,
            "assert most('banana') == 'a'"));
  }
}
