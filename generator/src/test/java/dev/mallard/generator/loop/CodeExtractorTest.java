package dev.mallard.generator.loop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mallard.generator.problem.Language;
import dev.mallard.generator.problem.Problem;
import dev.mallard.grammars.BuiltInGrammar;
import dev.mallard.sandbox.TestSuite;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CodeExtractorTest {
  private static final String ADD = "def add(a, b):\n    return a + b\n";

  private final CodeExtractor extractor = extractor(Optional.of("def add(a, b):"));

  @ParameterizedTest
  @ValueSource(
      strings = {
        "```python\n%s```",
        "```python\n%s```\n",
        "```\n%s```",
        "```py\n%s```\nThis adds.",
        "``` Python title=\"add.py\"\n%s```",
        "~~~python\n%s~~~",
        "````python\n%s````",
        "Sure! Here is the function:\n\n```python\n%s```\n\nIt returns `a + b`.",
        "Here it is: ```python\n%s```",
        "```python\n%s",
        "```python\n%s\n\n",
        "%s",
        "Here is the code:\n\n%s\nThis function takes two numbers.",
        "Install:\n```bash\npip install add\n```\n```python\n%s```",
        "Use it so:\n```python\nprint(add(1, 2))\n```\nand:\n```python\n%s```",
        "Helper:\n```python\ndef sub(a, b):\n    return a - b\n```\n```python\n%s```",
        "```python\n%s```\n```python\nassert add(1, 2) == 3\n```",
      })
  void findsTheProgram(String answer) {
    assertThat(extractor.extract(answer.formatted(ADD))).contains(ADD);
    assertThat(extractor.extract(answer.formatted(ADD).replace("\n", "\r\n"))).contains(ADD);
  }

  @Test
  void findsAnIndentedBlockInAList() {
    String answer = "1. So:\n   ```python\n   def add(a, b):\n       return a + b\n   ```\n";

    assertThat(extractor.extract(answer)).contains(ADD);
  }

  @Test
  void findsAProgramThatIsIndentedAsMarkdownCode() {
    String answer = "Here:\n\n    def add(a, b):\n        return a + b\n\nDone.";

    assertThat(extractor.extract(answer)).contains(ADD);
  }

  @Test
  void findsAFenceBehindTheLastStatement() {
    assertThat(extractor.extract("```python\ndef add(a, b):\n    return a + b```")).contains(ADD);
  }

  @Test
  void keepsImportsConstantsAndSeveralFunctionsOfBareCode() {
    String program =
        """
        import math
        from typing import List

        LIMIT = 10

        # Adds.
        def add(a, b):
            \"""Adds.

        More about it here.
            \"""
            return a + b

        @decorated
        def other(x):
            return [
                1,
            ]

        print(add(1, 2))
        """;

    assertThat(
            new CodeExtractor(problem(Optional.empty(), TestSuite.EMPTY))
                .extract("Sure:\n" + program + "\nI hope that this helps!"))
        .contains(program);
  }

  @Test
  void findsNothingInProse() {
    assertThat(extractor.extract("")).isEmpty();
    assertThat(extractor.extract("I cannot do that.\nimport it yourself, from here.")).isEmpty();
    assertThat(extractor.extract("```text\nno code\n```")).isEmpty();
    assertThat(extractor.extract("```python\n\n```")).isEmpty();
  }

  @Test
  void takesAnyBlockWhereNoneDefinesWhatIsWanted() {
    assertThat(extractor.extract("```python\nadd = lambda a, b: a + b\n```"))
        .contains("add = lambda a, b: a + b\n");
    assertThat(extractor.extract("```python\nx = 1\n```\n```python\ndef sum(a): pass\n```"))
        .contains("def sum(a): pass\n");
  }

  @Test
  void knowsWhenAnAnswerHoldsAllOfTheProgram() {
    assertThat(extractor.isComplete("```python\n" + ADD)).isFalse();
    assertThat(extractor.isComplete("```python\n" + ADD + "``")).isFalse();
    assertThat(extractor.isComplete("```python\n" + ADD + "```")).isTrue();
    assertThat(extractor.isComplete("```python\nprint(1)\n```\n")).isFalse();
    assertThat(extractor.isComplete("```python\ndef other(): pass\n```\n")).isFalse();
    assertThat(extractor(Optional.empty()).isComplete("```\ndef f(): pass\n```")).isTrue();
  }

  @Test
  void leavesOutVisibleTestsThatTheModelCopied() {
    String tests = "assert add(1, 2) == 3\nassert plus(1, 1) == 2\n";
    String program = "def sum(a, b):\n    return a + b\n";

    assertThat(
            extractor(Optional.empty()).extract("```python\n" + program + "\n\n" + tests + "```"))
        .contains(program + "\n\nassert plus(1, 1) == 2\n");
    assertThat(extractor.extract("```python\nassert add(1, 2) == 3\n```")).isEmpty();
  }

  @Test
  void anAnswerIsCompleteWhenTheModelBeginsToCopyTheTests() {
    String begun = "```python\n" + ADD + "\nassert add(1, 2) == 3";

    assertThat(extractor.isComplete(begun)).isFalse();
    assertThat(extractor.isComplete(begun + "\n")).isTrue();
    assertThat(extractor.isComplete("```python\nassert add(1, 2) == 3\n")).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "def sub(a, b):\n",
        "async def sub(a, b):\n",
        "def add(x, y):\n",
        "class Adder:\n",
        "@decorated\ndef sub(a, b):\n",
        "print(add(1, 2))\n",
        "assert add(1, 1) == 3\n",
        "if __name__ == '__main__':\n",
        "\"\"\"\n",
      })
  void whatTheModelWritesOnBehindTheWantedFunctionIsNoPartOfTheProgram(String more) {
    String answer = "```python\n" + ADD + "\n\n" + more;

    for (CodeExtractor some : List.of(extractor, extractor(Optional.empty()))) {
      assertThat(some.isComplete(answer)).isTrue();
      assertThat(some.extract(answer + "    pass\n```")).contains(ADD);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "def helper(a):\n    return a\n\n\ndef add(a, b):\n    return helper(a) + b\n",
        "def add(a, b):\n    return helper(a) + b\n\n\ndef helper(a):\n    return a\n",
        "def add(a, b):\n    return a + ONE\n\n\nONE = 1\n",
        "print('adds')\n\n\ndef add(a, b):\n    def inner():\n        pass\n    return a + b\n",
        "def add(a, b):\n    return sys.maxsize + a\n\n\nimport sys\n",
      })
  void whatTheWantedFunctionMayNeedIsAPartOfTheProgram(String program) {
    assertIsNeeded(extractor, program);
    assertIsNeeded(extractor(Optional.empty()), program);
  }

  @Test
  void allThatTheTestsCallIsAPartOfTheProgram() {
    CodeExtractor extractor =
        new CodeExtractor(
            problem(Optional.empty(), TestSuite.asserts("assert sorted(add(1, Node(2))) == [3]")));
    String program = ADD + "\n\nclass Node:\n    pass\n";

    assertIsNeeded(extractor, program);
    assertThat(extractor.extract("```python\n" + program + "class Other:\n    pass\n```"))
        .contains(program);
  }

  @Test
  void aProgramThatReadsAndWritesEndsNowhereBeforeItsBlockDoes() {
    CodeExtractor extractor =
        new CodeExtractor(
            problem(
                Optional.empty(),
                new TestSuite.StandardIo(List.of(new TestSuite.Exchange("add(1, 2)", "3")))));
    String program = ADD + "\n\nprint(eval(input()))\n";

    assertIsNeeded(extractor, program);
  }

  @Test
  void aFunctionThatStandsInATextIsNotTheNextOne() {
    CodeExtractor checked =
        new CodeExtractor(
            problem(Optional.of("def add(a, b):")),
            new WholeProgram(BuiltInGrammar.PYTHON.source()));
    String program =
        "def add(a, b):\n    \"\"\"Adds.\n\ndef sub(a, b):\n    \"\"\"\n    return a + b\n";

    assertIsNeeded(checked, program);
    assertThat(checked.isComplete("```python\n" + program + "def sub(a, b):\n")).isTrue();
  }

  @Test
  void testsThatStandInATextEndNoProgramThatIsHeldToTheGrammar() {
    CodeExtractor constrained =
        new CodeExtractor(
            problem(Optional.empty()), new WholeProgram(BuiltInGrammar.PYTHON.source()));
    String begun = "```python\ndef add(a, b):\n    \"\"\"Adds.\n\nassert add(1, 2) == 3\n";

    assertThat(constrained.isComplete(begun)).isFalse();
    assertThat(constrained.isComplete(begun + "\"\"\"\n    pass\nassert add(1, 2) == 3\n"))
        .isTrue();
  }

  /** No part of a program is cut off, and more of it may come. */
  private static void assertIsNeeded(CodeExtractor extractor, String program) {
    assertThat(extractor.isComplete("```python\n" + program)).isFalse();
    assertThat(extractor.extract("```python\n" + program + "```")).contains(program);
  }

  private static CodeExtractor extractor(Optional<String> signature) {
    return new CodeExtractor(problem(signature));
  }

  private static Problem problem(Optional<String> signature) {
    return problem(signature, TestSuite.asserts("assert add(1, 2) == 3\n"));
  }

  private static Problem problem(Optional<String> signature, TestSuite tests) {
    return new Problem("Add", "", signature, Language.PYTHON, tests, TestSuite.EMPTY);
  }

  @Property(tries = 500)
  void codeInAFenceComesBackVerbatim(@ForAll("code") String code, @ForAll boolean talk) {
    String fence = code.contains("```") ? "`".repeat(code.length() + 3) : "```";
    String answer = fence + "python\n" + code + "\n" + fence + (talk ? "\nDone: `x`." : "");

    assertThat(extractor.extract(talk ? "Here:\n" + answer : answer)).contains(code + "\n");
  }

  @Property(tries = 500)
  void anyTextGivesCodeOrNothing(@ForAll("answers") String answer) {
    extractor.isComplete(answer);

    assertThat(extractor.extract(answer).orElse("x")).isNotBlank().doesNotEndWith("\n\n\n\n\n");
  }

  @Provide
  Arbitrary<String> code() {
    return Arbitraries.strings()
        .withChars("def x():\n\t #'\"`~=\u00e9\u4e2d\\")
        .ofMaxLength(100)
        .map(text -> "x" + text);
  }

  @Provide
  Arbitrary<String> answers() {
    return Arbitraries.of(
            "```",
            "```python",
            "~~~",
            "\n",
            "def f():",
            "    return 1",
            "text",
            "`",
            "class A:",
            "import x",
            "\"\"\"",
            " ",
            "\r",
            "\u0000")
        .list()
        .ofMaxSize(25)
        .map(parts -> String.join("", parts));
  }
}
