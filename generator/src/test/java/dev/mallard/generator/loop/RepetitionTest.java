package dev.mallard.generator.loop;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RepetitionTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "    # else it is not a valid month\n",
        "    if k == k\n    else heap.append(numbers[k])\n",
        "['*'],",
        " == snake_to_camel('android_tv')",
        "\n",
      })
  void aTextThatComesOverAndOverIsAnEnd(String text) {
    String answer = "```python\ndef f(x):\n" + text.repeat(160);

    assertThat(Repetition.isStuck(answer)).isTrue();
    assertThat(Repetition.isStuck(answer.substring(0, answer.length() - text.length() / 2)))
        .isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "def f(x):\n    return x\n",
        "    x = x.next\n    x = x.next\n    x = x.next\n    x = x.next\n    x = x.next\n",
        "board = [\n    '........',\n    '........',\n    '........',\n    '........',\n",
        "# -----------------------------------------------------------------------------------\n",
      })
  void whatProgramsHoldIsNone(String text) {
    assertThat(Repetition.isStuck(text)).isFalse();
  }

  @Test
  void itIsOneOnlyWhileItGoesOn() {
    assertThat(Repetition.isStuck("x = 0\n".repeat(100))).isTrue();
    assertThat(Repetition.isStuck("x = 0\n".repeat(100) + "return x\n")).isFalse();
  }

  @Property
  void anyTextOfALineOrTwoIsFoundAfterEightTimes(
      @ForAll @AlphaChars @StringLength(min = 20, max = 160) String text,
      @ForAll @IntRange(min = 8, max = 20) int times) {
    assertThat(Repetition.isStuck("before: " + text.repeat(times))).isTrue();
  }
}
