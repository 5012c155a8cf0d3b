package dev.mallard.lsp.source;

import static dev.mallard.lsp.source.Sources.JAVA;
import static dev.mallard.lsp.source.Sources.assertions;
import static dev.mallard.lsp.source.Sources.definition;
import static dev.mallard.lsp.source.Sources.sources;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JavaReaderTest {
  private final SourceReader reader = Sources.reader("java");
  private final Outline outline = reader.read(JAVA);

  @Test
  void finds_types_and_methods() {
    assertThat(outline.definitions())
        .extracting(Definition::qualifiedName)
        .containsExactly(
            "Sums",
            "Sums.add",
            "Sums.name",
            "Sums.first",
            "Sums.Shape",
            "Sums.Shape.area",
            "Sums.main");
    assertThat(outline.definitions().stream().filter(Definition::stub).map(Definition::name))
        .containsExactly("add", "name");
  }

  @Test
  void tells_the_parts_of_a_method_after_characters_of_every_width() {
    Definition add = definition(outline, "Sums.add");

    assertThat(add.span().of(JAVA)).startsWith("/**\n   * Adds").endsWith("\");\n  }");
    assertThat(add.nameSpan().of(JAVA)).isEqualTo("add");
    assertThat(add.body().of(JAVA))
        .isEqualTo("throw new UnsupportedOperationException(\"Not implemented\");");
    assertThat(add.signature()).isEqualTo("public static int add(int a, int b)");
    assertThat(add.documentation()).startsWith("Adds é̈ and 😀.\n\n@example add(1, 2) == 3");
    assertThat(definition(outline, "Sums").signature()).isEqualTo("public class Sums");
    assertThat(definition(outline, "Sums.first").body().of(JAVA))
        .isEqualTo("return new int[number];");
  }

  @Test
  void makes_tests_of_examples() {
    List<SourceTest> examples = definition(outline, "Sums.add").examples();

    assertThat(sources(examples))
        .containsExactly(
            "assert Sums.add(1, 2) == 3;",
            "assert Sums.add(1, Sums.LIMIT) == 4;",
            "assert Objects.equals(new Sums().name(2), \"two\");");
    assertThat(assertions(JAVA, examples))
        .containsExactly("add(1, 2) == 3", "add(1, LIMIT) // 4", "name(2) // \"two\"");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "static int[] f() | f() // {1, 2} | assert Arrays.equals(C.f(), new int[] {1, 2});",
        "static List<Integer> f() | f() // [1, 2] | assert Objects.equals(C.f(), List.of(1, 2));",
        "static double f() | f() // -0.5 | assert C.f() == -0.5;",
        "static Object f() | f() // null | assert C.f() == null;",
        "String f() | f().equals(\"a\") | assert new C().f().equals(\"a\");"
      })
  void compares_as_the_type_asks_for(String method, String example, String source) {
    String text =
        "class C {\n  /** @example " + example + " */\n  " + method + " { return x(); }\n}\n";

    assertThat(sources(definition(reader.read(text), "C.f").examples())).containsExactly(source);
  }

  @Test
  void private_methods_have_no_examples() {
    String text =
        "class C {\n  /** @example f() == 1 */\n  private static int f() { return 1; }\n}\n";

    assertThat(definition(reader.read(text), "C.f").examples()).isEmpty();
  }

  @Test
  void reads_the_assertions_of_main_which_stays_in_the_program() {
    assertThat(sources(outline.tests())).containsExactly("assert Sums.add(1, 2) == 3 : \"é😀\";");
    assertThat(assertions(JAVA, outline.tests()))
        .containsExactly("assert add(1, 2) == 3 : \"é😀\";");
    assertThat(outline.testStatements()).isEmpty();
  }

  @Test
  void puts_an_import_after_those_that_are_there() {
    assertThat(JAVA.substring(outline.importPlace())).startsWith("\n/** Sums. 😀 */");
    assertThat(reader.read("package p;\nclass C {}\n").importPlace()).isEqualTo(11);
    assertThat(reader.read("class C {}\n").importPlace()).isZero();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "// later",
        "throw new UnsupportedOperationException();",
        "throw new IllegalStateException(\"TODO\");",
        "return null;",
        "return 0;",
        "return 0.0;",
        "return false;",
        "return \"\";"
      })
  void is_a_stub_if_it_does_nothing(String body) {
    String text = "class C {\n  Object f() {\n    " + body + "\n  }\n}\n";

    assertThat(definition(reader.read(text), "C.f").stub()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"return 1;", "f(); return null;", "throw new IllegalStateException();"})
  void is_no_stub_if_it_does_something(String body) {
    String text = "class C {\n  Object f() {\n    " + body + "\n  }\n}\n";

    assertThat(definition(reader.read(text), "C.f").stub()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "class C {\n  int f() { return 1; }\n", // A brace is missing.
        "class C {\n  int f() { g( }\n  int h() { return 1; }\n}\n"
      })
  void reads_what_it_can_of_a_text_that_does_not_parse(String text) {
    assertThat(definition(reader.read(text), "C.f").nameSpan().of(text)).isEqualTo("f");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "assertEquals(3, C.f()) | assert C.f() == 3;",
        "assertEquals(\"a\", C.f(), \"why\") | assert Objects.equals(C.f(), \"a\") : \"why\";",
        "assertEquals(0.5, C.f(), 1e-9) | assert Math.abs((C.f()) - (0.5)) <= 1e-9;",
        "assertTrue(C.f()) | assert C.f();",
        "assertFalse(C.f(), () -> \"why\") | assert !(C.f());",
        "assertNull(C.f()) | assert (C.f()) == null;",
        "assertNotNull(C.f()) | assert (C.f()) != null;",
        "assertArrayEquals(new int[] {1}, C.f()) | assert Arrays.equals(C.f(), new int[] {1});",
        "assertThat(C.f()).isEqualTo(2) | assert C.f() == 2;",
        "assertThat(C.f()).isTrue() | assert (C.f());",
        "assertThat(C.f()).containsExactly(1, 2) | assert Objects.equals(C.f(), List.of(1, 2));",
        "assertThat(C.f()).isNotNull().isNotEmpty() | assert (C.f()) != null && !(C.f()).isEmpty();"
      })
  void translates_assertions(String statement, String source) {
    String text = "class CTest {\n  @Test void é😀_() {\n    " + statement + ";\n  }\n}\n";
    List<SourceTest> tests = reader.readTests(text.replace("😀", ""), "C.java");

    assertThat(sources(tests)).containsExactly(source);
    assertThat(assertions(text.replace("😀", ""), tests)).containsExactly(statement + ";");
  }

  @Test
  void the_message_is_first_in_junit_4() {
    String text =
        """
        import org.junit.Test;
        public class CTest {
          @Test public void f() { assertEquals("why", 1, C.f()); assertEquals(0.5, C.g(), 0.1); }
          @Test(expected = IllegalStateException.class) public void g() { C.h(); }
        }
        """;
    List<SourceTest> tests = reader.readTests(text, "C.java");

    assertThat(tests.get(0).source())
        .isEqualTo("assert C.f() == 1 : \"why\";\nassert Math.abs((C.g()) - (0.5)) <= 0.1;");
    assertThat(tests.get(1).source()).contains("raisedThrowable instanceof IllegalStateException");
  }

  @Test
  void a_test_with_set_up_is_a_block_that_counts_as_one() {
    String text =
        """
        import static org.junit.jupiter.api.Assertions.*;
        import java.util.List;
        import p.q.C;
        import p.q.Other;
        class CTest {
          private C one;
          @BeforeEach void setUp() { this.one = new C(); }
          @Test void f() {
            int sum = one.f();
            assertEquals(3, sum);
            assertThrows(IllegalArgumentException.class, () -> one.g(-1));
          }
          @Test void g() { assertEquals(1, C.h()); }
          @Test void helped() { assertEquals(1, help()); }
          int help() { return 1; }
        }
        """;
    List<SourceTest> tests = reader.readTests(text, "C.java");

    assertThat(tests).hasSize(3);
    assertThat(tests.get(0).source()).isEqualTo("import java.util.List;\nimport p.q.C;");
    assertThat(tests.get(1).source())
        .startsWith("{\n    C one;\n    one = new C();\n    int sum = one.f();\n")
        .contains("one.g(-1);", "instanceof IllegalArgumentException");
    assertThat(assertions(text, tests).getFirst())
        .startsWith("assertEquals(3, sum);")
        .endsWith("one.g(-1));");
    assertThat(tests.get(2).source()).isEqualTo("assert C.h() == 1;");
  }

  @Test
  void knows_where_tests_are() {
    assertThat(reader.testFiles(Path.of("/a/src/main/java/p/C.java")))
        .containsExactly(
            Path.of("/a/src/test/java/p/CTest.java"),
            Path.of("/a/src/test/java/p/CTests.java"),
            Path.of("/a/src/test/java/p/TestC.java"),
            Path.of("/a/src/main/java/p/CTest.java"),
            Path.of("/a/src/main/java/p/CTests.java"),
            Path.of("/a/src/main/java/p/TestC.java"));
    assertThat(reader.testFiles(Path.of("C.java"))).startsWith(Path.of("CTest.java"));
  }
}
