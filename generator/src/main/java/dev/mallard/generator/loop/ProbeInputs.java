package dev.mallard.generator.loop;

import dev.mallard.generator.problem.Language;
import dev.mallard.generator.problem.Problem;
import dev.mallard.sandbox.TestSuite;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Calls like those of the visible tests, with other numbers and strings in them, to tell programs
 * apart by. Each is an assertion that does not hold whatever the call gives, so that its failure
 * says what it gave. For Python.
 */
final class ProbeInputs {
  private static final int MOST_PROBES = 12;
  private static final int MOST_TRIES = 100;
  private static final int LONGEST_CALL = 500;

  /** No program gives this. */
  private static final String IMPOSSIBLE = "'no program gives this: 4f1d0c77'";

  private static final Pattern LITERAL =
      Pattern.compile(
          "(?<text>\"(?:[^\"\\\\\n]|\\\\.)*\"|'(?:[^'\\\\\n]|\\\\.)*')"
              + "|(?<![\\w.])(?<number>\\d{1,9})(?![\\w.])");

  private ProbeInputs() {}

  /**
   * The probes for a problem; empty if its visible tests have no calls to go by.
   *
   * @param seed of the changes
   */
  static Optional<TestSuite> of(Problem problem, long seed) {
    if (!problem.language().equals(Language.PYTHON)
        || !(problem.visibleTests() instanceof TestSuite.Asserts tests)) {
      return Optional.empty();
    }
    List<String> calls =
        tests
            .source()
            .lines()
            .flatMap(line -> TestCall.of(line).stream())
            .distinct()
            .filter(call -> call.length() <= LONGEST_CALL)
            .toList();
    if (calls.isEmpty()) {
      return Optional.empty();
    }
    Random random = new Random(seed);
    Set<String> probes = new LinkedHashSet<>();
    for (int i = 0; i < MOST_TRIES && probes.size() < MOST_PROBES; i++) {
      String call = calls.get(i % calls.size());
      String changed = changed(call, random);
      if (!calls.contains(changed)) {
        probes.add(changed);
      }
    }
    List<String> lines = new ArrayList<>();
    for (String probe : probes) {
      lines.add("assert %s == %s".formatted(probe, IMPOSSIBLE));
    }
    return lines.isEmpty()
        ? Optional.empty()
        : Optional.of(TestSuite.asserts(String.join("\n", lines) + "\n"));
  }

  /** The call with some of its literals changed, to others of their type. */
  private static String changed(String call, Random random) {
    int open = call.indexOf('(');
    Matcher literals = LITERAL.matcher(call.substring(open));
    return call.substring(0, open)
        + literals.replaceAll(literal -> Matcher.quoteReplacement(changed(literal, random)));
  }

  private static String changed(MatchResult literal, Random random) {
    String text = literal.group();
    if (random.nextInt(3) == 0) {
      return text;
    }
    if (literal.group("number") != null) {
      int number = Integer.parseInt(text);
      return Integer.toString(
          switch (random.nextInt(5)) {
            case 0 -> number + 1;
            case 1 -> Math.max(0, number - 1);
            case 2 -> 0;
            case 3 -> number / 2;
            default -> Math.min(number, 100) + random.nextInt(10);
          });
    }
    String inside = text.substring(1, text.length() - 1);
    if (inside.isEmpty() || inside.contains("\\")) {
      return text;
    }
    String quote = text.substring(0, 1);
    return quote
        + switch (random.nextInt(4)) {
          case 0 -> new StringBuilder(inside).reverse();
          case 1 -> inside + inside;
          case 2 -> inside.substring(0, whole(inside, inside.length() / 2));
          default -> {
            int first = inside.offsetByCodePoints(0, 1);
            yield inside.substring(first) + inside.substring(0, first);
          }
        }
        + quote;
  }

  /** A place in a text, or the one before it where it would part a surrogate pair. */
  private static int whole(String text, int place) {
    return place > 0 && Character.isLowSurrogate(text.charAt(place)) ? place - 1 : place;
  }
}
