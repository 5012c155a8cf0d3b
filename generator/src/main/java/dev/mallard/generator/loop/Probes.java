package dev.mallard.generator.loop;

import dev.mallard.generator.problem.Problem;
import dev.mallard.sandbox.DataValue;
import dev.mallard.sandbox.TestSuite;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Calls like those of the visible tests, with other numbers and strings in them, to tell programs
 * apart by. Each is a test that does not hold whatever the call gives, so that its failure says
 * what it gave.
 *
 * @param suite the probes, behind the visible tests where these may set something up
 * @param number how many tests at the end of the suite are probes
 */
record Probes(TestSuite suite, int number) {
  private static final int MOST_PROBES = 12;
  private static final int MOST_TRIES = 100;
  private static final int LONGEST_CALL = 500;

  /** No program gives this. */
  private static final String IMPOSSIBLE = "no program gives this: 4f1d0c77";

  private static final Pattern NUMBER = Pattern.compile("(?<![\\w.])\\d{1,9}(?![\\w.])");

  /**
   * The probes for a problem; empty if its visible tests have no calls to go by.
   *
   * @param seed of the changes
   */
  static Optional<Probes> of(Problem problem, long seed) {
    Variation variation = new Variation(new Random(seed));
    return switch (problem.visibleTests()) {
      case TestSuite.Asserts(String source) ->
          AssertionLook.of(problem.language()).flatMap(look -> of(source, look, variation));
      case TestSuite.Calls calls -> of(calls, variation);
      case TestSuite.StandardIo _, TestSuite.ResultSets _ -> Optional.empty();
    };
  }

  private static Optional<Probes> of(String source, AssertionLook look, Variation variation) {
    List<TestCall> calls =
        source
            .lines()
            .flatMap(line -> look.callIn(line).stream())
            .distinct()
            .filter(call -> call.text().length() <= LONGEST_CALL)
            .toList();
    Pattern literal = Pattern.compile("(?<text>%s)|(?<number>%s)".formatted(look.text(), NUMBER));
    Set<TestCall> probes = others(calls, call -> changed(call, literal, variation));
    if (probes.isEmpty()) {
      return Optional.empty();
    }
    Stream<String> lines =
        probes.stream().map(probe -> look.equality().formatted(probe.text(), IMPOSSIBLE));
    return Optional.of(
        new Probes(
            TestSuite.asserts(
                Stream.concat(Stream.of(source.stripTrailing()), lines)
                    .collect(Collectors.joining("\n", "", "\n"))),
            probes.size()));
  }

  /** The call with some of its literals changed, to others of their type. */
  private static TestCall changed(TestCall call, Pattern literal, Variation variation) {
    return call.withArgumentList(
        literal
            .matcher(call.argumentList())
            .replaceAll(found -> Matcher.quoteReplacement(changed(found, variation))));
  }

  private static String changed(MatchResult literal, Variation variation) {
    String text = literal.group();
    if (variation.keeps()) {
      return text;
    }
    if (literal.group("number") != null) {
      return Integer.toString(variation.number(Integer.parseInt(text)));
    }
    String inside = text.substring(1, text.length() - 1);
    String quote = text.substring(0, 1);
    return inside.contains("\\") ? text : quote + variation.text(inside) + quote;
  }

  private static Optional<Probes> of(TestSuite.Calls calls, Variation variation) {
    Set<List<DataValue>> probes =
        others(
            calls.calls().stream().map(TestSuite.Call::arguments).toList(),
            arguments -> arguments.stream().map(variation::value).toList());
    List<TestSuite.Call> tests = new ArrayList<>();
    for (List<DataValue> arguments : probes) {
      tests.add(new TestSuite.Call(arguments, new DataValue.Text(IMPOSSIBLE)));
    }
    return tests.isEmpty()
        ? Optional.empty()
        : Optional.of(new Probes(new TestSuite.Calls(calls.function(), tests, 0), tests.size()));
  }

  /** What given inputs become, each in turn, but for what is given already. */
  private static <T> Set<T> others(List<T> given, UnaryOperator<T> change) {
    Set<T> known = Set.copyOf(given);
    Set<T> others = new LinkedHashSet<>();
    for (int i = 0; i < MOST_TRIES && !given.isEmpty() && others.size() < MOST_PROBES; i++) {
      T changed = change.apply(given.get(i % given.size()));
      if (!known.contains(changed)) {
        others.add(changed);
      }
    }
    return others;
  }
}
