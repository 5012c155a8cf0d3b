package dev.mallard.grammars.regex;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.BitSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Expressions and automata, beside {@link Pattern}. */
class AutomatonTest {
  @Property(tries = 1000)
  void aLookaheadConstrainsTheRest(
      @ForAll("expressions") String ahead,
      @ForAll("expressions") String rest,
      @ForAll("texts") String text) {
    for (String sign : List.of("=", "!")) {
      String regex = "(?" + sign + ahead + ")" + rest;
      assertThat(matches(regex, Set.of(), text))
          .as("%s on %s", regex, text)
          .isEqualTo(compile(regex).matcher(text).matches());
    }
  }

  @Property(tries = 2000)
  void matchesWhatJavaMatches(@ForAll("expressions") String regex, @ForAll("texts") String text) {
    assertThat(matches(regex, Set.of(), text))
        .as("%s on %s", regex, text)
        .isEqualTo(compile(regex).matcher(text).matches());
  }

  /** As Python has it: letters are Unicode's, and only a line feed ends a line. */
  private static Pattern compile(String regex) {
    return Pattern.compile(regex, Pattern.UNICODE_CHARACTER_CLASS | Pattern.UNIX_LINES);
  }

  @Provide
  Arbitrary<String> expressions() {
    Arbitrary<String> leaves =
        Arbitraries.of("a", "b", "é", "[ab]", "[^a]", ".", "\\w", "[b-é]", "ab", "\\d", "[^é-日]");
    return Arbitraries.recursive(
        () -> leaves,
        inner ->
            Arbitraries.oneOf(
                inner.map(x -> "(?:" + x + ")*"),
                inner.map(x -> "(" + x + ")?"),
                inner.map(x -> "(?:" + x + "){1,2}"),
                inner.map(x -> "(?:" + x + ")+?"),
                inner.flatMap(x -> inner.map(y -> x + y)),
                inner.flatMap(x -> inner.map(y -> "(?:" + x + "|" + y + ")"))),
        1,
        4);
  }

  @Provide
  Arbitrary<String> texts() {
    return Arbitraries.of("a", "b", "c", "é", "日", "😀", "1", "\n")
        .list()
        .ofMaxSize(5)
        .map(parts -> String.join("", parts));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      value = {
        "select ~ SELECT ~ i ~ true",
        "é ~ É ~ i ~ true",
        "a.b ~ aLb ~ s ~ true",
        "a.b ~ aLb ~ '' ~ false",
        "a b # c ~ ab ~ x ~ true",
        "[\\-\\]]+ ~ ]-] ~ '' ~ true",
        "[]a]+ ~ ]a ~ '' ~ true",
        "\\x41\\u00e9 ~ Aé ~ '' ~ true"
      })
  void knowsFlagsAndEscapes(String regex, String text, String flags, boolean expected) {
    Set<Character> set = Set.copyOf(flags.chars().mapToObj(flag -> (char) flag).toList());
    assertThat(matches(regex, set, text.replace('L', text.contains("aLb") ? '\n' : 'L')))
        .isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"(", ")", "[a", "a{2,1}", "*", "a\\", "\\b", "^a", "(?<a)", "\\q", "[b-a]"})
  void refusesWhatIsNoExpression(String regex) {
    assertThatThrownBy(() -> RegexParser.parse(new RegexFactory(), regex, Set.of()))
        .isInstanceOf(RegexSyntaxException.class);
  }

  @Test
  void saysWhichExpressionsMatchAndWhichStillCan() {
    RegexFactory factory = new RegexFactory();
    Automaton automaton =
        new Automaton(
            factory,
            List.of(
                factory.text("if"),
                RegexParser.parse(factory, "[a-z]+", Set.of()),
                RegexParser.parse(factory, "[0-9]+", Set.of())));
    int state = automaton.start(bits(0, 1, 2));
    state = automaton.step(state, 'i');
    assertThat(automaton.accepted(state)).isEqualTo(bits(1));
    assertThat(automaton.alive(state)).isEqualTo(bits(0, 1));
    state = automaton.step(state, 'f');
    assertThat(automaton.accepted(state)).isEqualTo(bits(0, 1));
    state = automaton.step(state, 'x');
    assertThat(automaton.alive(state)).isEqualTo(bits(1));
    assertThat(automaton.step(state, '1')).isEqualTo(Automaton.DEAD);
  }

  @Test
  void whatCanNeverMatchIsDead() {
    RegexFactory factory = new RegexFactory();
    // Begins with a, and does not.
    Automaton automaton =
        new Automaton(factory, List.of(RegexParser.parse(factory, "b|(?!ac)a[c]+", Set.of())));
    int state = automaton.step(automaton.start(bits(0)), 'a');
    assertThat(state).isEqualTo(Automaton.DEAD);
  }

  private static boolean matches(String regex, Set<Character> flags, String text) {
    RegexFactory factory = new RegexFactory();
    Automaton automaton = new Automaton(factory, List.of(RegexParser.parse(factory, regex, flags)));
    int state = automaton.start(bits(0));
    for (byte value : text.getBytes(StandardCharsets.UTF_8)) {
      state = automaton.step(state, value);
    }
    return automaton.accepted(state).get(0);
  }

  private static BitSet bits(int... values) {
    BitSet bits = new BitSet();
    for (int value : values) {
      bits.set(value);
    }
    return bits;
  }
}
