package dev.mallard.grammars.parse;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mallard.grammars.BuiltInGrammar;
import dev.mallard.grammars.notation.GrammarCompiler;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Reading texts byte by byte. */
class PrefixTest {
  private static final Grammar PYTHON = BuiltInGrammar.PYTHON.compile();
  private static final Grammar JAVASCRIPT = BuiltInGrammar.JAVASCRIPT.compile();

  private static final String JSON =
      """
      start: value
      value: object | array | STRING | NUMBER | "true" | "false" | "null"
      object: "{" [pair ("," pair)*] "}"
      pair: STRING ":" value
      array: "[" [value ("," value)*] "]"
      STRING: /"([^"\\\\\\x00-\\x1f]|\\\\(["\\\\\\/bfnrt]|u[0-9a-fA-F]{4}))*"/
      NUMBER: /-?(0|[1-9][0-9]*)(\\.[0-9]+)?([eE][+-]?[0-9]+)?/
      %ignore /[ \\t\\n\\r]+/
      """;

  private static final String SAMPLE =
      """
      {"name": "mallard", "eggs": [1, 2.5, -3e4, 0], "é": {"a": null, "b": [true, false, []]},
       "s": "\\u00e9\\n\\"x\\"", "n": -0.0}\
      """;

  @Test
  void acceptsWhatJacksonReads() {
    Grammar grammar = GrammarCompiler.lark(JSON, "start");
    JsonMapper mapper =
        JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();
    Random random = new Random(1);
    byte[] sample = SAMPLE.getBytes(StandardCharsets.UTF_8);
    assertThat(grammar.accepts(sample)).isTrue();
    int accepted = 0;
    for (int i = 0; i < 3000; i++) {
      byte[] changed = sample.clone();
      for (int k = 0; k <= i % 2; k++) {
        byte[] source = "{}[],:\"0e. \\tn".getBytes(StandardCharsets.UTF_8);
        changed[random.nextInt(changed.length)] = source[random.nextInt(source.length)];
      }
      if (!new String(changed, StandardCharsets.UTF_8).contains("\uFFFD")) {
        boolean read = reads(mapper, changed);
        accepted += read ? 1 : 0;
        assertThat(grammar.accepts(changed))
            .as(new String(changed, StandardCharsets.UTF_8))
            .isEqualTo(read);
      }
    }
    assertThat(accepted).isBetween(300, 2500);
  }

  private static boolean reads(JsonMapper mapper, byte[] text) {
    try {
      mapper.readTree(text);
      return true;
    } catch (JacksonException e) {
      return false;
    }
  }

  @Test
  void aPrefixIsViableAsLongAsSomethingCanFollow() {
    Grammar grammar = GrammarCompiler.lark(JSON, "start");
    byte[] sample = SAMPLE.getBytes(StandardCharsets.UTF_8);
    Prefix prefix = grammar.start();
    for (byte value : sample) {
      assertThat(prefix.isComplete()).isFalse();
      prefix = prefix.feed(value);
      assertThat(prefix.isViable()).isTrue();
    }
    assertThat(prefix.isComplete()).isTrue();
    assertThat(prefix.feed((byte) '}').isViable()).isFalse();
    assertThat(prefix.feed((byte) ' ').isComplete()).isTrue();
  }

  @Test
  void goingBackIsToTakeAnEarlierPrefix() {
    Grammar grammar = GrammarCompiler.lark(JSON, "start");
    Prefix before = feed(grammar.start(), "[1, ");
    assertThat(feed(before, "2]").isComplete()).isTrue();
    assertThat(feed(before, "}").isViable()).isFalse();
    assertThat(feed(before, "[]]").isComplete()).isTrue();
  }

  /** Ambiguous, with empty rules, left, right and hidden left recursion, and cycles. */
  @ParameterizedTest
  @CsvSource({
    "start: start start | \"a\" |, aaaa, true",
    "start: start start | \"a\" |, '', true",
    "start: start start | \"a\" |, aab, false",
    "start: x start \"b\" | \"a\"; x: , abbb, true",
    "start: x start \"b\" | \"a\"; x: , bbb, false",
    "start: y; y: start | \"a\" y | \"b\", aab, true",
    "start: \"a\" start \"a\" | \"a\", aaaaa, true",
    "start: \"a\" start \"a\" | \"a\", aaaa, false",
    "start: p \"c\" | q \"d\"; p: \"a\" p | \"a\"; q: \"a\" q | \"a\", aaad, true",
    "start: x y \"c\"; x: \"a\"*; y: \"a\"*, aac, true",
    "start: x x x; x: [\"a\"] [\"b\"], ababab, true",
    "start: x x x; x: [\"a\"] [\"b\"], abababa, false",
    "start: sep{\"a\"}; sep{p}: p (\"b\" p)*, ababa, true",
    "start: sep{\"a\"}; sep{p}: p (\"b\" p)*, abab, false",
    "start: \"a\"~2..3, aaa, true",
    "start: \"a\"~2..3, aaaa, false"
  })
  void anyContextFreeGrammarWillDo(String grammar, String text, boolean expected) {
    Grammar compiled = GrammarCompiler.lark(grammar.replace("; ", "\n"), "start");
    assertThat(compiled.accepts(text.getBytes(StandardCharsets.UTF_8))).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "if x then y, true",
    "if if then y, false",
    "ifx, true",
    "if ifx then then, false",
    "match, true",
    "match match match, true",
    "x - -y, true",
    "x --y, false",
    "x >> y, true",
    "x > > y, false",
    "x > >> y, false"
  })
  void wordsAreReservedOrSoftAndOperatorsAreTheLongest(String text, boolean expected) {
    Grammar grammar =
        GrammarCompiler.lark(
            """
            start: "if" start "then" start | "match" start start | start op start | "-" start | NAME
                | start DECREMENT
            op: "-" | ">" GREATER
            NAME: /[a-z]+/
            DECREMENT: "--"
            GREATER: ">"
            %soft "match"
            %adjacent GREATER
            %ignore " "
            """,
            "start");
    assertThat(grammar.accepts(text.getBytes(StandardCharsets.UTF_8))).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      value = {
        "x = 1 ~ true",
        "_x = 1 ~ false",
        "# quack|x = 1 ~ true",
        "_# quack|x = 1 ~ true",
        "if x:|__y|z ~ true",
        "if x:|__y|_z ~ false",
        "if x:|y ~ false",
        "if x:|__if y:|____z|w ~ true",
        "f(x,|y)|z ~ true",
        "f(x,|_y)|_z ~ false",
        "x = [|__1,|]|y ~ true",
        "x is_not_y ~ false",
        "x is not y ~ true",
        "f\"a{x!r:>{n}}{{b}}\" ~ true",
        "f\"a{x\" ~ false",
        "f'{x}\\\\' ~ true",
        "match = match ~ true",
        "match x:|__case [1, *_]:|____y ~ true"
      })
  void pythonsLinesMakeBlocks(String text, boolean expected) {
    // Spaces at a line's beginning are written as underscores.
    String program =
        Pattern.compile("^_+", Pattern.MULTILINE)
            .matcher(text.replace('|', '\n'))
            .replaceAll(match -> " ".repeat(match.group().length()));
    assertThat(PYTHON.accepts(program.getBytes(StandardCharsets.UTF_8))).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      value = {
        "a = 1|b = 2 ~ true",
        "a = 1 b = 2 ~ false",
        "a = 1|+ 2 ~ true",
        "a|++b ~ true",
        "function f() { return 1 } ~ true",
        "for (a; b|) {} ~ false",
        "a = b / c / d ~ true",
        "a = /b/.test(c) / d ~ true",
        "x = `a${ {y: 1}.y }b${'}'}c` ~ true",
        "a.if.class ~ true",
        "if = 1 ~ false",
        "({get: 1, get x() { return 1 }, async *y() {}}) ~ true",
        "{a: 1, b: 2} ~ false",
        "a|++ ~ false",
        "a++|b ~ true",
        "a++ + b ~ true",
        "null--|b ~ false",
        "a|=> b ~ false",
        "a =>|b ~ true",
        "throw|a ~ false",
        "while (a) { break|b() } ~ true",
        "a = b|(c) => d ~ false",
        "1 in a ~ true",
        "1in a ~ false",
        "a() = 1 ~ false",
        "[a.b, ...c] = d ~ true",
        "[...a, b] = c ~ false",
        "-a ** b ~ false",
        "a = /(b[)])+?/gi ~ true",
        "a = /(b/ ~ false",
        "a = /b/gg ~ false"
      })
  void javaScriptsSemicolonsMayBeLeftOut(String text, boolean expected) {
    assertThat(JAVASCRIPT.accepts(text.replace('|', '\n').getBytes(StandardCharsets.UTF_8)))
        .isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "a 1 b, true",
    "a 1b, false",
    "a 1+b, true",
    "a ++, true",
    "'a\n++', false",
    "1 ++, false",
    "end a, true",
    "'end\na', false",
    "if, false"
  })
  void aGrammarSaysWhatMayNotStandTogether(String text, boolean expected) {
    Grammar grammar =
        GrammarCompiler.lark(
            """
            start: ("end" | NAME [UP] | NUMBER ["+" ["+"]])+
            NAME: /[a-z]+/
            NUMBER: /[0-9]+/
            UP: "++"
            %apart NUMBER
            %unbroken UP "end"
            %reserved "++" "if"
            %ignore /[ \\n]/
            """,
            "start");
    assertThat(grammar.accepts(text.getBytes(StandardCharsets.UTF_8))).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "'if a:\n\tb\n\tc', true",
    "'if a:\n\tb\n        c', false",
    "'if a:\n if b:\n\tc', false",
    "'if a:\n if b:\n \tc\nd', true"
  })
  void pythonsLinesAreComparedHoweverWideATabIs(String text, boolean expected) {
    assertThat(PYTHON.accepts(text.getBytes(StandardCharsets.UTF_8))).isEqualTo(expected);
  }

  private static Prefix feed(Prefix prefix, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return prefix.feed(bytes, 0, bytes.length);
  }
}
