package dev.mallard.generator.problem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mallard.generator.UserException;
import dev.mallard.sandbox.TestSuite;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProblemFileTest {
  private static final String WHOLE =
      """
      # Add two numbers

      Return the *sum* of `a` and `b`.

      ```text
      1 + 2 is 3
      ```

      ```python signature
      def add(a: int, b: int) -> int:
      ```

      ```python
      add(1, 2)  # an example
      ```

      ```python tests
      assert add(1, 2) == 3
      assert add(-1, 1) == 0
      ```

      Numbers may be negative.

      ```python hidden-tests
      assert add(5, 5) == 10
      ```
      """;

  @TempDir private Path folder;

  @Test
  void takesAProblemApart() {
    Problem problem = ProblemFile.parse("x.md", WHOLE);

    assertThat(problem)
        .isEqualTo(
            new Problem(
                "Add two numbers",
                """
                Return the *sum* of `a` and `b`.

                ```text
                1 + 2 is 3
                ```

                ```python
                add(1, 2)  # an example
                ```

                Numbers may be negative.\
                """,
                Optional.of("def add(a: int, b: int) -> int:"),
                Language.PYTHON,
                TestSuite.asserts("assert add(1, 2) == 3\nassert add(-1, 1) == 0\n"),
                TestSuite.asserts("assert add(5, 5) == 10\n")));
  }

  @Test
  void needsNoSignatureNoHiddenTestsAndNoProse() {
    Problem problem = ProblemFile.parse("x.md", "# Add\n```py tests\nassert add(1, 2) == 3\n```");

    assertThat(problem.statement()).isEmpty();
    assertThat(problem.signature()).isEmpty();
    assertThat(problem.hiddenTests().isEmpty()).isTrue();
  }

  @ParameterizedTest
  @CsvSource({"python, def f(x):", "java, static int f(int x)", "javascript, function f(x)"})
  void needsNoTestsWhereTheModelCanProposeSome(String language, String signature) {
    Problem problem =
        ProblemFile.parse("x.md", "# Add\n```%s signature\n%s\n```".formatted(language, signature));

    assertThat(problem.language().label()).isEqualTo(language);
    assertThat(problem.visibleTests().isEmpty()).isTrue();
  }

  @Test
  void readsWindowsLinesAndAByteOrderMark() {
    assertThat(ProblemFile.parse("x.md", "\uFEFF" + WHOLE.replace("\n", "\r\n")))
        .isEqualTo(ProblemFile.parse("x.md", WHOLE));
  }

  @Test
  void takesATitleAsItIsWritten() {
    assertThat(ProblemFile.parse("x.md", WHOLE.replace("# Add two", "# `Add` *two*")).title())
        .isEqualTo("`Add` *two* numbers");
    assertThat(ProblemFile.parse("x.md", WHOLE.replace("# Add two numbers", "Add\ntwo\n===")))
        .extracting(Problem::title)
        .isEqualTo("Add two");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'Some prose\\n\\n# Title'|1|begins with its title",
        "'\\n\\n#\\n'|3|begins with its title",
        "'# A\\n\\nprose\\n'|3|ends without tests",
        "'# A\\n```python tests\\nassert f()\\n```\\n\\n```python tests\\nassert f()\\n```'|6|second tests",
        "'# A\\n```python tests\\n\\n# nothing\\n```'|2|tests block is empty",
        "'# A\\n```python signature\\n\\n```\\n'|2|signature block is empty",
        "'# A\\n```ruby tests\\nassert f()\\n```'|2|language \"ruby\" is not known",
        "'# A\\n```tests\\nassert f()\\n```'|2|language is missing",
        "'# A\\n```python tests\\nassert f()\\n'|2|never closed",
        "'# A\\n```text\\nprose'|2|never closed",
        "'# A\\n```python hidden_tests\\nassert f()\\n```'|2|not understood",
        "'# A\\n```python hidden tests\\nassert f()\\n```'|2|not understood",
        "'# A\\n```python Tests\\nassert f()\\n```'|2|not understood",
        "'# A\\n- ```python hidden-tests\\n  assert f()\\n  ```'|2|outside lists",
        "'# A\\nb\\0c'|2|NUL",
      })
  void namesTheLineOfAMistake(String text, int line, String message) {
    String source = text.replace("\\n", "\n").replace("\\0", "\0");

    assertThatExceptionOfType(UserException.class)
        .isThrownBy(() -> ProblemFile.parse("examples/x.md", source))
        .withMessageStartingWith("examples/x.md:" + line + ": ")
        .withMessageContaining(message)
        .withMessageEndingWith(".");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " \n\n", "\t"})
  void saysThatAFileIsEmpty(String text) {
    assertThatThrownBy(() -> ProblemFile.parse("x.md", text))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("x.md is empty");
  }

  @Test
  void readsAFile() throws IOException {
    Path file = Files.writeString(folder.resolve("x.md"), WHOLE);

    assertThat(ProblemFile.read(file)).isEqualTo(ProblemFile.parse("x.md", WHOLE));
  }

  @Test
  void saysWhyAFileCannotBeRead() throws IOException {
    Path large = Files.write(folder.resolve("large.md"), new byte[(1 << 20) + 1]);
    Path binary = Files.write(folder.resolve("binary.md"), new byte[] {'#', ' ', 'A', '\n', 0, 1});
    Path latin = folder.resolve("latin.md");
    Files.write(latin, "# A\n\n\u00e9t\u00e9".getBytes(StandardCharsets.ISO_8859_1));

    assertUnreadable(folder.resolve("none.md"), "There is no file");
    assertUnreadable(folder, "is a folder");
    assertUnreadable(large, "larger than 1 MiB");
    assertUnreadable(binary, "binary.md:2: there is a NUL character");
    assertUnreadable(latin, "latin.md:3: this is no UTF-8");
  }

  private static void assertUnreadable(Path file, String message) {
    assertThatThrownBy(() -> ProblemFile.read(file))
        .isInstanceOf(UserException.class)
        .hasMessageContaining(message);
  }

  @Property(tries = 500)
  void anyTextGivesAProblemOrAUserException(@ForAll("markdown") String text) {
    try {
      Problem problem = ProblemFile.parse("x.md", text);
      assertThat(problem.visibleTests().isEmpty()).isFalse();
    } catch (UserException e) {
      assertThat(e).hasMessageStartingWith("x.md");
    }
  }

  @Property(tries = 300)
  void anyBytesGiveAProblemOrAUserException(@ForAll byte[] bytes) throws IOException {
    Path file = Files.createTempFile("problem", ".md");
    try {
      Files.write(file, bytes);
      ProblemFile.read(file);
    } catch (UserException e) {
      assertThat(e).hasMessageContaining(file.toString());
    } finally {
      Files.delete(file);
    }
  }

  @Property(tries = 300)
  void proseAndCodeComeThroughVerbatim(
      @ForAll("prose") String prose, @ForAll("code") String tests, @ForAll("code") String hidden) {
    Problem problem =
        ProblemFile.parse(
            "x.md",
            "# T\n\n%s\n\n``````python tests\n%s\n``````\n\n``````python hidden-tests\n%s\n``````\n"
                .formatted(prose, tests, hidden));

    assertThat(problem.statement()).isEqualTo(prose);
    assertThat(problem.visibleTests().source()).isEqualTo(tests + "\n");
    assertThat(problem.hiddenTests().source()).isEqualTo(hidden + "\n");
  }

  @Test
  void deeplyNestedMarkdownDoesNoHarm() {
    assertThatThrownBy(() -> ProblemFile.parse("x.md", "# A\n" + "> ".repeat(100_000) + "x"))
        .isInstanceOf(UserException.class);
    assertThatThrownBy(() -> ProblemFile.parse("x.md", "# A\n" + "[".repeat(500_000)))
        .isInstanceOf(UserException.class);
  }

  @Provide
  Arbitrary<String> markdown() {
    return Arbitraries.of(
            "# Title",
            "```",
            "```python tests",
            "```python hidden-tests",
            "~~~",
            "> ",
            "- ",
            "\n",
            "\n\n",
            "assert f(1) == 2",
            "    ",
            "<div>",
            "text",
            "\t",
            "\u0000",
            "\uD800",
            "===",
            "[a]: b",
            "\r")
        .list()
        .ofMaxSize(30)
        .map(parts -> String.join("", parts));
  }

  /** Lines that open nothing that would reach beyond them. */
  @Provide
  Arbitrary<String> prose() {
    Arbitrary<String> line =
        Arbitraries.of(
            "Return the *sum*.",
            "1. one",
            "- two",
            "> quoted",
            "```text\n# code\n```",
            "`x` < `y`",
            "a | b",
            "\u00fc\u4e2d\uD83E\uDD86",
            "[a]: b",
            "***",
            "## Part",
            "");
    return line.list()
        .ofMinSize(1)
        .ofMaxSize(6)
        .map(lines -> String.join("\n\n", lines).strip())
        .filter(text -> !text.isEmpty());
  }

  @Provide
  Arbitrary<String> code() {
    return Arbitraries.strings()
        .withChars("ab =()'\"\\#`~>-*_&;[]\n\t \u00e9\uFFFD")
        .ofMaxLength(80)
        .map(text -> "x" + text)
        .filter(text -> !text.contains("``````"));
  }

  @Test
  void aProblemInPythonMayLackTestsIfItHasASignature() {
    Problem problem =
        ProblemFile.parse("x.md", "# Add\n\n```python signature\ndef add(a, b):\n```\n");

    assertThat(problem.visibleTests().isEmpty()).isTrue();
    assertThat(problem.language()).isEqualTo(Language.PYTHON);
  }
}
