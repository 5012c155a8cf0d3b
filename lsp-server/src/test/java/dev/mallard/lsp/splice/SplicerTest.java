package dev.mallard.lsp.splice;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mallard.lsp.source.Definition;
import dev.mallard.lsp.source.Outline;
import dev.mallard.lsp.source.SourceReader;
import dev.mallard.lsp.source.SourceReaders;
import dev.mallard.sandbox.GuestLanguage;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SplicerTest {
  private static Optional<Spliced> splice(
      GuestLanguage language, String file, String name, String program) {
    String id = language.name().toLowerCase(java.util.Locale.ROOT);
    SourceReader reader = SourceReaders.of(id).orElseThrow();
    Outline outline = reader.read(file);
    Definition target =
        outline.definitions().stream()
            .filter(definition -> definition.qualifiedName().equals(name))
            .findFirst()
            .orElseThrow();
    return new Splicer(reader, LanguageStyle.of(language), file, outline, target).splice(program);
  }

  private static String text(GuestLanguage language, String file, String name, String program) {
    return splice(language, file, name, program).orElseThrow().text();
  }

  @Test
  void aBodyTakesTheStubsPlaceAndTheUsersSignatureAndDocumentationStay() {
    String file =
        """
        def add(a: int, b: int) -> int:
            \"""Adds two numbers.\"""
            pass


        assert add(1, 2) == 3
        """;
    assertThat(text(GuestLanguage.PYTHON, file, "add", "def add(a, b):\n  c = a + b\n  return c\n"))
        .isEqualTo(
            """
            def add(a: int, b: int) -> int:
                \"""Adds two numbers.\"""
                c = a + b
              return c


            assert add(1, 2) == 3
            """
                .replace("  return c", "    return c"));
  }

  @Test
  void aStubWithNothingButDocumentationGetsABody() {
    String file = "def f(x):\n    \"\"\"Doubles.\"\"\"\n";
    assertThat(text(GuestLanguage.PYTHON, file, "f", "def f(x):\n    return 2 * x\n"))
        .isEqualTo("def f(x):\n    \"\"\"Doubles.\"\"\"\n    return 2 * x\n");
  }

  @Test
  void aStubOnOneLineGetsLinesOfItsOwn() {
    assertThat(text(GuestLanguage.PYTHON, "def f(x): pass\n", "f", "def f(x):\n    return 2 * x\n"))
        .isEqualTo("def f(x):\n    return 2 * x\n");
    assertThat(
            text(
                GuestLanguage.JAVASCRIPT,
                "function f(x) {}\n",
                "f",
                "function f(x) {\n  return 2 * x;\n}\n"))
        .isEqualTo("function f(x) {\n  return 2 * x;\n}\n");
  }

  @Test
  void importsAndHelpersComeWithIt() {
    String file = "import os\n\ndef known():\n    return 1\n\n\ndef f(x):\n    pass\n";
    String program =
        """
        import os
        import math

        def known():
            return 2

        def half(x):
            return x / 2

        def f(x):
            return math.floor(half(x))
        """;
    assertThat(text(GuestLanguage.PYTHON, file, "f", program))
        .isEqualTo(
            """
            import os
            import math

            def known():
                return 1


            def half(x):
                return x / 2


            def f(x):
                return math.floor(half(x))
            """);
  }

  @Test
  void otherParametersComeWithTheirSignature() {
    assertThat(
            text(GuestLanguage.PYTHON, "def f(x):\n    pass\n", "f", "def f(y):\n    return y\n"))
        .isEqualTo("def f(y):\n    return y\n");
  }

  @Test
  void aMethodIsPutIntoItsClassWithItsIndentation() {
    String file =
        "class Stack:\n  def push(self, x):\n    pass\n\n  def pop(self):\n    return 1\n";
    String program =
        "class Stack:\n    def push(self, x):\n        if x:\n            self.x = x\n";
    assertThat(text(GuestLanguage.PYTHON, file, "Stack.push", program))
        .isEqualTo(
            "class Stack:\n  def push(self, x):\n    if x:\n        self.x = x\n\n  def pop(self):\n    return 1\n");
  }

  @Test
  void aJavaMethodIsPutIntoItsClassWithItsHelper() {
    String file =
        """
        class Calc {
            /** Adds. */
            static int add(int a, int b) {
                return 0;
            }
        }
        """;
    String program =
        """
        import java.util.List;

        class Calc {
          static int add(int a, int b) {
            return sum(List.of(a, b));
          }

          static int sum(List<Integer> all) {
            return all.stream().mapToInt(x -> x).sum();
          }
        }
        """;
    assertThat(text(GuestLanguage.JAVA, file, "Calc.add", program))
        .isEqualTo(
            """
            import java.util.List;
            class Calc {
                /** Adds. */
                static int add(int a, int b) {
                    return sum(List.of(a, b));
                }

                static int sum(List<Integer> all) {
                  return all.stream().mapToInt(x -> x).sum();
                }
            }
            """);
  }

  @Test
  void linesAreThoseOfTheProgram() {
    String file = "X = 1\n\ndef f(x):\n    pass\n";
    Spliced spliced =
        splice(
                GuestLanguage.PYTHON,
                file,
                "f",
                "import math\n\ndef f(x):\n    y = x\n    return y\n")
            .orElseThrow();
    String[] lines = spliced.text().split("\n", -1);
    assertThat(spliced.lines()).hasSize(3);
    spliced
        .lines()
        .forEach((line, origin) ->
            assertThat(lines[line - 1].strip())
                .isEqualTo(
                    new String[] {"import math", "", "def f(x):", "y = x", "return y"}
                        [origin - 1]));
  }

  @Test
  void aProgramWithoutTheDefinitionIsNotPutIn() {
    assertThat(splice(GuestLanguage.PYTHON, "def f(x):\n    pass\n", "f", "def g(x):\n    pass\n"))
        .isEmpty();
  }

  @Test
  void replacingWhatIsSaidToBeReplacedGivesTheText() {
    String file = "import os\n\ndef f(x):\n    pass\n";
    Spliced spliced =
        splice(
                GuestLanguage.PYTHON,
                file,
                "f",
                "import re\ndef g():\n    return 1\ndef f(x):\n    return g()\n")
            .orElseThrow();
    StringBuilder text = new StringBuilder(file);
    for (Replacement replacement : spliced.replacements().reversed()) {
      text.replace(replacement.span().start(), replacement.span().end(), replacement.text());
    }
    assertThat(text.toString()).isEqualTo(spliced.text());
  }
}
