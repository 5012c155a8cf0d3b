package dev.mallard.grammars.notation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mallard.grammars.parse.Grammar;
import dev.mallard.grammars.parse.Prefix;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Grammars in llama.cpp's notation, character by character. */
class GbnfTest {
  static final String JSON =
      """
      # A text is a value.
      root   ::= ws value
      value  ::= (object | array | string | number | ("true" | "false" | "null")) ws
      object ::= "{" ws (
          string ws ":" ws value          # within parentheses, lines go on
          ("," ws string ws ":" ws value)*
        )? "}"
      array  ::=
        "[" ws (value ("," ws value)*)? "]"
      string ::= "\\"" (
          [^"\\\\\\x00-\\x1F] |
          "\\\\" (["\\\\/bfnrt] | "u" [0-9a-fA-F]{4})
        )* "\\""
      number ::= "-"? ("0" | [1-9] [0-9]*) ("." [0-9]+)? ([eE] [-+]? [0-9]+)?
      ws     ::= [ \\t\\n\\r]*
      """;

  static final String ARITHMETIC =
      """
      root  ::= (expr "=" ws term "\\n")+
      expr  ::= term ([-+*/] term)*
      term  ::= ident | num | "(" ws expr ")" ws
      ident ::= [a-z] [a-z0-9_]* ws
      num   ::= [0-9]+ ws
      ws    ::= [ \\t]*
      """;

  static final String CHESS =
      """
      root    ::= ("1. " move " " move "\\n" ([1-9] [0-9]? ". " move " " move "\\n")+)
      move    ::= (pawn | nonpawn | castle) [+#]?
      nonpawn ::= [NBKQR] [a-h]? [1-8]? "x"? [a-h] [1-8]
      pawn    ::= ([a-h] "x")? [a-h] [1-8] ("=" [NBKQR])?
      castle  ::= "O-O" "-O"?
      """;

  /** A text that is not accepted begins a text of the language, or nothing begins like it. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '\0',
      value = {
        "root ::= \"ab\" [0-9]+                ~ ab12      ~ accepted",
        "root ::= \"ab\" [0-9]+                ~ ab        ~ begins",
        "root ::= \"ab\" [0-9]+                ~ ab1x      ~ refused",
        "root ::= \"ab\" [0-9]+                ~ a b1      ~ refused",
        "root ::= \"return\" [a-z]*            ~ returnx   ~ accepted",
        "root ::= [a-z]* \"end\"               ~ endend    ~ accepted",
        "root ::= [a-z]* \"end\"               ~ ende      ~ begins",
        "root ::= [a-z]+ [a-f]+ [f-z]          ~ agz       ~ begins",
        "root ::= [a-z]+ [a-f]+ [f-z]          ~ gaz       ~ accepted",
        "root ::= [^a-c] .                     ~ dé        ~ accepted",
        "root ::= [^a-c] .                     ~ a         ~ refused",
        "root ::= [^é]                         ~ è         ~ accepted",
        "root ::= [^é]                         ~ é         ~ refused",
        "root ::= [日-本] \"語\"                ~ 日語      ~ accepted",
        "root ::= \"\\x41\\u00e9\\U0001F986\"  ~ Aé🦆      ~ accepted",
        "root ::= \"\\\"\\\\\" [\\[\\]\\-a]+   ~ \"\\[-]a  ~ accepted",
        "root ::= [a\\-z]                      ~ b         ~ refused",
        "root ::= [-a]+ [z-]                   ~ a--       ~ accepted",
        "root ::= \"a\"{2}                     ~ aa        ~ accepted",
        "root ::= \"a\"{2}                     ~ aaa       ~ refused",
        "root ::= \"ab\"{2,}                   ~ ababab    ~ accepted",
        "root ::= \"ab\"{2,}                   ~ ababa     ~ begins",
        "root ::= (\"a\" | \"bc\"){ 1 , 3 }    ~ abca      ~ accepted",
        "root ::= (\"a\" | \"bc\"){1,3}        ~ abcaa     ~ refused",
        "root ::= (\"a\"{2}){2}                ~ aaaa      ~ accepted",
        "root ::= (\"a\"{2}){2}                ~ aaa       ~ begins",
        "root ::= \"a\"{0,2000} \"b\"          ~ aaab      ~ accepted",
        "root ::= \"a\"{0} \"b\"               ~ ab        ~ refused",
        "root ::= \"a\"?*                      ~ aaa       ~ accepted",
        "root ::= | \"a\" | x; x ::= \"b\" | \"\" ~         ~ accepted",
        "root ::= \"a\" |;  \"b\"              ~ b         ~ accepted",
        "root ::=;; # b;  \"a\" # c; # d       ~ a         ~ accepted",
        "root ::= (;\"a\";|;\"b\";)            ~ b         ~ accepted",
        "root ::= X-1 x_2;X-1 ::= \"a\";x_2::=\"b\" ~ ab   ~ accepted",
        "root ::= root \"+\" root | [0-9]      ~ 1+2+3     ~ accepted",
        "root ::= root \"+\" root | [0-9]      ~ 1+2+      ~ begins",
        "root ::= x \"c\"; x ::= (x \"a\")?    ~ aac       ~ accepted"
      })
  void whatAGrammarSaysIsReadToTheLetter(String grammar, String text, String expected) {
    Grammar compiled = GrammarCompiler.gbnf(grammar.strip().replace(';', '\n'));
    assertThat(outcome(compiled, text == null ? "" : text)).isEqualTo(expected);
  }

  @Test
  void asOftenAsIsSaidAndNotOftener() {
    for (int least = 0; least <= 9; least++) {
      for (int most = least; most <= 10; most++) {
        String bounds = most == 10 ? "%d,".formatted(least) : "%d,%d".formatted(least, most);
        Grammar grammar = GrammarCompiler.gbnf("root ::= (\"a\" [bc]){%s} \"!\"".formatted(bounds));
        for (int times = 0; times <= 12; times++) {
          boolean expected = times >= least && (times <= most || most == 10);
          assertThat(outcome(grammar, "ab".repeat(times) + "!").equals("accepted"))
              .as("%d times of {%s}", times, bounds)
              .isEqualTo(expected);
        }
      }
    }
  }

  @Test
  void acceptsTheJsonThatJacksonReads() {
    Grammar grammar = GrammarCompiler.gbnf(JSON);
    JsonMapper mapper =
        JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();
    String sample = " {\"duck\": [1, -2.5e3, 0], \"é\\u00e9\\n\": {}, \"b\": [true, null]}";
    assertThat(outcome(grammar, sample)).isEqualTo("accepted");
    Random random = new Random(1);
    int accepted = 0;
    for (int i = 0; i < 600; i++) {
      StringBuilder changed = new StringBuilder(sample);
      for (int k = 0; k <= i % 2; k++) {
        int at = random.nextInt(changed.length());
        changed.setCharAt(at, "{}[],:\"0e. \\tn-é".charAt(random.nextInt(16)));
      }
      boolean read = reads(mapper, changed.toString());
      accepted += read ? 1 : 0;
      assertThat(outcome(grammar, changed.toString()).equals("accepted"))
          .as(changed.toString())
          .isEqualTo(read);
    }
    assertThat(accepted).isBetween(60, 500);
  }

  private static boolean reads(JsonMapper mapper, String text) {
    try {
      mapper.readTree(text);
      return true;
    } catch (JacksonException e) {
      return false;
    }
  }

  @ParameterizedTest
  @CsvSource({
    "(a+1)*2 = b|, accepted",
    "(a +1) *2 =9|x=y|, accepted",
    "1=2, begins",
    "(a+1))=2, refused",
    "a1_ = 1a, refused"
  })
  void readsArithmetic(String text, String expected) {
    assertThat(outcome(GrammarCompiler.gbnf(ARITHMETIC), text.replace('|', '\n')))
        .isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "1. e4 e5|2. Nf3 Nc6|, accepted",
    "1. e4 e5|2. Nf3 Nc6|3. Bb5+ a6|10. O-O-O exd8=Q#|, accepted",
    "1. e4 e5|, begins",
    "1. e4 e5|2. Nbd, begins",
    "1. e9, refused",
    "1. e4  e5, refused",
    "2. e4, refused"
  })
  void readsGamesOfChess(String text, String expected) {
    assertThat(outcome(GrammarCompiler.gbnf(CHESS), text.replace('|', '\n'))).isEqualTo(expected);
  }

  /** Rules are put in where they are named; what begins like a match makes the end be hit. */
  @SuppressWarnings("JdkObsolete") // hitEnd() says whether more of the text could match.
  @Property(tries = 500)
  void withoutRecursionAgreesWithARegularExpression(
      @ForAll("bodies") String body, @ForAll("texts") String text) {
    String other = "[b-d]? (\"a\" | [^a-c]{2}) \"\"";
    String root = body + " | \"!\" other";
    Grammar grammar = GrammarCompiler.gbnf("root ::= %s\nother ::= %s".formatted(root, other));
    Matcher matcher =
        Pattern.compile(regex(root.replace("other", "(" + other + ")")), Pattern.DOTALL)
            .matcher(text);
    String expected = matcher.matches() ? "accepted" : matcher.hitEnd() ? "begins" : "refused";
    assertThat(outcome(grammar, text)).as("%s on %s", body, text).isEqualTo(expected);
  }

  private static String regex(String body) {
    return body.replace("\"", "").replace(" ", "");
  }

  @Provide
  Arbitrary<String> bodies() {
    Arbitrary<String> leaves =
        Arbitraries.of("\"a\"", "\"bé\"", "[ab]", "[^a]", ".", "[b-é]", "[^b-dé]", "other");
    return Arbitraries.recursive(
        () -> leaves,
        inner ->
            Arbitraries.oneOf(
                inner.map(x -> "(" + x + ")*"),
                inner.map(x -> "(" + x + ")?"),
                inner.map(x -> "(" + x + ")+"),
                inner.map(x -> "(" + x + "){2}"),
                inner.map(x -> "(" + x + "){1,3}"),
                inner.map(x -> "(" + x + "){2,}"),
                inner.flatMap(x -> inner.map(y -> x + " " + y)),
                inner.flatMap(x -> inner.map(y -> "(" + x + " | " + y + ")"))),
        0,
        4);
  }

  @Provide
  Arbitrary<String> texts() {
    return Arbitraries.strings().withChars('a', 'b', 'c', 'd', 'e', 'é', '日').ofMaxLength(6);
  }

  private static String outcome(Grammar grammar, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    Prefix prefix = grammar.start().feed(bytes, 0, bytes.length);
    return prefix.isComplete() ? "accepted" : prefix.isViable() ? "begins" : "refused";
  }
}
