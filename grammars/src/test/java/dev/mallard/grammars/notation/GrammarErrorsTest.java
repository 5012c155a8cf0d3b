package dev.mallard.grammars.notation;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mallard.grammars.GrammarException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is wrong with a grammar is said, and where. */
class GrammarErrorsTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      value = {
        "start: x ~ line 1, column 8: the rule x is not defined",
        "start: X ~ line 1, column 8: the terminal X is not defined",
        "start: \"a\";x: \"b\" ~ line 2, column 1: x is not used by any rule",
        "start: X;X: /a*/ ~ line 2, column 1: X matches the empty text",
        "start: X;X: \"a\" X ~ line 2, column 1: X is defined by itself",
        "start: start \"a\" ~ line 1, column 1: the rule start can never be complete",
        "start: \"a\";start: \"b\" ~ line 2, column 1: start is defined in line 1 already",
        "start: \"a ~ line 1, column 8: the closing \" is missing",
        "start: (\"a\" ~ line 1, column 12: ')' is missing",
        "start: /a(/ ~ line 1, column 11: a ')' is missing",
        "start: \"a\" $ ~ line 1, column 12: the character '$' has no meaning here",
        "%foo x ~ line 1, column 1: the directive %foo is unknown",
        "begin: \"a\" ~ line 1, column 1: the rule start, which a whole text is, is missing",
        "start: x{\"a\"};x{p,q}: p q ~ line 2, column 1: x has 2 parameters and is given 1",
        "start: x{\"a\"};x{p}: x{(p p)} ~ line 2, column 1",
        "start: \"\" ~ line 1, column 8: the text is empty",
        "start: \"a\";%soft \"a\"..\"b\" ~ line 2, column 10",
        "start: x;x: \"a\";%within x ~ line 3, column 9: it is not said what may stand only within x",
        "start: x;x: \"a\";%within y \"a\" ~ line 3, column 9: y is not a rule without parameters",
        "start: X;X: \"a\";%within X \"a\" ~ line 3, column 9: X is not a rule without parameters",
        "start: x{\"a\"};x{p}: p;%afresh x ~ line 3, column 9: x is not a rule without parameters",
        "start: \"a\";x: \"b\";%within x \"a\" ~ line 3, column 9: x is not used by any rule",
        "start: x;x: \"a\";%within x y ~ line 3, column 11: the rule y is not defined",
        "start: x;x: \"a\";y: \"b\";%within x y ~ line 4, column 11: it is not used by any rule",
        "start: \"a\" x;x: \"b\";%within x \"a\" ~ nothing may stand where it does"
      })
  void sayWhatAndWhere(String grammar, String message) {
    assertThatThrownBy(() -> GrammarCompiler.lark(grammar.replace(';', '\n'), "start"))
        .isInstanceOf(GrammarException.class)
        .hasMessageContaining(message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '\0',
      value = {
        "root ::= x ~ line 1, column 10: the rule x is not defined",
        "root ::= X ~ line 1, column 10: the rule X is not defined",
        "x ::= \"a\" ~ line 1, column 1: the rule root, which a whole text is, is missing",
        " ~ line 1, column 1: the rule root, which a whole text is, is missing",
        "root ::= \"a\"; x ::= \"b\" ~ line 2, column 2: x is not used by any rule",
        "root ::= \"a\";root ::= \"b\" ~ line 2, column 1: root is defined in line 1 already",
        "root ::= \"a\" | x;x ::= \"b\" x ~ line 2, column 1: the rule x can never be complete",
        "root ::= \"a ~ line 1, column 10: the closing \" is missing",
        "root ::= [a ~ line 1, column 10: the closing ] is missing",
        "root ::= \"a\\ ~ line 1, column 12: a character is missing after the backslash",
        "root ::= \"\\q\" ~ line 1, column 11: the escape \\q is unknown",
        "root ::= \"\\x4\" ~ line 1, column 11: 2 hexadecimal digits of a character are missing",
        "root ::= \"\\U00110000\" ~ line 1, column 11: there is no character U+110000",
        "root ::= \"\\ud83e\" ~ line 1, column 11: U+D83E is half of a character",
        "root ::= [az-b] ~ line 1, column 12: the range goes from one character to an earlier one",
        "root ::= [] ~ line 1, column 10: the class is empty",
        "root ::= [^\\x00-\\U0010ffff] ~ line 1, column 10: the class contains no character",
        "root ::= [\\ud800-\\udfff] ~ line 1, column 10: the class contains no character",
        "root ::= \"a\"{2001} ~ line 1, column 14: the number must be from 0 to 2000",
        "root ::= \"a\"{1,1000000000000} ~ line 1, column 16: the number must be from 0 to 2000",
        "root ::= \"a\"{3,2} ~ line 1, column 13: the number of repetitions is wrong",
        "root ::= \"a\"{,2} ~ line 1, column 14: a number is missing; there is ','",
        "root ::= \"a\"{2 ~ line 1, column 15: '}' is missing; the grammar ends",
        "root ::= * ~ line 1, column 10: there is nothing to repeat",
        "root ::= (\"a\" ~ line 1, column 14: ')' is missing; the grammar ends",
        "root ::= \"a\") ~ line 1, column 13: the end of the line, or '|' is missing; there is ')'",
        "root ::= \"a\"; | \"b\" ~ line 2, column 2: a rule's name is missing; there is '|'",
        "root = \"a\" ~ line 1, column 6: '::=' is missing; there is '='",
        "root ::= <think> ~ line 1, column 10: a token of a model has no meaning here"
      })
  void sayWhatAndWhereInGbnf(String grammar, String message) {
    String text = grammar == null ? "" : grammar.replace(';', '\n');
    assertThatThrownBy(() -> GrammarCompiler.gbnf(text))
        .isInstanceOf(GrammarException.class)
        .hasMessageContaining(message);
  }
}
