package dev.mallard.generator.problem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mallard.sandbox.TestSuite;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Problems in the languages that come with Mallard besides Python. */
class BuiltInLanguageProblemTest {
  @ParameterizedTest
  @CsvSource({
    "java,Java,'assert Solution.add(1, 2) == 3;'",
    "Java,Java,'assert Solution.add(1, 2) == 3;'",
    "javascript,JavaScript,'console.assert(add(1, 2) === 3);'",
    "js,JavaScript,'console.assert(add(1, 2) === 3);'",
  })
  void theLabelTellsTheLanguage(String label, String name, String test) {
    Problem problem =
        read(
            "# Add\n\n```%s tests\n%s\n```\n```%s signature\nadd\n```\n"
                .formatted(label, test, label));

    assertThat(problem.language().displayName()).isEqualTo(name);
    assertThat(problem.visibleTests()).isEqualTo(TestSuite.asserts(test + "\n"));
    assertThat(problem.signature()).contains("add");
  }

  @ParameterizedTest
  @CsvSource({"java", "javascript"})
  void testsThatAreAllCommentsAreNone(String label) {
    assertThatThrownBy(
            () -> read("# Add\n```%s tests\n// a\n/* b\nc */ // d\n```\n".formatted(label)))
        .hasMessage("x.md:2: the tests block is empty.");
  }

  @Test
  void allBlocksAreInOneLanguage() {
    assertThatThrownBy(() -> read("# Add\n```java tests\nx;\n```\n```js hidden-tests\nx;\n```\n"))
        .hasMessage("x.md:5: all blocks of a problem are in one language.");
  }

  @Test
  void aQueryHasNoTestsOfThisKind() {
    assertThatThrownBy(() -> read("# Add\n```sql tests\nselect 1\n```\n"))
        .hasMessageContaining("\"sql\" is not known; known: python, java, javascript");
  }

  private static Problem read(String text) {
    return ProblemFile.parse("x.md", text);
  }
}
