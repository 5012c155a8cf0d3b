package dev.mallard.generator.loop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mallard.generator.problem.Language;
import dev.mallard.generator.problem.Languages;
import dev.mallard.generator.problem.Problem;
import dev.mallard.sandbox.DataValue;
import dev.mallard.sandbox.TestSuite;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Calls like those of the tests, to tell programs apart by. */
class ProbesTest {
  private static final String IMPOSSIBLE = "no program gives this: 4f1d0c77";

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      value = {
        "python ~ f ~ f(1, 2) ~ assert f(1, 2) == 3",
        "python ~ f ~ f([2, 1]) ~ assert sorted(f([2, 1])) == [1, 2]",
        "python ~ g ~ g('a)b', (1, 2)) ~ assert set(g('a)b', (1, 2))) == set()",
        "python ~ h ~ h(1.5) ~ assert abs(h(1.5) - 2) < 0.1",
        "python ~ f ~ f(\"x(\") ~ assert f(\"x(\")",
        "javascript ~ f ~ f(1, 2) ~ console.assert(f(1, 2) === 3);",
        "javascript ~ f ~ f([1], `)`) ~ assert.deepStrictEqual(f([1], `)`), [1]);",
        "javascript ~ f ~ tools.f({a: 1}) ~ console.assert(JSON.stringify(tools.f({a: 1})) === '{}');",
        "javascript ~ f ~ f(0.5) ~ assert(Math.abs(f(0.5) - 1) < 1e-9);",
        "java ~ f ~ Solution.f(1, 2) ~ assert Solution.f(1, 2) == 3;",
        "java ~ f ~ Solution.f(new int[] {2, 1}) ~ assert Arrays.equals(Solution.f(new int[] {2, 1}), new int[] {1, 2});",
        "java ~ f ~ new Solution().f(\")\", ')') ~ assert new Solution().f(\")\", ')').equals(List.of());",
        "java ~ f ~ f(1) ~ assert List.of(f(1)).equals(List.of(2));",
      })
  void theCallOfATestIsFound(String language, String name, String call, String test) {
    assertThat(callIn(language, test).map(TestCall::text)).contains(call);
    assertThat(callIn(language, test).map(TestCall::name)).contains(name);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      value = {
        "python ~ x = f(1)",
        "python ~ assert 1 == 1",
        "python ~ assert f(1",
        "python ~ assertion(1)",
        "javascript ~ console.assert(await f(1) === 2)",
        "javascript ~ console.assert(new Duck(1) !== null)",
        "java ~ assert new Duck(1) != null;",
      })
  void whatIsNoCallIsNone(String language, String line) {
    assertThat(callIn(language, line)).isEmpty();
  }

  @Test
  void probesAreOtherCallsOfTheSameFunctionAndTheSameForASeed() {
    Problem problem = python("assert f([3, 14], 'abc') == 1\nassert f([], 'x') == 0\n");

    List<String> probes = probes(problem, 7);

    assertThat(probes)
        .isNotEmpty()
        .allMatch(line -> line.startsWith("assert f(") && line.endsWith("== '" + IMPOSSIBLE + "'"))
        .noneMatch(line -> line.contains("f([3, 14], 'abc') "));
    assertThat(probes(problem, 7)).isEqualTo(probes);
    assertThat(probes(problem, 8)).isNotEqualTo(probes);
  }

  @Test
  void whatTheTestsSetUpIsThereForTheProbesToo() {
    Problem problem = python("limit = 4\nassert f(limit, 1) == 1\n");

    assertThat(Probes.of(problem, 1).orElseThrow().suite().source())
        .startsWith("limit = 4\nassert f(limit, 1) == 1\nassert f(limit, ");
  }

  @Test
  void probesInOtherLanguagesAreTestsOfThose() {
    assertThat(
            probes(
                problem(
                    Language.JAVASCRIPT,
                    TestSuite.asserts("console.assert(f('ab', 2) === 'abab');")),
                1))
        .isNotEmpty()
        .allMatch(line -> line.matches("console\\.assert\\(f\\('\\w*', \\d+\\) === '.*'\\);"));
    assertThat(
            probes(
                problem(
                    Language.JAVA, TestSuite.asserts("assert Solution.f(\"ab\", 'c', 2) == 3;")),
                1))
        .isNotEmpty()
        .allMatch(line ->
            line.matches(
                "assert Objects\\.equals\\(Solution\\.f\\(\"\\w*\", 'c', \\d+\\), \".*\"\\);"));
  }

  @Test
  void tablesOfCallsAreProbedWithValuesOfTheSameShape() {
    DataValue list =
        new DataValue.Sequence(List.of(new DataValue.Whole(3), new DataValue.Text("ab")));
    TestSuite.Call call =
        new TestSuite.Call(List.of(list, new DataValue.Bool(true)), new DataValue.Whole(1));
    for (Language language : List.of(Language.PYTHON, Language.JAVASCRIPT, Language.JAVA)) {
      Probes probes =
          Probes.of(problem(language, new TestSuite.Calls("f", List.of(call), 0)), 3).orElseThrow();

      TestSuite.Calls suite = (TestSuite.Calls) probes.suite();
      assertThat(suite.calls()).hasSize(probes.number()).isNotEmpty();
      assertThat(suite.calls())
          .allSatisfy(probe -> {
            assertThat(probe.arguments()).isNotEqualTo(call.arguments()).hasSize(2);
            assertThat(((DataValue.Sequence) probe.arguments().getFirst()).elements())
                .hasExactlyElementsOfTypes(DataValue.Whole.class, DataValue.Text.class);
            assertThat(probe.expected()).isEqualTo(new DataValue.Text(IMPOSSIBLE));
          });
    }
  }

  @Test
  void noProbePartsACharacter() {
    Problem problem = python("assert f('🦆', 'a🦆🦆') == 1\n");

    for (int seed = 0; seed < 50; seed++) {
      assertThat(String.join("\n", probes(problem, seed)).codePoints())
          .allMatch(c -> c < 0xD800 || c > 0xDFFF);
    }
  }

  @Test
  void withoutCallsThereAreNone() {
    assertThat(Probes.of(python("assert X == 1\n"), 0)).isEmpty();
    assertThat(Probes.of(problem(Language.PYTHON, TestSuite.EMPTY), 0)).isEmpty();
  }

  private static Optional<TestCall> callIn(String language, String line) {
    Language spoken = Languages.BUILT_IN.byLabel(language).orElseThrow();
    return AssertionLook.of(spoken).orElseThrow().callIn(line);
  }

  private static List<String> probes(Problem problem, long seed) {
    Probes probes = Probes.of(problem, seed).orElseThrow();
    List<String> lines = probes.suite().source().lines().toList();
    return lines.subList(lines.size() - probes.number(), lines.size());
  }

  private static Problem python(String tests) {
    return problem(Language.PYTHON, TestSuite.asserts(tests));
  }

  private static Problem problem(Language language, TestSuite tests) {
    return new Problem("F", "", Optional.empty(), language, tests, TestSuite.EMPTY);
  }
}
