package dev.mallard.grammars.notation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.mallard.grammars.BuiltInGrammar;
import dev.mallard.grammars.GrammarException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever is given for a grammar, it is one or it is said what is wrong, and soon. */
class HostileGrammarTest {
  private static final int MANY = 100_000;

  /** Far more than it takes, for slow machines. */
  private static final Duration SOON = Duration.ofSeconds(20);

  static Stream<Arguments> refusedLark() {
    return Stream.of(
        Arguments.of("start: " + "(".repeat(MANY), "more than 200 brackets are open"),
        Arguments.of("start: " + "[".repeat(MANY), "more than 200 brackets are open"),
        Arguments.of("start: " + "x{".repeat(MANY), "more than 200 brackets are open"),
        Arguments.of("start: " + "!".repeat(MANY), "a rule, a terminal or a text is missing"),
        Arguments.of("start: /" + "(".repeat(MANY) + "/", "more than 100 groups are open"),
        Arguments.of("start: /" + "(?=a".repeat(MANY) + "/", "more than 100 groups are open"),
        Arguments.of("start: /" + "ab".repeat(MANY) + "/", "the expression is too long"),
        Arguments.of("start: \"" + "a".repeat(MANY) + "\"i", "the expression is too long"),
        Arguments.of("start: /((a{9999}){9999}){9999}/", "the expression is too long"),
        Arguments.of("start: A\nA: ((\"a\" ~ 9999) ~ 9999) ~ 9999", "the terminal is too long"),
        Arguments.of("start: \"a\" ~ 1..1000000000", "the number must be from 0 to 9999"),
        Arguments.of("start: \"a\" ~ 99999999999999999999", "the number must be from 0 to 9999"),
        Arguments.of("start: A\nA.99999999999: \"a\"", "the number must be from -9999 to 9999"),
        Arguments.of(chain("start", "A%d: A%d A%d\n", 50), "the terminal is too long"),
        Arguments.of(chain("start", "A%d: A%d\n", 10_000), "more than 100 terminals"),
        Arguments.of(chain("start", "a%d: a%d \"x\"\n", 30_000), "the grammar is too large"),
        Arguments.of("start: x{\"a\"}\nx{p}: x{x{p}}", "the template does not end"),
        Arguments.of(
            "start: x{\"a\"}\nx{p}: p" + " x{(p p)}".repeat(MANY / 2), "the grammar is too large"),
        Arguments.of("start: " + "\"a\" ".repeat(MANY) + "x", "the rule x is not defined"),
        Arguments.of("start: " + words(MANY, "\"%s\""), "the grammar is too large"),
        Arguments.of("start: \"a\"\n" + " ".repeat(10 * MANY), "more than 1000000 characters"),
        Arguments.of("start: \"a\0\" \0", "has no meaning here"),
        Arguments.of("\"".repeat(MANY), "a rule's or a terminal's name is missing"),
        Arguments.of("start: \"" + "a".repeat(MANY), "the closing \" is missing"),
        Arguments.of("start: \"\\", "the closing \" is missing"),
        Arguments.of("start: /\\", "the closing / is missing"),
        Arguments.of("start: \"\\ud800\"", "U+D800 is half of a character"),
        Arguments.of("start: /[^\\s\\S]/", "matches no text"),
        Arguments.of("start: /(?!a)a/", "matches no text"),
        Arguments.of(subsets("start: %s\n", "%s: \"a\" %s | \"b\" %s\n"), "is too large"),
        Arguments.of("", "the rule start, which a whole text is, is missing"));
  }

  static Stream<Arguments> refusedGbnf() {
    return Stream.of(
        Arguments.of("root ::= " + "(".repeat(MANY), "more than 200 parentheses are open"),
        Arguments.of("root ::= \"a\"" + "?".repeat(MANY), "more than 10 repetitions"),
        Arguments.of("root ::= \"a\"{1,1000000000}", "the number must be from 0 to 2000"),
        Arguments.of("root ::= " + words(MANY, "[^%s]"), "too many classes"),
        Arguments.of("root ::= \"" + "a".repeat(3 * MANY) + "\"", "the grammar is too large"),
        Arguments.of("root ::= \"" + "a".repeat(MANY), "the closing \" is missing"),
        Arguments.of("root ::= [" + "a-z".repeat(MANY), "the closing ] is missing"),
        Arguments.of("root ::= \0", "is missing"),
        Arguments.of("root ::= \"\ud800\"", "U+D800 is half of a character"),
        Arguments.of("root ::= \"a\"" + "\n".repeat(10 * MANY), "more than 1000000 characters"));
  }

  /** A rule or a terminal made of the next, and so on. */
  private static String chain(String start, String link, int count) {
    String links =
        IntStream.range(0, count)
            .mapToObj(i -> link.formatted(i, i + 1, i + 1))
            .collect(Collectors.joining());
    String last = link.substring(0, 1) + count + ": \"a\"\n";
    return start + ": " + link.charAt(0) + "0\n" + links + last;
  }

  private static String words(int count, String each) {
    return IntStream.range(0, count)
        .mapToObj(i -> each.formatted(Character.toString(0x4e00 + i % 20_000) + (i / 20_000)))
        .collect(Collectors.joining(" | "));
  }

  /** What an automaton of subsets needs 2^24 states for. */
  private static String subsets(String start, String link) {
    StringBuilder text = new StringBuilder(start.formatted("x"));
    text.append("x: \"a\" x | \"b\" x | \"a\" x0\n");
    for (int i = 0; i < 24; i++) {
      String next = "x" + (i + 1);
      text.append(link.formatted("x" + i, next, next));
    }
    return text.append("x24: \"a\" | \"b\"\n").toString();
  }

  @ParameterizedTest(name = "{index}: {1}")
  @MethodSource("refusedLark")
  void larkIsRefused(String grammar, String message) {
    assertRefused(text -> GrammarCompiler.lark(text, "start"), grammar, message);
  }

  @ParameterizedTest(name = "{index}: {1}")
  @MethodSource("refusedGbnf")
  void gbnfIsRefused(String grammar, String message) {
    assertRefused(GrammarCompiler::gbnf, grammar, message);
  }

  private static void assertRefused(Consumer<String> compiler, String grammar, String message) {
    Optional<String> refusal = assertTimeoutPreemptively(SOON, () -> refusal(compiler, grammar));
    assertThat(refusal).hasValueSatisfying(found -> assertThat(found).contains(message));
  }

  private static Optional<String> refusal(Consumer<String> compiler, String grammar) {
    try {
      compiler.accept(grammar);
      return Optional.empty();
    } catch (GrammarException e) {
      return Optional.of(String.valueOf(e.getMessage()));
    }
  }

  @ParameterizedTest(name = "{index}")
  @MethodSource
  void largeGrammarsAreNotRefused(String grammar) {
    Optional<String> refusal =
        assertTimeoutPreemptively(
            SOON, () -> refusal(text -> GrammarCompiler.lark(text, "start"), grammar));
    assertThat(refusal).isEmpty();
  }

  static Stream<String> largeGrammarsAreNotRefused() {
    return Stream.of(
        chain("start", "a%d: a%d \"x\"\n", 2000),
        "start: " + words(2000, "\"%s\""),
        "start: (((\"a\" ~ 2000) ~ 2000) ~ 2000) ~ 2000",
        "start: (\"a\" ~ 0..9999) ~ 0..9999",
        "start: /[a-z]{0,9999}(b?){999}c/",
        "start: /(a|b)*a(a|b){24}/");
  }

  @Test
  void aTextIsReadByALargeGrammar() {
    String grammar = "root ::= ([a-c]{0,2000} [^b-d]){2,2000} \"b\"{99}";
    byte[] text = ("abcabca".repeat(9) + "b".repeat(99)).getBytes(StandardCharsets.UTF_8);
    assertTimeoutPreemptively(
        SOON, () -> assertThat(GrammarCompiler.gbnf(grammar).accepts(text)).isTrue());
  }

  @ParameterizedTest(name = "{index}")
  @MethodSource
  void anyBytesAreRefused(String junk) {
    assertThat(refusal(text -> GrammarCompiler.lark(text, "start"), junk)).isPresent();
    assertThat(refusal(GrammarCompiler::gbnf, junk)).isPresent();
  }

  static Stream<String> anyBytesAreRefused() {
    return new Random(1)
        .ints(50, 1, 5000)
        .mapToObj(length ->
            new Random(length)
                .ints(length, 0, 256)
                .mapToObj(Character::toString)
                .collect(Collectors.joining()));
  }

  /** Grammars that come with Mallard, a piece taken out, doubled, or put elsewhere. */
  @Property(tries = 20)
  void aMutatedGrammarIsOneOrRefused(@ForAll("mutants") String grammar) {
    assertTimeoutPreemptively(
        SOON, () -> refusal(text -> GrammarCompiler.lark(text, "start"), grammar));
  }

  @Property(tries = 500)
  void aMutatedGrammarInGbnfIsOneOrRefused(@ForAll("gbnfMutants") String grammar) {
    assertTimeoutPreemptively(SOON, () -> refusal(GrammarCompiler::gbnf, grammar));
  }

  @Provide
  Arbitrary<String> mutants() {
    return mutants(Arbitraries.of(BuiltInGrammar.class).map(BuiltInGrammar::text));
  }

  @Provide
  Arbitrary<String> gbnfMutants() {
    return mutants(Arbitraries.of(GbnfTest.JSON, GbnfTest.ARITHMETIC, GbnfTest.CHESS));
  }

  private static Arbitrary<String> mutants(Arbitrary<String> grammars) {
    return Combinators.combine(
            grammars,
            Arbitraries.doubles().between(0, 1),
            Arbitraries.doubles().between(0, 1),
            Arbitraries.integers().between(0, 40),
            Arbitraries.of(
                "", "(", ")", "/", "\"", "\0", "~ 9999", "*", "|", "\n", "{x}", "\\", "{9"))
        .as(HostileGrammarTest::mutate);
  }

  private static String mutate(String grammar, double from, double to, int length, String added) {
    StringBuilder text = new StringBuilder(grammar);
    int start = (int) (from * (text.length() - length));
    String piece = text.substring(start, start + length);
    if (length % 2 == 0) {
      text.delete(start, start + length);
    }
    text.insert((int) (to * text.length()), added.isEmpty() ? piece : added);
    return text.toString();
  }
}
