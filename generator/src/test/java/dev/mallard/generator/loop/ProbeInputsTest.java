package dev.mallard.generator.loop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mallard.generator.problem.Language;
import dev.mallard.generator.problem.Problem;
import dev.mallard.sandbox.TestSuite;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Calls like those of the tests, to tell programs apart by. */
class ProbeInputsTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      value = {
        "assert f(1, 2) == 3 ~ f(1, 2)",
        "assert sorted(f([2, 1])) == [1, 2] ~ f([2, 1])",
        "assert set(g('a)b', (1, 2))) == set() ~ g('a)b', (1, 2))",
        "assert abs(h(1.5) - 2) < 0.1 ~ h(1.5)",
        "assert f(\"x(\") ~ f(\"x(\")"
      })
  void theCallOfATestIsFound(String test, String call) {
    assertThat(TestCall.of(test)).contains(call);
  }

  @ParameterizedTest
  @CsvSource({"x = f(1)", "assert 1 == 1", "assert f(1", "assertion(1)"})
  void whatIsNoCallIsNone(String line) {
    assertThat(TestCall.of(line)).isEmpty();
  }

  @Test
  void probesAreOtherCallsOfTheSameFunctionAndTheSameForASeed() {
    Problem problem = problem("assert f([3, 14], 'abc') == 1\nassert f([], 'x') == 0\n");

    String probes = ProbeInputs.of(problem, 7).orElseThrow().source();

    assertThat(probes.lines()).isNotEmpty().allMatch(line -> line.startsWith("assert f("));
    assertThat(probes).doesNotContain("f([3, 14], 'abc') ");
    assertThat(ProbeInputs.of(problem, 7).orElseThrow().source()).isEqualTo(probes);
    assertThat(ProbeInputs.of(problem, 8).orElseThrow().source()).isNotEqualTo(probes);
  }

  @Test
  void noProbePartsACharacter() {
    Problem problem = problem("assert f('🦆', 'a🦆🦆') == 1\n");

    for (int seed = 0; seed < 50; seed++) {
      String probes = ProbeInputs.of(problem, seed).orElseThrow().source();
      assertThat(probes.codePoints()).allMatch(c -> c < 0xD800 || c > 0xDFFF);
    }
  }

  @Test
  void withoutCallsThereAreNone() {
    assertThat(ProbeInputs.of(problem("assert X == 1\n"), 0)).isEmpty();
  }

  private static Problem problem(String tests) {
    return new Problem(
        "F", "", Optional.empty(), Language.PYTHON, TestSuite.asserts(tests), TestSuite.EMPTY);
  }
}
