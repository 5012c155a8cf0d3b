package dev.mallard.generator.comparison;

import java.util.List;
import java.util.stream.IntStream;

/**
 * What the engines are asked. All prompts of a measurement differ from their first line on, so that
 * no engine can reuse what it computed for another.
 */
final class Prompts {
  private static final List<String> THINGS =
      List.of(
          "a queue with a maximum length",
          "a stack of integers",
          "a bank account",
          "a shopping cart",
          "a matrix of numbers",
          "a linked list",
          "a text buffer with undo",
          "a calendar of meetings");

  /** A program to repair: about 500 tokens with the marks around it. */
  private static final String REPAIR =
      """
      This Python program should read a list of intervals and print how many minutes of a day are \
      covered by at least one of them. It fails one of its tests. Say which line is wrong, why the \
      test fails, and write the whole program again with the line put right. Keep the names, keep \
      the layout, and do not import anything.

      ```python
      class Interval:
          def __init__(self, start, end):
              if end < start:
                  raise ValueError("an interval ends after it starts")
              self.start = start
              self.end = end

          def length(self):
              return self.end - self.start

          def touches(self, other):
              return self.start <= other.end and other.start <= self.end


      def merge(intervals):
          merged = []
          for interval in sorted(intervals, key=lambda item: item.start):
              if merged and merged[-1].touches(interval):
                  merged[-1] = Interval(merged[-1].start, interval.end)
              else:
                  merged.append(interval)
          return merged


      def covered(intervals):
          return sum(interval.length() for interval in merge(intervals))
      ```

      The test that fails:

      ```python
      def test_one_interval_inside_another():
          assert covered([Interval(60, 600), Interval(120, 180)]) == 540
      ```

      What it prints: AssertionError: assert 120 == 540

      The tests that pass:

      ```python
      def test_nothing():
          assert covered([]) == 0


      def test_two_intervals_apart():
          assert covered([Interval(600, 660), Interval(0, 30)]) == 90


      def test_two_intervals_that_overlap():
          assert covered([Interval(0, 60), Interval(30, 90)]) == 90
      ```
      """;

  private Prompts() {}

  /** A long prompt, for the prefill. */
  static ChatPrompt longOne(int number) {
    return new ChatPrompt(system(number), REPAIR);
  }

  /** A short prompt whose answer is long. */
  static ChatPrompt shortOne(int number) {
    return new ChatPrompt(
        system(number),
        "Write a Python class for %s, with docstrings and doctests."
            .formatted(THINGS.get(number % THINGS.size())));
  }

  /** Several short prompts, numbered from one on. */
  static List<ChatPrompt> shortOnes(int first, int count) {
    return IntStream.range(first, first + count).mapToObj(Prompts::shortOne).toList();
  }

  private static String system(int number) {
    return "%d is your number, and you are a helpful assistant.".formatted(number);
  }
}
