package dev.mallard.grammars.digest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mallard.grammars.BuiltInGrammar;
import dev.mallard.grammars.notation.GrammarCompiler;
import dev.mallard.grammars.parse.Grammar;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a grammar says where a program leaves its language. */
class SurroundingsTest {
  private static final Language PYTHON = Language.of(BuiltInGrammar.PYTHON);
  private static final Language JAVA = Language.of(BuiltInGrammar.JAVA);
  private static final Language SQL = Language.of(BuiltInGrammar.SQL);

  private record Language(Grammar grammar, GrammarDigest digest) {
    static Language of(BuiltInGrammar grammar) {
      return new Language(grammar.compile(), GrammarDigest.lark(grammar.text(), "start"));
    }

    Surroundings around(String program, int budget) {
      return digest.around(grammar, program, budget, Counting::tokens).orElseThrow();
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '`',
      value = {
        "def f(x)|    return x ~ 1:9 ~ the end of the line ~ \"->\", \":\"",
        "if x > 3|    y = 1 ~ 1:9 ~ the end of the line ~ \":\", \"if\", an operator such as \"or\", \"(\"",
        "while (x > 3:|    x -= 1 ~ 1:13 ~ : ~ \")\", \",\", an operator such as \"or\"",
        "print((1 + 2)|return 3 ~ 2:1 ~ return ~ \")\", \",\", an operator such as \"or\"",
        "x = [1, 2 ~ 1:10 ~ `` ~ \",\", \"]\", an operator such as \"or\"",
        "x = (1 + 2)) ~ 1:12 ~ ) ~ \",\", \";\"",
        "if x = 3:|    y = 1 ~ 1:6 ~ = ~ \":\", \"if\", an operator such as \"or\", \"(\", \".\", \":=\"",
        "def f(x):|return 1 ~ 2:1 ~ return ~ an indented block",
        "def f(x): ~ 1:10 ~ `` ~ block",
        "def f(x):|    # later ~ 2:12 ~ `` ~ block",
        "if x:|        y = 1|    z = 2 ~ 3:5 ~ z ~ a line that is not indented",
        "if x:|    if y:|        z = 1|      w = 2 ~ 4:7 ~ w ~ a line indented by 4, a line that is not",
        "y = 1|    z = 2 ~ 2:5 ~ z ~ a line that is not indented",
        "def class(x):|    pass ~ 1:5 ~ class ~ name",
        "for i on range(3):|    pass ~ 1:7 ~ on ~ \"in\", \",\"",
        "x = 'abc|y = 2 ~ 1:5 ~ ' ~ the end of what begins with '",
        "x = 3 + ~ 1:8 ~ `` ~ operand",
        "x = 1|} ~ 2:1 ~ } ~ statement",
        "é = 1 1 ~ 1:7 ~ 1 ~ \",\", \";\""
      })
  void namesWhatCouldCome(String program, String place, String found, String expected) {
    Surroundings around = PYTHON.around(program.replace('|', '\n'), 150);

    assertThat(around.line() + ":" + around.column()).isEqualTo(place);
    assertThat(around.found()).isEqualTo(found);
    assertThat(String.join(", ", around.expected())).startsWith(expected);
    assertThat(around.expected()).hasSizeLessThanOrEqualTo(12);
  }

  @Test
  void showsTheRulesOfTheConstruct() {
    assertThat(PYTHON.around("def f(x)\n    return x\n", 60).rules())
        .isEqualTo(
            """
            function: "def" NAME [type_parameters...] "(" [parameters...] ")" ["->" expression...] ":" function_body... | ...
            NAME: e.g. total\
            """);
    assertThat(PYTHON.around("if x = 3:\n    y = 1\n", 80).rules())
        .startsWith("if_statement: \"if\" named ")
        .contains("\nnamed: NAME");
    assertThat(PYTHON.around("while x\n    y = 1\n", 80).rules())
        .startsWith("compound: \"while\" named \":\" loop_body [else_block] | ...\n");
    assertThat(PYTHON.around("def f(x):\nreturn x\n", 80).rules()).startsWith("function: ");
    assertThat(JAVA.around("class A { int f() { return 1 } }", 80).rules())
        .startsWith("statement: \"return\" [expression] \";\" | ...\n");
    assertThat(SQL.around("select a from t where", 80).rules())
        .startsWith("query: \"select\" [\"distinct\" | \"all\"] results ");
  }

  @Test
  void showsNoRulesWhereNoneFitsOrIsToBeFound() {
    assertThat(PYTHON.around("def f(x)\n    return x\n", 10).rules()).isEmpty();
    assertThat(PYTHON.around("x = 3 4\n", 100).rules()).isEmpty();
  }

  @Test
  void saysNothingOfAProgramOfTheLanguage() {
    assertThat(PYTHON.digest().around(PYTHON.grammar(), "x = 3\n", 100, Counting::tokens))
        .isEmpty();
  }

  @Test
  void goesForAnyLanguage() {
    String lisp =
        """
        start: form*
        form: "(" "define" NAME form ")" | "(" form* ")" | NAME | NUMBER
        NAME: /[a-z]+/
        NUMBER: /[0-9]+/
        %ignore /[ \\n]+/
        """;
    Language language =
        new Language(GrammarCompiler.lark(lisp, "start"), GrammarDigest.lark(lisp, "start"));

    Surroundings around = language.around("(define 3 4)", 35);

    assertThat(around)
        .isEqualTo(
            new Surroundings(
                1,
                9,
                "3",
                List.of("name"),
                """
                form: "(" "define" NAME form ")" | ...
                NAME: /[a-z]+/\
                """));
  }
}
