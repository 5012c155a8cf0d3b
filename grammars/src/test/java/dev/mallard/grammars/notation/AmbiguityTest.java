package dev.mallard.grammars.notation;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mallard.grammars.BuiltInGrammar;
import dev.mallard.grammars.GrammarException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Two terminals between which nothing decides are refused; others that overlap are not. */
class AmbiguityTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "start: A | B",
        "start: [A] B",
        "start: A* B",
        "start: ([A \":\"] | [B \"=\"]) \"!\"",
        "start: (a | b) \"!\";a: A;b: B",
        "start: \"(\" e \")\" | e A;e: \"d\" | \"d\" B",
        "start: p A | q B;p: \"d\";q: \"d\"",
        "start: p A;p: q;q: \"d\" [B]",
        "start: p A | q B;p: [\"d\"];q: [\"e\"]"
      })
  void whereBothMayCome(String rules) {
    assertThatThrownBy(() -> GrammarCompiler.lark(terminals(rules), "start"))
        .isInstanceOf(GrammarException.class)
        .hasMessageContaining("A and B both match \"x\", and both may come at the same place");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "start: A B",
        "start: \"(\" A | \"[\" B",
        "start: \"a\" x A | \"b\" x B;x: \"d\"",
        "start: \"a\" x A | \"b\" x B;x: \"d\" | x x",
        "start: \"a\" x B | \"b\" x \"c\" | \"b\" \"d\" A;x: \"d\"",
        "start: A \"a\" | \"b\" (\"c\" B)*"
      })
  void whereOnlyOneMayCome(String rules) {
    assertThatCode(() -> GrammarCompiler.lark(terminals(rules), "start"))
        .doesNotThrowAnyException();
  }

  private static String terminals(String rules) {
    return rules.replace(';', '\n') + "\nA: /[w-y]+/\nB: /[xyz][0-9]*/\n";
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      value = {
        "start: A | B;A: /[a-c]+/;B: /cc+|d/ ~ line 3, column 1: A and B both match \"cc\"",
        "start: /a+/ | /[ab]/ ~ line 1, column 15: /a+/ and /[ab]/ both match \"a\"",
        "start: A | B;A: /\\n+/;B: /\\s/ ~ line 3, column 1: A and B both match \"\\n\"",
        "start: A | B;A.1: /a/;B.1: C;C: /[ab]/ ~ line 3, column 1: A and B both match \"a\"",
        "start: A | B;A: /é/;B: /[é日]/ ~ line 3, column 1: A and B both match \"é\"",
        "start: A | B;B: /b/;A: /[ab]/ ~ line 3, column 1: B and A both match \"b\""
      })
  void theMessageShowsAShortestText(String grammar, String message) {
    assertThatThrownBy(() -> GrammarCompiler.lark(grammar.replace(';', '\n'), "start"))
        .isInstanceOf(GrammarException.class)
        .hasMessageContaining(message);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "start: A | B;A: /a/;B: /b/",
        "start: A | B;A.1: /a/;B: /[ab]/",
        "start: \"a\" | B;B: /[ab]/",
        "start: A | B;A: \"a\";B: /[ab]/",
        "start: \"a\" | B;B: /[ab]/;%soft \"a\"",
        "start: A | B;A: /[ab]/;B: /[ab]/;%words B",
        "start: A+;A: /[a ]/;%ignore \" \""
      })
  void whatSomethingDecidesIsNotAmbiguous(String grammar) {
    assertThatCode(() -> GrammarCompiler.lark(grammar.replace(';', '\n'), "start"))
        .doesNotThrowAnyException();
  }

  @ParameterizedTest
  @EnumSource(BuiltInGrammar.class)
  void theGrammarsThatComeWithMallardAreNotAmbiguous(BuiltInGrammar grammar) {
    assertThatCode(() -> GrammarCompiler.lark(grammar.text(), "start")).doesNotThrowAnyException();
  }
}
