package dev.mallard.generator.loop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mallard.generator.problem.Language;
import dev.mallard.generator.problem.Problem;
import dev.mallard.sandbox.TestSuite;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Finding Java and JavaScript in what models answer. */
class JavaAndJavaScriptCodeTest {
  private static final String JAVA_TEST = "assert Solution.add(1, 2) == 3;";
  private static final String JS_TEST = "console.assert(add(1, 2) === 3);";

  private static final String JAVA =
      """
      import java.util.*;

      public class Solution {
          // Adds.
          static int add(int a, int b) {
              return a + b;
          }
      }
      """;

  private static final String JS =
      """
      // Adds.
      const zero = 0;
      function add(a, b) {
        return a + b + zero;
      }
      """;

  private final CodeExtractor java =
      extractor(
          Language.JAVA,
          JAVA_TEST,
          Optional.of("class Solution {\n  static int add(int a, int b)"));
  private final CodeExtractor javaScript =
      extractor(Language.JAVASCRIPT, JS_TEST, Optional.of("function add(a, b)"));

  @ParameterizedTest
  @ValueSource(
      strings = {
        "```java\n%s```",
        "```Java title=\"Solution.java\"\n%s```\nIt adds.",
        "```\n%s```",
        "```java\n%s",
        "%s",
        "Sure, here is the class:\n\n%s\nThis class adds two numbers.",
        "Use it so:\n```java\nint x = Solution.add(1, 2);\n```\nand:\n```java\n%s```",
        "Helper:\n```java\nclass Other { int sub(int a) { return -a; } }\n```\n```java\n%s```",
        "```java\n%s```\n```java\nassert Solution.add(1, 2) == 3;\n```",
        "```bash\njavac Solution.java\n```\n```java\n%s```",
      })
  void findsAJavaProgram(String answer) {
    assertThat(java.extract(answer.formatted(JAVA))).contains(JAVA);
    assertThat(java.extract(answer.formatted(JAVA).replace("\n", "\r\n"))).contains(JAVA);
  }

  @Test
  void aJavaProgramKeepsItsMainAndWhatIsAroundIt() {
    String program =
        """
        import java.util.List;
        import static java.lang.Math.max;

        /**
         * Adds.
         */
        @SuppressWarnings("unused")
        public final class Solution
        {
            static final String TEXT = \"""
        Not indented, and no code.
            \""";

            public static <T> int add(int a, int b) { return a + b; }

            public static void main(String[] args) {
                assert Solution.add(1, 2) == 3;
            }
        }

        record Point(int x, int y) {}
        """;

    assertThat(java.extract("Here:\n" + program + "\nI hope that this helps; ask me anything!"))
        .contains(program);
    assertThat(java.extract("```java\n" + program + "```")).contains(program);
  }

  @Test
  void aBareJavaMethodIsFoundToo() {
    String method = "public static int add(int a, int b) {\n    return a + b;\n}\n";

    assertThat(java.extract("So:\n\n" + method + "\nThat is it.")).contains(method);
    assertThat(java.extract("```java\n" + method + "```")).contains(method);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "```javascript\n%s```",
        "```js\n%s```\nThis adds.",
        "```JS\n%s```",
        "```\n%s```",
        "```js\n%s",
        "Here it is: ```javascript\n%s```",
        "Use it so:\n```js\nconsole.log(add(1, 2));\n```\nand:\n```js\n%s```",
        "```js\n%s```\n```js\nconsole.assert(add(1, 2) === 3);\n```",
        "Install:\n```sh\nnpm install add\n```\n```js\n%s```",
      })
  void findsAJavaScriptProgram(String answer) {
    assertThat(javaScript.extract(answer.formatted(JS))).contains(JS);
    assertThat(javaScript.extract(answer.formatted(JS).replace("\n", "\r\n"))).contains(JS);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "function add(a, b) {\n  return a + b;\n}\n",
        "async function* add(a, b) {\n  yield a + b;\n}\n",
        "const add = (a, b) => a + b;\n",
        "var add = function (a, b) {\n  return `\nsum: ${a}\n`;\n};\n",
        "'use strict';\nclass Adder {\n}\nexports.add = new Adder();\n",
        "const zero = 0;\n\nfunction add(a, b) {\n  return a;\n}\n\nmodule.exports = { add };\n",
        "import fs from 'fs';\n\nexport function add(a, b) {\n  return a;\n}\n",
      })
  void findsJavaScriptWithoutAFence(String program) {
    assertThat(javaScript.extract(program)).contains(program);
    assertThat(javaScript.extract("Sure!\n\n" + program + "\nThis function adds."))
        .contains(program);
    assertThat(javaScript.extract("```js\nlet x = 1;\n```\n```js\n" + program + "```"))
        .hasValueSatisfying(
            found -> assertThat(program.contains("Adder") || found.equals(program)).isTrue());
  }

  @Test
  void proseIsNoProgram() {
    assertThat(java.extract("I cannot do that. Class is over, public or not.")).isEmpty();
    assertThat(javaScript.extract("Let me think.\nA function of a and b would do.")).isEmpty();
    assertThat(javaScript.extract("```json\n{\"function\": 1}\n```")).isEmpty();
  }

  @Test
  void leavesOutVisibleTestsThatTheModelCopied() {
    assertThat(java.extract("```java\n" + JAVA + JAVA_TEST + "\n```")).contains(JAVA);
    assertThat(javaScript.extract("```js\n" + JS + "\n" + JS_TEST + "\n```")).contains(JS);
    assertThat(javaScript.extract("```js\n" + JS_TEST + "\n```")).isEmpty();
  }

  @Test
  void anAnswerIsCompleteWhenItsBlockIsClosedOrTheModelCopiesTheTests() {
    assertThat(java.isComplete("```java\n" + JAVA)).isFalse();
    assertThat(java.isComplete("```java\n" + JAVA + "```")).isTrue();
    assertThat(java.isComplete("```java\n" + JAVA + JAVA_TEST + "\n")).isTrue();
    assertThat(java.isComplete("```java\nclass Other {}\n```")).isFalse();
    assertThat(javaScript.isComplete("```js\n" + JS + JS_TEST)).isFalse();
    assertThat(javaScript.isComplete("```js\n" + JS + JS_TEST + "\n")).isTrue();
    assertThat(extractor(Language.JAVASCRIPT, JS_TEST, Optional.empty()).isComplete("```\n" + JS))
        .isFalse();
  }

  @Test
  void aCallIsNoDefinition() {
    assertThat(CodeLook.JAVA.definitions("return add(1); new Add(2); x = y + sub(3);")).isEmpty();
    assertThat(
            CodeLook.JAVA.definitions("List<int[]> a(int x) {}\nint[] b (int x) {}\nvoid c() {}"))
        .containsExactlyInAnyOrder("a", "b", "c");
    assertThat(CodeLook.JAVA.definitions("record Point(int x) {} enum E {}"))
        .containsExactlyInAnyOrder("Point", "E");
    assertThat(CodeLook.JAVASCRIPT.definitions("add(1); x = y; return sub(2);")).isEmpty();
  }

  private static CodeExtractor extractor(
      Language language, String test, Optional<String> signature) {
    return new CodeExtractor(
        new Problem(
            "Add", "", signature, language, TestSuite.asserts(test + "\n"), TestSuite.EMPTY));
  }
}
