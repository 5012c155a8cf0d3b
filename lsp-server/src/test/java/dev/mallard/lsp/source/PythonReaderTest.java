package dev.mallard.lsp.source;

import static dev.mallard.lsp.source.Sources.PYTHON;
import static dev.mallard.lsp.source.Sources.assertions;
import static dev.mallard.lsp.source.Sources.definition;
import static dev.mallard.lsp.source.Sources.sources;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mallard.lsp.source.Definition.Kind;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PythonReaderTest {
  private final SourceReader reader = Sources.reader("python");
  private final Outline outline = reader.read(PYTHON);

  @Test
  void finds_functions_classes_and_their_methods_in_order() {
    assertThat(outline.definitions())
        .extracting(Definition::qualifiedName, Definition::kind, Definition::stub)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple("add", Kind.FUNCTION, true),
            org.assertj.core.groups.Tuple.tuple("Stack", Kind.CLASS, false),
            org.assertj.core.groups.Tuple.tuple("Stack.push", Kind.METHOD, true),
            org.assertj.core.groups.Tuple.tuple("Stack.top", Kind.METHOD, false));
  }

  @Test
  void tells_the_parts_of_a_function_after_characters_of_every_width() {
    Definition add = definition(outline, "add");

    assertThat(add.span().of(PYTHON)).startsWith("@cached\ndef add(").endsWith("\"\"\"\n    pass");
    assertThat(add.nameSpan().of(PYTHON)).isEqualTo("add");
    assertThat(add.body().of(PYTHON)).isEqualTo("pass");
    assertThat(add.signature()).isEqualTo("def add(a: int, b: int = 2) -> int:");
    assertThat(add.documentation())
        .startsWith("Adds é̈ and 😀.\n\n>>> x = 1\n>>> add(x,\n...     2)");
    assertThat(definition(outline, "Stack.top").span().of(PYTHON)).startsWith("@property\n    def");
    assertThat(definition(outline, "Stack.top").body().of(PYTHON))
        .isEqualTo("return self.things[-1]");
  }

  @Test
  void makes_tests_of_doctests() {
    List<SourceTest> examples = definition(outline, "add").examples();

    assertThat(sources(examples)).containsExactly("x = 1", "assert add(x,\n    2) == 3");
    assertThat(assertions(PYTHON, examples)).containsExactly(">>> add(x,\n    ...     2)  # three");
    assertThat(examples.get(0).isSetUp()).isTrue();
    assertThat(examples.get(1).names()).contains("add", "x");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[1, (2, 'a'), {'k': None}] | assert f() == [1, (2, 'a'), {'k': None}]",
        "-1.5 | assert f() == -1.5",
        "True | assert f() == True",
        "<object> | assert repr(f()) == '<object>'",
        "Stack([1]) | assert repr(f()) == 'Stack([1])'"
      })
  void compares_with_literals_and_with_the_representation_of_all_else(String pair) {
    String[] parts = pair.split(" \\| ", 2);
    String text = "def f():\n    '''\n    >>> f()\n    " + parts[0] + "\n    '''\n";

    assertThat(sources(reader.read(text).definitions().getFirst().examples()))
        .containsExactly(parts[1]);
  }

  @Test
  void compares_what_is_printed() {
    String text = "def f():\n    r'''\n    >>> print(f())\n    a\n    b'c\n    '''\n";

    assertThat(sources(reader.read(text).definitions().getFirst().examples()))
        .containsExactly("assert str(f()) == 'a\\nb\\'c'");
  }

  @Test
  void puts_an_import_after_those_that_are_there() {
    assertThat(outline.imports())
        .extracting(span -> span.of(PYTHON))
        .containsExactly("import math", "from collections import deque");
    assertThat(PYTHON.substring(outline.importPlace())).startsWith("\n\n@cached");
    assertThat(reader.read("#!/usr/bin/python\n'''Doc.'''\nx = 1\n").importPlace()).isEqualTo(29);
    assertThat(reader.read("# one\n# two\nx = 1\n").importPlace()).isEqualTo(12);
    assertThat(reader.read("import a").importPlace()).isZero();
  }

  @Test
  void reads_asserts_and_those_of_the_main_part_as_tests() {
    assertThat(sources(outline.tests()))
        .containsExactly(
            "assert add(1, 2) == 3, \"😀\"",
            "for x in [1, 2]:\n    assert add(x, x) == 2 * x",
            "print(\"done\")");
    assertThat(assertions(PYTHON, outline.tests()))
        .containsExactly("assert add(1, 2) == 3, \"😀\"", "assert add(x, x) == 2 * x");
  }

  @Test
  void leaves_the_program_in_its_place_when_its_tests_are_taken_away() {
    String program = outline.program(PYTHON);

    assertThat(program).doesNotContain("assert", "__main__").hasSameSizeAs(PYTHON);
    assertThat(program.lines().count()).isEqualTo(PYTHON.lines().count());
    assertThat(program).startsWith(PYTHON.substring(0, PYTHON.indexOf("assert")));
  }

  @Test
  void an_assert_that_shares_its_line_stays_in_the_program() {
    assertThat(reader.read("assert f(); x = 1\n").testStatements()).isEmpty();
  }

  @Test
  void a_test_function_is_defined_and_called() {
    String text = "def test_add():\n    assert add(1, 2) == 3\n    assert add(0, 0) == 0\n";
    Outline read = reader.read(text);

    assertThat(read.definitions()).isEmpty();
    assertThat(sources(read.tests())).containsExactly(text + "\ntest_add()");
    assertThat(read.tests().getFirst().assertions()).hasSize(2);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "pass",
        "...",
        "'''Doc.'''",
        "# later",
        "raise NotImplementedError",
        "",
        "raise NotImplementedError('f')",
        "'''Doc.'''\n    pass  # later"
      })
  void is_a_stub_if_it_does_nothing(String body) {
    Definition read =
        reader.read("def f(a):\n    " + body + "\n\nx = 1\n").definitions().getFirst();

    assertThat(read.stub()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"return 1", "x = 1\n    pass", "raise ValueError", "x = [1, 2", "yield"})
  void is_no_stub_if_it_does_something(String body) {
    assertThat(reader.read("def f(a):\n    " + body + "\n").definitions().getFirst().stub())
        .isFalse();
  }

  @Test
  void without_a_body_there_is_a_place_for_one() {
    String text = "def f(a):\n\ndef g():\n    '''Doc.'''\n";
    Outline read = reader.read(text);

    assertThat(definition(read, "f").body()).isEqualTo(new Span(9, 9));
    assertThat(text.substring(0, definition(read, "g").body().start())).endsWith("'''Doc.'''");
  }

  @Test
  void translates_pytest() {
    String text =
        """
        import pytest
        import math
        from program import add, sub as minus
        import program

        LIMIT = 3

        @pytest.fixture
        def stack():
            return []

        def test_add():
            assert program.add(1, 2) == LIMIT
            with pytest.raises(TypeError):
                add(None)
            assert add(0.1, 0.2) == pytest.approx(0.3)

        def test_stack(stack):
            assert stack == []
        """;
    List<SourceTest> tests = reader.readTests(text, "program.py");

    assertThat(sources(tests).subList(0, 3))
        .containsExactly("import math", "minus = sub", "LIMIT = 3");
    assertThat(tests.get(3).source())
        .isEqualTo(
            """
            def test_add():
                assert add(1, 2) == LIMIT
                try:
                    add(None)
                except TypeError:
                    raised = True
                else:
                    raised = False
                assert raised, 'TypeError was not raised'
                assert __import__("math").isclose(add(0.1, 0.2), 0.3, rel_tol=1e-6, abs_tol=1e-12)

            test_add()\
            """);
    assertThat(assertions(text, tests).subList(0, 3))
        .containsExactly(
            "assert program.add(1, 2) == LIMIT",
            "with pytest.raises(TypeError)",
            "assert add(0.1, 0.2) == pytest.approx(0.3)");
  }

  @Test
  void translates_unittest() {
    String text =
        """
        import unittest

        class AddTest(unittest.TestCase):
            def setUp(self):
                self.one = 1

            def test_add(self):
                self.assertEqual(add(self.one, 2), 3, "sum")
                self.assertTrue(add(0, 1))
                self.assertFalse(add(0, 0) or 0)
                self.assertIn(1, [add(0, 1)])
                self.assertRaises(TypeError, add, None, 1)
                with self.assertRaises(TypeError):
                    add(None, 1)
                self.assertWarns(Warning)

            def test_helped(self):
                self.assertEqual(self.help(), 1)

            def help(self):
                return 1

        if __name__ == "__main__":
            unittest.main()
        """;
    List<SourceTest> tests = reader.readTests(text, "program.py");

    assertThat(tests).hasSize(1);
    assertThat(tests.getFirst().source())
        .contains(
            "assert add(self.one, 2) == 3, \"sum\"",
            "assert add(0, 1)\n",
            "assert not (add(0, 0) or 0)",
            "assert 1 in [add(0, 1)]",
            "    try:\n        add(None, 1)\n    except TypeError:\n",
            "setUp(case)",
            "test_add(case)");
    assertThat(tests.getFirst().assertions()).hasSize(6);
    assertThat(reader.read(text).definitions()).isEmpty();
  }

  @Test
  void knows_where_tests_are() {
    assertThat(reader.testFiles(Path.of("/a/src/x.py")))
        .containsExactly(
            Path.of("/a/src/test_x.py"),
            Path.of("/a/src/x_test.py"),
            Path.of("/a/src/tests/test_x.py"),
            Path.of("/a/src/test/test_x.py"),
            Path.of("/a/tests/test_x.py"),
            Path.of("/a/test/test_x.py"));
  }
}
